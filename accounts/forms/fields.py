"""Fields that several forms share."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import countries, mail_addresses, names, passwords, telephone, words, zones
from accounts.forms.text import Limited, TypedText
from accounts.models import User

PASSWORD_LENGTH = 128  # characters; more is no safer
PASSWORD_HELP = _("10 characters or more, such as four words that do not belong together.")
NAME_LENGTH = 120  # characters, as the columns


class OneLineField(TypedText):
    """Words without the characters that nobody sees: controls, and those that turn directions."""

    def to_python(self, value: Any) -> str:
        return super().to_python(names.one_line(str(value)) if value else value)


class NameField(TypedText):
    """What a person or a clinic is called: every one may stand in an e-mail."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your name"))
        kwargs.setdefault("error_messages", {"required": _("Type a name.")})
        kwargs.setdefault("max_length", NAME_LENGTH)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        typed = str(value or "")
        shown = names.one_line(typed)
        if len(shown) > (
            self.max_length or NAME_LENGTH
        ):  # refused for its length, and not looked through
            return super().to_python(shown)
        try:
            return super().to_python(names.read(typed))
        except names.NotAName as refusal:
            raise forms.ValidationError(words.not_a_name(refusal)) from refusal


class EmailField(Limited, forms.EmailField):
    """An address as we keep it: the one plain spelling of its mailbox. Shown with the letters of
    its domain."""

    default_validators = []  # ``mail_addresses.read`` says more

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail address"))
        kwargs.setdefault(
            "error_messages",
            {
                "required": _("Type an e-mail address."),
                "invalid": _("Type an e-mail address, like name@example.org."),
            },
        )
        super().__init__(max_length=mail_addresses.LENGTH, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return mail_addresses.read(typed) if typed else ""
        except mail_addresses.NotAnAddress as refusal:
            is_none = refusal.flaw is mail_addresses.NotAnAddress.Flaw.MALFORMED
            said = self.error_messages["invalid"] if is_none else words.not_an_address(refusal)
            raise forms.ValidationError(said) from refusal

    def prepare_value(self, value: Any) -> Any:
        return mail_addresses.for_field(value) if isinstance(value, str) else value


class NewPasswordField(TypedText):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Password"),
            help_text=PASSWORD_HELP,
            max_length=PASSWORD_LENGTH,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            error_messages={"required": _("Choose a password.")},
            **kwargs,
        )


class ZoneInput(forms.TextInput):
    """A text field that suggests zones while one types a city; without scripts too."""

    def format_value(self, value: Any) -> str | None:
        return zones.in_words(value) if value else None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        list_id = f"{(attrs or {}).get('id', name)}-zones"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', zones.choices())
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class TimeZoneField(Limited, forms.CharField):
    """Typed as a city, a country or a zone's name; kept as the zone's name of today."""

    widget = ZoneInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        kwargs["help_text"] = format_lazy(
            "{} {}", kwargs.get("help_text", ""), _("Type a city, such as Berlin or New York.")
        )
        super().__init__(
            max_length=zones.LONGEST,
            error_messages={
                "required": _("Type a city, such as Berlin."),
                "max_length": _("Type a city, such as Berlin."),
            },
            **kwargs,
        )
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return zones.find(typed)
        except zones.NotFound as refusal:
            raise forms.ValidationError(words.no_zone_found(refusal)) from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        return zones.in_words(initial or "") != zones.in_words(data or "")


class CountryField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Country"))
        super().__init__(
            choices=countries.choices,
            error_messages={
                "required": _("Choose a country from the list."),
                "invalid_choice": _("Choose a country from the list."),
            },
            **kwargs,
        )


class TelephoneField(TypedText):
    """As it was typed: the form knows the country, and calls ``read_number``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=telephone.LENGTH,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            error_messages={"required": _("Type a number.")},
            **kwargs,
        )


class EmergencyNumberField(TelephoneField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Emergency number"),
            help_text=_(
                "Whom people there call for an ambulance. Shown to patients wherever we offer help."
            ),
            **kwargs,
        )


class AdviceNumberField(TelephoneField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Health advice number (optional)"),
            required=False,
            help_text=_(
                "For advice that is not an emergency. Without one we tell patients to call their"
                " doctor."
            ),
            **kwargs,
        )


def read_number(
    form: forms.BaseForm, field: str, country: str, *, takes_short: bool = False
) -> None:
    """Leave in ``cleaned_data`` what is kept of a number; say beside its field what is wrong."""
    if typed := form.cleaned_data.get(field):
        try:
            form.cleaned_data[field] = telephone.read(typed, country, takes_short=takes_short)
        except telephone.NotANumber as refusal:
            form.add_error(field, words.not_a_number(refusal))


def read_numbers(form: forms.BaseForm) -> None:
    """Those of a clinic, in the country chosen in the same form; none without a country."""
    country = form.cleaned_data.get("country")
    for field in ("telephone", "emergency_number", "advice_number"):
        if country is None:
            form.cleaned_data.pop(field, None)
        else:
            read_number(form, field, country, takes_short=field != "telephone")
    if country == "GB" and form.cleaned_data.get("emergency_number") == "111":
        said = _("111 is for health advice. In an emergency people there call 999.")
        form.add_error("emergency_number", said)
    emergency, advice = map(form.cleaned_data.get, ("emergency_number", "advice_number"))
    if emergency and emergency == advice:
        said = _("This is the emergency number. Leave it empty if there is no other for advice.")
        form.add_error("advice_number", said)


def check_password(form: forms.Form, field: str, user: User, *, clinic_name: str) -> None:
    """Put what is too weak about the password beside its field; ``user`` need not be saved."""
    if password := form.cleaned_data.get(field):
        try:
            validate_password(password, user, passwords.validators(clinic_name))
        except forms.ValidationError as error:
            form.add_error(field, error)
