from django.urls import path

from patients.views import (
    access,
    addresses,
    caseload,
    dealing,
    hand_over,
    handouts,
    invitations,
    moves,
    one_offs,
    pain,
    photos,
    plans,
    records,
    sessions,
    settings,
    signs,
    today,
    trail,
)

app_name = "patients"

for_staff = [
    path("patients/", caseload.caseload, name="caseload"),
    path("patients/new/", records.create, name="create"),
    path("patients/assign/", plans.assign_from, name="assign_from"),
    path(
        "patients/changes/<uuid:programme_id>/publish/", plans.publish_change, name="publish_change"
    ),
    path("patients/of/<uuid:membership_id>/", hand_over.hand_over, name="hand_over"),
    path("patients/<uuid:patient_id>/", records.detail, name="detail"),
    path("patients/<uuid:patient_id>/trail/", trail.record_trail, name="record_trail"),
    path(
        "patients/<uuid:patient_id>/trail/export/",
        trail.record_trail_export,
        name="record_trail_export",
    ),
    path("settings/trail/", trail.clinic_trail, name="clinic_trail"),
    path("settings/trail/export/", trail.clinic_trail_export, name="clinic_trail_export"),
    path("patients/<uuid:patient_id>/edit/", records.edit, name="edit"),
    path("patients/<uuid:patient_id>/invite/", records.invite, name="invite"),
    path("patients/<uuid:patient_id>/access/close/", access.close, name="close_access"),
    path("patients/<uuid:patient_id>/access/invite/", access.invite_again, name="invite_again"),
    path(
        "patients/<uuid:patient_id>/address/<uuid:change_id>/confirm/",
        addresses.confirm,
        name="confirm_address",
    ),
    path(
        "patients/<uuid:patient_id>/address/<uuid:change_id>/decline/",
        addresses.decline,
        name="decline_address",
    ),
    path(
        "patients/<uuid:patient_id>/address/take-back/",
        addresses.take_confirmation_back,
        name="take_confirmation_back",
    ),
    path(
        "patients/<uuid:patient_id>/invite/take-back/",
        access.take_invitation_back,
        name="take_invitation_back",
    ),
    path("patients/<uuid:patient_id>/death/", access.note_death, name="note_death"),
    path(
        "patients/<uuid:patient_id>/death/mistake/", access.take_death_back, name="take_death_back"
    ),
    path("patients/<uuid:patient_id>/try-address/", records.try_address, name="try_address"),
    path("patients/<uuid:patient_id>/assign/", plans.assign, name="assign"),
    path("patients/<uuid:patient_id>/build/", one_offs.build, name="build"),
    path("patients/<uuid:patient_id>/give/", one_offs.give, name="give"),
    path("patients/<uuid:patient_id>/template/", moves.use_template, name="use_template"),
    path("patients/<uuid:patient_id>/change/", plans.change_programme, name="change_programme"),
    path("patients/<uuid:patient_id>/handout/", handouts.handout, name="handout"),
    path("patients/<uuid:patient_id>/review/", plans.change_review, name="change_review"),
    path("patients/<uuid:patient_id>/pause/", plans.pause, name="pause"),
    path("patients/<uuid:patient_id>/resume/", plans.resume, name="resume"),
    path("patients/<uuid:patient_id>/end/", plans.end, name="end"),
    path("patients/<uuid:patient_id>/session/", plans.record_session, name="record_session"),
    path(
        "patients/<uuid:patient_id>/session/<uuid:session_id>/undo/",
        plans.take_back,
        name="take_back",
    ),
    path("patients/<uuid:patient_id>/reasons/", dealing.deal_with, name="deal_with"),
    path(
        "patients/<uuid:patient_id>/reasons/<uuid:dealt_id>/undo/",
        dealing.take_back,
        name="take_back_noted",
    ),
    path("patients/<uuid:patient_id>/signs/<uuid:sign_id>/check/", signs.check, name="check_sign"),
]

for_patients = [
    path("today/", today.today, name="today"),
    path("today/exercises.pdf", handouts.own_handout, name="own_handout"),
    path("today/choose/", today.choose, name="choose"),
    path("today/items/<uuid:item_id>/", today.item, name="item"),
    path(
        "today/items/<uuid:item_id>/photos/<uuid:photo_id>/", photos.item_photo, name="item_photo"
    ),
    path("today/sessions/<uuid:session_id>/", sessions.session_describe, name="session_describe"),
    path("today/sessions/<uuid:session_id>/undo/", sessions.session_undo, name="session_undo"),
    path("today/<uuid:day_id>/session/", sessions.session_log, name="session_log"),
    path("today/<uuid:day_id>/not-today/", sessions.not_today, name="not_today"),
    path("today/<uuid:day_id>/not-today/undo/", sessions.not_today_undo, name="not_today_undo"),
    path("progress/", today.progress, name="progress"),
    path("help/", today.help_page, name="help"),
    path("help/<uuid:record_id>/", signs.tell, name="warning"),
    path("help/<uuid:record_id>/stopped/", signs.is_stopped, name="is_stopped"),
    path("help/<uuid:record_id>/pain/", pain.tell_of_pain, name="tell_of_pain"),
    path("settings/you/", settings.settings, name="settings"),
    path("settings/you/address/", addresses.ask, name="ask_address"),
    path("settings/you/address/keep/", addresses.take_back, name="keep_address"),
    path("addresses/<str:token>/", addresses.answer, name="new_address"),
    path("settings/you/looked/", settings.who_looked, name="who_looked"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]

urlpatterns = [*for_staff, *for_patients]
