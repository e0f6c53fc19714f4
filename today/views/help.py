"""When to get help and whom to call, for someone who has no record here or is signed out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programmes import safety
from today.whom_to_call import clinics_to_call, country_of


def general_help(
    request: HttpRequest, *, has_sign: bool = False, status: int = 200
) -> HttpResponse:
    """``has_sign``: they pressed that they have a sign, which cannot be told to a clinic."""
    places = [(clinic, clinic.name or country_of(clinic)) for clinic in clinics_to_call(request)]
    context = {
        "places": places,
        "has_sign": has_sign,
        "emergency_signs": safety.EMERGENCY,
        "advice_signs": safety.ADVICE,
    }
    return render(request, "today/general_help.html", context, status=status)
