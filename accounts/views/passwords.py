"""allauth's pages about passwords, within our limits."""

from typing import Any

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

import clock
from accounts import limits, passkeys, pending
from accounts.refused import if_too_many, with_wait


class SaysWhatIsWrong:
    """allauth answers a form with errors as if it were fine."""

    def form_invalid(self, form: Any) -> HttpResponse:
        page: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of the view
        page.status_code = 422
        return page


class PasswordChange(SaysWhatIsWrong, allauth.PasswordChangeView):
    """The password of now is asked for, and may be guessed at as seldom as when signing in."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "now": clock.now()}

    def form_invalid(self, form: Any) -> HttpResponse:
        page = super().form_invalid(form)
        return with_wait(page, form.reached, now=form.now) if form.reached else page


class PasswordSet(SaysWhatIsWrong, allauth.PasswordSetView):
    """For people who have signed in by code until now."""


@method_decorator(login_not_required, name="dispatch")
class PasswordResetFromKey(SaysWhatIsWrong, allauth.PasswordResetFromKeyView):
    """Opened from an e-mail. Who tries many links that do not exist is stopped."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        if getattr(self, "reset_user", True) is not None:
            return response
        return if_too_many(request, limits.UNKNOWN_LINK, now=clock.now()) or response

    def form_valid(self, form: Any) -> HttpResponse:
        """Who fears that someone else is in chooses a new password: no passkey outlives that."""
        passkeys.end_all(self.reset_user)
        answer: HttpResponse = super().form_valid(form)
        return answer


class SignOut(allauth.LogoutView):
    def logout(self) -> None:
        pending.forget(self.request.session)
        super().logout()


password_change = PasswordChange.as_view()
password_set = PasswordSet.as_view()
password_reset_from_key = PasswordResetFromKey.as_view()
sign_out = login_not_required(SignOut.as_view())
