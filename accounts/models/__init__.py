"""Who someone is, where they work, and what they did."""

from accounts.models.address_trouble import AddressTrouble, AddressTroubleQuerySet
from accounts.models.audit import AuditEvent
from accounts.models.invitations import InvitationBase, TeamInvitation, TeamInvitationQuerySet
from accounts.models.letters import LOST, Letter, LetterQuerySet
from accounts.models.limits import LimitUse
from accounts.models.people import (
    Clinic,
    Membership,
    MembershipQuerySet,
    User,
    UserManager,
)

__all__ = [
    "LOST",
    "AuditEvent",
    "Clinic",
    "InvitationBase",
    "Letter",
    "LetterQuerySet",
    "LimitUse",
    "AddressTrouble",
    "AddressTroubleQuerySet",
    "Membership",
    "MembershipQuerySet",
    "TeamInvitation",
    "TeamInvitationQuerySet",
    "User",
    "UserManager",
]
