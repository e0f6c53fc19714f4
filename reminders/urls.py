from django.urls import path

from reminders.views import choices, operating, reasons

app_name = "reminders"

urlpatterns = [
    path("", choices.settings, name="settings"),
    path("operating/", operating.operating, name="operating"),
    path("patients/<uuid:patient_id>/", reasons.why, name="why"),
    path("<str:token>/", choices.from_email, name="from_email"),
    path("<str:token>/stop/", choices.unsubscribe, name="unsubscribe"),
]
