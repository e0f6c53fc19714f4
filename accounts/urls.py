from django.urls import path

from accounts.views import confirm, invitations, logo, settings, team, who

app_name = "accounts"

urlpatterns = [
    path("who/", who.who, name="who"),
    path("signed-in/", who.signed_in, name="signed_in"),
    path("accounts/confirm/", confirm.confirm, name="confirm"),
    path("settings/", settings.settings, name="settings"),
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
