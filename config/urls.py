"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("exercises/", include("exercises.urls")),
    path("programmes/", include("programmes.urls")),
    path("", include("patients.urls")),
    path("reminders/", include("reminders.urls")),
    path("demo/mail/", include("outbox.demo_urls")),
]
