from django.urls import path

from reminders.views import choices, first_visit, later, letter, operating, reminder_page, trial

app_name = "reminders"

urlpatterns = [
    path("", choices.settings, name="settings"),
    path("welcome/", first_visit.what_this_is, name="first_visit"),
    path("welcome/times/", first_visit.when_we_remind, name="first_visit_times"),
    path("welcome/pain/", first_visit.what_if_it_hurts, name="first_visit_pain"),
    path("welcome/over/", first_visit.over, name="first_visit_over"),
    path("test/", trial.send_test, name="send_test"),
    path("example/", trial.send_example, name="send_example"),
    path("operating/", operating.operating, name="operating"),
    path("letters/<str:token>/", letter.letter, name="letter"),
    path("letters/<str:token>/change/", letter.change, name="letter_change"),
    path("<str:token>/", reminder_page.page, name="answer"),
    path("<str:token>/start/", reminder_page.start, name="start"),
    path("<str:token>/done/", reminder_page.done, name="done"),
    path("<str:token>/score/", reminder_page.score, name="score"),
    path("<str:token>/undo/", reminder_page.undo, name="undo"),
    path("<str:token>/not-today/", reminder_page.not_today, name="not_today"),
    path("<str:token>/choose/", choices.from_page, name="choose"),
    path("<str:token>/later/", later.later, name="later"),
    path("<str:token>/later/take-back/", later.take_back, name="not_later"),
    path("<str:token>/change/", choices.from_email, name="from_email"),
    path("<str:token>/stop/", choices.unsubscribe, name="unsubscribe"),
]
