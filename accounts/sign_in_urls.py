"""Signing in, at allauth's own names: its pages, or ours in their place. Others do not exist
here: the address of an account stays as it is, and nobody signs up alone."""

from allauth.account import views
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from accounts.proof import fresh_proof_required
from accounts.views import passkeys, passwords, ways_in

urlpatterns = [
    path("login/", ways_in.password_or_code, name="account_login"),
    path("login/code/", ways_in.request_code, name="account_request_login_code"),
    path("login/code/confirm/", ways_in.confirm_code, name="account_confirm_login_code"),
    path("login/passkey/", ways_in.by_passkey, name="account_login_passkey"),
    path("login/passkey/question/", passkeys.ask_to_use, name="account_ask_passkey"),
    path("logout/", passwords.sign_out, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path(
        "password/change/",
        fresh_proof_required(_("change your password"))(passwords.password_change),
        name="account_change_password",
    ),
    path(
        "password/set/",
        fresh_proof_required(_("set a password"))(passwords.password_set),
        name="account_set_password",
    ),
    path("password/reset/", ways_in.request_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        passwords.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
