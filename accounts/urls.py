from django.urls import path

from accounts.views import (
    confirm,
    invitations,
    logo,
    own_phone,
    passkeys,
    settings,
    team,
    who,
)

app_name = "accounts"

urlpatterns = [
    path("who/", who.who, name="who"),
    path("signed-in/", who.signed_in, name="signed_in"),
    path("accounts/confirm/", confirm.confirm, name="confirm"),
    path("settings/", settings.settings, name="settings"),
    path("settings/passkeys/", passkeys.own_passkeys, name="passkeys"),
    path("settings/passkeys/add/", passkeys.add_passkey, name="add_passkey"),
    path("settings/passkeys/question/", passkeys.ask_to_add, name="ask_to_add_passkey"),
    path("settings/passkeys/offer/", passkeys.answer_offer, name="answer_passkey_offer"),
    path("settings/passkeys/<uuid:key>/", passkeys.passkey, name="passkey"),
    path("settings/passkeys/<uuid:key>/remove/", passkeys.remove_passkey, name="remove_passkey"),
    path("settings/phone/own/", own_phone.trust_phone, name="trust_phone"),
    path("settings/phone/not-own/", own_phone.trust_phone_no_longer, name="trust_phone_no_longer"),
    path("settings/clinic/<uuid:pk>/", settings.clinic, name="clinic"),
    path("settings/clinic/<uuid:pk>/logo/", logo.change_logo, name="change_logo"),
    path("settings/clinic/<uuid:pk>/logo/remove/", logo.remove_logo, name="remove_logo"),
    path("clinics/<uuid:pk>/logo/<str:mark>/", logo.logo, name="logo"),
    path("settings/clinic/<uuid:pk>/invite/", team.invite_colleague, name="invite_colleague"),
    path("settings/team/", team.team, name="team"),
    path("settings/team/<uuid:pk>/deactivate/", team.deactivate, name="deactivate"),
    path("settings/team/<uuid:pk>/reactivate/", team.reactivate, name="reactivate"),
    path("settings/team/<uuid:pk>/role/", team.change_role, name="change_role"),
    path(
        "settings/team/invitations/<uuid:pk>/resend/",
        team.resend_invitation,
        name="resend_invitation",
    ),
    path(
        "settings/team/invitations/<uuid:pk>/revoke/",
        team.revoke_invitation,
        name="revoke_invitation",
    ),
    path("invitations/team/<str:token>/", invitations.team_invitation, name="team_invitation"),
]
