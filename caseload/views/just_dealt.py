"""What someone has noted a moment ago, so that a wrong press can be taken back at once."""

from uuid import UUID

import clock
from accounts.requests import SignedInRequest
from caseload.services.dealing import may_take_back
from patients.models import DealtWith

PARAMETER = "dealt"


def just_dealt_with(request: SignedInRequest) -> DealtWith | None:
    """The row that the address names, if this person may still take it back; else None."""
    key = _uuid(request.GET.get(PARAMETER, ""))
    if key is None:
        return None
    rows = DealtWith.objects.visible_to(request.user).filter(pk=key)
    dealt = rows.select_related("patient").first()
    can = dealt is not None and may_take_back(dealt, by=request.user, now=clock.now())
    return dealt if can else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
