from django.urls import path

from today.views import (
    addresses,
    figures,
    guided,
    handouts,
    invitations,
    keepsake,
    pain,
    phones,
    photos,
    reasons,
    sessions,
    settings,
    signs,
    today,
)

app_name = "today"

urlpatterns = [
    path("today/", today.today, name="today"),
    path("today/start/", today.start, name="start"),
    path("today/exercises.pdf", handouts.own_handout, name="own_handout"),
    path("today/exercises.html", keepsake.own_keepsake, name="own_keepsake"),
    path("today/choose/", today.choose, name="choose"),
    path("today/pictures/<uuid:programme_id>/<slug:mark>/", figures.pictures, name="pictures"),
    path("today/items/<uuid:item_id>/", today.item, name="item"),
    path("today/items/<uuid:item_id>/how/", today.how, name="how"),
    path(
        "today/items/<uuid:item_id>/photos/<uuid:photo_id>/", photos.item_photo, name="item_photo"
    ),
    path("today/items/<uuid:item_id>/motion/<slug:mark>/", figures.item_motion, name="item_motion"),
    path("today/sessions/<uuid:session_id>/", sessions.session_describe, name="session_describe"),
    path("today/sessions/<uuid:session_id>/undo/", sessions.session_undo, name="session_undo"),
    path("today/<uuid:day_id>/session/", sessions.session_log, name="session_log"),
    path("today/<uuid:day_id>/session/<uuid:programme_id>/", guided.session, name="session"),
    path("today/<uuid:day_id>/not-today/", sessions.not_today, name="not_today"),
    path("today/<uuid:day_id>/not-today/undo/", sessions.not_today_undo, name="not_today_undo"),
    path("progress/", today.progress, name="progress"),
    path("help/", today.help_page, name="help"),
    path("help/<uuid:record_id>/", signs.tell, name="warning"),
    path("help/<uuid:record_id>/stopped/", signs.is_stopped, name="is_stopped"),
    path("help/<uuid:record_id>/pain/", pain.tell_of_pain, name="tell_of_pain"),
    path("settings/you/", settings.settings, name="settings"),
    path("settings/<uuid:record_id>/zone/", settings.follow_zone, name="follow_zone"),
    path("settings/you/address/", addresses.ask, name="ask_address"),
    path("settings/you/address/keep/", addresses.take_back, name="keep_address"),
    path("addresses/<str:token>/", addresses.answer, name="new_address"),
    path("reminders/why/", reasons.own_why, name="own_why"),
    path("settings/you/looked/", settings.who_looked, name="who_looked"),
    path("phone/<str:token>/", phones.phone, name="phone"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]
