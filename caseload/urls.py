from django.urls import path

from caseload.views import (
    access,
    addresses,
    caseload,
    dealing,
    hand_over,
    handouts,
    moves,
    one_offs,
    phones,
    plans,
    reasons,
    records,
    signs,
    trail,
)

app_name = "caseload"

urlpatterns = [
    path("patients/", caseload.caseload, name="caseload"),
    path("patients/thresholds/", caseload.thresholds, name="thresholds"),
    path("patients/new/", records.create, name="create"),
    path("patients/assign/", plans.assign_from, name="assign_from"),
    path(
        "patients/changes/<uuid:programme_id>/publish/", plans.publish_change, name="publish_change"
    ),
    path("patients/of/<uuid:membership_id>/", hand_over.hand_over, name="hand_over"),
    path("patients/<uuid:patient_id>/", records.detail, name="record"),
    path("reminders/patients/<uuid:patient_id>/", reasons.why, name="why"),
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
    path("patients/<uuid:patient_id>/phone/", phones.phone, name="phone"),
    path(
        "patients/<uuid:patient_id>/phone/take-back/",
        phones.take_phone_back,
        name="take_phone_back",
    ),
    path("patients/phones/<uuid:link_id>/", phones.phone_state, name="phone_state"),
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
