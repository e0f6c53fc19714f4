from django.urls import path

from outbox import demo_views

app_name = "demo_mail"
urlpatterns = [
    path("", demo_views.mail_list, name="list"),
    path("<uuid:key>/", demo_views.mail_detail, name="detail"),
    path("<uuid:key>/html/", demo_views.mail_html, name="html"),
]
