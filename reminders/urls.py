from django.urls import path

from reminders.views import choices, operating, reasons, trial

app_name = "reminders"

urlpatterns = [
    path("", choices.settings, name="settings"),
    path("test/", trial.send_test, name="send_test"),
    path("example/", trial.send_example, name="send_example"),
    path("operating/", operating.operating, name="operating"),
    path("patients/<uuid:patient_id>/", reasons.why, name="why"),
    path("<str:token>/", choices.from_email, name="from_email"),
    path("<str:token>/stop/", choices.unsubscribe, name="unsubscribe"),
]
