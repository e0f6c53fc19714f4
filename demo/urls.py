from django.urls import path

from demo import views

app_name = "demo_mail"
urlpatterns = [
    path("", views.mail_list, name="list"),
    path("<uuid:key>/", views.mail_detail, name="detail"),
    path("<uuid:key>/html/", views.mail_html, name="html"),
]
