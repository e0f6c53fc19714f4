"""What became of the record that an open page is about: a clinic may have closed it since."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import Clinic, User
from accounts.not_saved import person_id


def state_of_record(request: HttpRequest) -> dict[str, object]:
    """What became of the record that a page is about: nothing to say while it is theirs.

    Someone signed out is told of it only if their page names both the record and, by the
    keyed hash, the person who had it before: no page but theirs can.
    """
    try:
        key = UUID(request.GET.get("record", ""))
    except ValueError:
        return {}
    former = User.objects.filter(closed_records=key).first()
    if former and constant_time_compare(person_id(former), request.GET.get("person", "")):
        return {"is_gone": True, "clinic": how_to_call(Clinic.objects.get(patients=key))}
    user = request.user
    is_theirs = not user.is_authenticated or user.patient_records.filter(pk=key).exists()
    return {} if is_theirs else {"is_gone": True}


def how_to_call(clinic: Clinic) -> dict[str, str]:
    """For a script: its name and number; without a number its name alone."""
    number, href = (str(clinic.phone), clinic.phone.href) if clinic.phone else ("", "")
    return {"name": clinic.name, "number": number, "href": href}
