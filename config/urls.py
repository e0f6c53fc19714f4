"""Every address of the product."""

from django.apps import apps
from django.urls import include, path

from accounts.views.home import first_run, home
from config.for_machines import robots_txt, security_txt

handler400 = "accounts.not_saved.not_understood"

urlpatterns = [
    path("", home, name="home"),
    path("welcome/", first_run, name="first_run"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("robots.txt", robots_txt, name="robots_txt"),
    path("accounts/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("exercises/", include("exercises.urls")),
    path("programmes/", include("programmes.urls")),
    path("", include("caseload.urls")),
    path("", include("today.urls")),
    path("", include("offline.urls")),
    path("reminders/", include("reminders.urls")),
]

if apps.is_installed("demo"):
    urlpatterns.append(path("demo/mail/", include("demo.urls")))
