"""The verbs of accounts: clinics begin, people join a team, leave it, and come back."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit, letters, mail_addresses, names, passkeys, words
from accounts.actions import Action
from accounts.contact import BRITISH, Numbers
from accounts.errors import NotPossible as NotPossible
from accounts.links import absolute
from accounts.models import Clinic, Letter, Membership, TeamInvitation, User
from accounts.tokens import VALID_FOR, hash_of, new_token

CONTACT = ("country", "telephone", "opening_hours", "emergency_number", "advice_number")
MADE = {
    Membership.Role.LEAD: Action.MEMBER_MADE_LEAD,
    Membership.Role.CLINICIAN: Action.MEMBER_MADE_CLINICIAN,
}
FIRST_RUN_LOCK = 0x686F6D65  # any number of our own, for pg_advisory_xact_lock


class HasAccount(NotPossible):
    """The address already belongs to an account: its owner signs in the usual way."""


class LinkClosed(NotPossible):
    """The invitation was used, withdrawn or ran out."""


def create_account(address: str, *, name: str, password: str | None = None) -> User:
    """A new account; without a password its owner signs in by e-mailed code.

    Only for an address whose owner has just proved it, or is about to. Raises HasAccount,
    and NotPossible for what is no name, or an address that we do not take.
    """
    name, address = checked_name(name), checked_address(address)
    try:
        with transaction.atomic():
            return User.objects.create_user(address, password, name=name)
    except IntegrityError as error:
        raise HasAccount(_("This e-mail address already has an account.")) from error


def create_account_without_address(*, name: str) -> User:
    """A new account that only a clinic's code signs in. Raises NotPossible for what is no name."""
    return User.objects.create_without_address(name=checked_name(name))


def give_address(user: User, address: str) -> None:
    """An account without an address gets the one that its owner has just proved.

    Raises HasAccount if another account has it, NotPossible if we do not take it.
    """
    person = as_now(user)
    person.email = checked_address(address)
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError as error:
        raise HasAccount(_("This e-mail address already has an account.")) from error


def checked_name(typed: str) -> str:
    """A name as ``accounts.names`` reads it, wherever it comes from; NotPossible if it is none."""
    try:
        return names.read(typed)
    except names.NotAName as refusal:
        raise NotPossible(words.not_a_name(refusal)) from refusal


def checked_address(typed: str) -> str:
    """An address as ``accounts.mail_addresses`` reads it; NotPossible if we do not take it."""
    try:
        return mail_addresses.read(typed)
    except mail_addresses.NotAnAddress as refusal:
        raise NotPossible(words.not_an_address(refusal)) from refusal


def is_first_run() -> bool:
    """True until the first account exists."""
    return not User.objects.exists()


@transaction.atomic
def start_first_clinic(
    name: str,
    *,
    email: str,
    person_name: str,
    time_zone: str,
    password: str,
    now: datetime,
    numbers: Numbers = BRITISH,
) -> Membership:
    """The first-run page's verb. Of two at the same moment, one wins; NotPossible for the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_RUN_LOCK])
    if not is_first_run():
        raise NotPossible(_("The first clinic has already been set up. Please sign in."))
    return start_clinic(
        name,
        email=email,
        person_name=person_name,
        time_zone=time_zone,
        now=now,
        password=password,
        numbers=numbers,
    )


@transaction.atomic
def start_clinic(
    name: str,
    *,
    email: str,
    person_name: str,
    time_zone: str,
    now: datetime,
    password: str | None = None,
    numbers: Numbers = BRITISH,
) -> Membership:
    """A new clinic and its lead. Without a password the lead is sent a link to choose one.

    Raises HasAccount if the address is known already, NotPossible for what is no name.
    """
    address = checked_address(email)
    user = create_account(address, name=person_name, password=password)
    clinic = Clinic.objects.create(
        name=checked_name(name), time_zone=time_zone, created_at=now, **asdict(numbers)
    )
    membership = Membership.objects.create(
        user=user, clinic=clinic, role=Membership.Role.LEAD, created_at=now
    )
    audit.record(user, Action.CLINIC_STARTED, clinic, clinic=clinic, now=now)
    if password is None:
        letters.post(
            "clinic_started",
            to=address,
            context={
                "name": user.name,
                "link": user.password_link(),
                "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
            },
            kind=Letter.Kind.INVITATION,
            now=now,
            by=None,
            clinic=clinic,
        )
    return membership


@transaction.atomic
def invite_to_team(
    clinic: Clinic, *, address: str, name: str, role: str, by: User, now: datetime
) -> TeamInvitation:
    """Send a link to join the team. An open invitation to the same address is withdrawn.

    Raises NotPossible for a member, for an address that we do not take, and for too many invitations in a day.
    """
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)  # two presses take turns
    address = checked_address(address)
    _refuse_member(clinic, address)
    earlier = clinic.team_invitations.open().filter(address=address)
    letters.withdraw(earlier.exclude(letter=None).values_list("letter", flat=True))
    earlier.update(revoked_at=now)
    token = new_token()
    invitation = TeamInvitation.objects.create(
        clinic=clinic,
        address=address,
        name=checked_name(name),
        role=role,
        invited_by=by,
        token_hash=hash_of(token),
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    invitation.letter = _post(invitation, token, now=now)
    invitation.save(update_fields=["letter"])
    audit.record(by, Action.COLLEAGUE_INVITED, invitation, clinic=clinic, now=now)
    return invitation


def _post(invitation: TeamInvitation, token: str, *, now: datetime) -> Letter:
    return letters.post(
        "team_invitation",
        to=invitation.address,
        context={
            "name": invitation.name,
            "inviter": invitation.invited_by.name,
            "days": VALID_FOR.days,
            "link": absolute(reverse("accounts:team_invitation", args=[token])),
        },
        kind=Letter.Kind.INVITATION,
        now=now,
        by=invitation.invited_by,
        clinic=invitation.clinic,
    )


def _refuse_member(clinic: Clinic, address: str) -> None:
    member = clinic.memberships.filter(user__email=address).first()
    if member and member.deactivated_at is None:
        raise NotPossible(_("This person is on the team already."))
    if member:
        raise NotPossible(
            _("This person was on the team before. Choose “Let back in” beside their name.")
        )


@transaction.atomic
def revoke_invitation(invitation: TeamInvitation, *, by: User, now: datetime) -> None:
    """The link stops working. Nothing happens if it has already been used or withdrawn."""
    if TeamInvitation.objects.open().filter(pk=invitation.pk).update(revoked_at=now):
        letters.withdraw([invitation.letter_id])
        audit.record(by, Action.INVITATION_WITHDRAWN, invitation, clinic=invitation.clinic, now=now)


@transaction.atomic
def accept_team_invitation(
    invitation: TeamInvitation,
    *,
    now: datetime,
    password: str | None = None,
    name: str = "",
    user: User | None = None,
) -> Membership:
    """Join the team, once: as ``user``, or with a new account if that is None.

    Raises LinkClosed, HasAccount (new account, but the address has one), or NotPossible
    if ``user`` signed in with another address than the invited one.
    """
    invitation = TeamInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open_at(now):
        raise LinkClosed(_("This link can no longer be used."))
    if user is None:
        called = name or names.for_mail(invitation.name)
        user = create_account(invitation.address, name=called, password=password)
    elif not user.is_at(invitation.address):
        raise NotPossible(_("This invitation was sent to another e-mail address."))
    membership, _made = Membership.objects.update_or_create(
        user=user,
        clinic=invitation.clinic,
        defaults={"role": invitation.role, "deactivated_at": None},
        create_defaults={"role": invitation.role, "created_at": now},
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    audit.record(user, Action.TEAM_JOINED, membership, clinic=invitation.clinic, now=now)
    return membership


@transaction.atomic
def deactivate(membership: Membership, *, by: User, now: datetime) -> None:
    """Their access to this clinic ends at once, and every session of theirs with it.

    Refuses one's own membership and the clinic's last lead with NotPossible.
    """
    team = _locked_team(membership.clinic)
    if membership.pk not in team:
        return
    if membership.user_id == by.pk:
        raise NotPossible(_("You cannot take away your own access. Ask another clinic lead."))
    _refuse_without_lead(team, leaving=membership)
    Membership.objects.filter(pk=membership.pk).update(deactivated_at=now)
    end_sign_ins(membership.user)
    if not membership.user.clinics_as_staff_or_patient().exists():
        passkeys.end_all(membership.user)
    audit.record(by, Action.MEMBER_DEACTIVATED, membership, clinic=membership.clinic, now=now)


@transaction.atomic
def change_role(membership: Membership, *, role: Membership.Role, by: User, now: datetime) -> None:
    """Make a clinician a lead, or a lead a clinician.

    Refuses one's own role, and the clinic's last lead, with NotPossible.
    """
    team = _locked_team(membership.clinic)
    if membership.pk not in team or team[membership.pk].role == role:
        return
    if membership.user_id == by.pk:
        raise NotPossible(_("You cannot change your own role. Ask another clinic lead."))
    if role != Membership.Role.LEAD:
        _refuse_without_lead(team, leaving=membership)
    Membership.objects.filter(pk=membership.pk).update(role=role)
    audit.record(by, MADE[role], membership, clinic=membership.clinic, now=now)


def _locked_team(clinic: Clinic) -> dict[UUID, Membership]:
    """The active members by key, locked: two leads cannot remove each other at once."""
    return {member.pk: member for member in clinic.memberships.select_for_update().active()}


def _refuse_without_lead(team: dict[UUID, Membership], *, leaving: Membership) -> None:
    others = (member for member in team.values() if member.pk != leaving.pk)
    if not any(member.role == Membership.Role.LEAD for member in others):
        raise NotPossible(_("A clinic needs at least one clinic lead."))


@transaction.atomic
def reactivate(membership: Membership, *, by: User, now: datetime) -> None:
    """They may work in this clinic again, in their old role."""
    left = Membership.objects.filter(pk=membership.pk, deactivated_at__isnull=False)
    if left.update(deactivated_at=None):
        audit.record(by, Action.MEMBER_REACTIVATED, membership, clinic=membership.clinic, now=now)


@transaction.atomic
def make_operator(address: str, *, now: datetime) -> User:
    """Let this person see how the machine runs. Without an account they get one, and sign in
    by e-mailed code. Raises NotPossible before the first clinic: its page must stay open.
    """
    user = account_for(address)
    address = address if user else checked_address(address)
    if is_first_run():
        raise NotPossible(_("Set up the clinic first."))
    user = user or create_account(address, name="")
    User.objects.filter(pk=user.pk).update(is_operator=True)
    audit.record(None, Action.OPERATOR_MADE, user, clinic=None, now=now)
    return user


@transaction.atomic
def unmake_operator(address: str, *, now: datetime) -> None:
    """They no longer see it. Raises NotPossible for someone who never did."""
    user = User.objects.filter(email=User.objects.normalise(address), is_operator=True).first()
    if user is None:
        raise NotPossible(_("This person is no operator."))
    User.objects.filter(pk=user.pk).update(is_operator=False)
    audit.record(None, Action.OPERATOR_UNMADE, user, clinic=None, now=now)


def account_for(address: str) -> User | None:
    """The account that signs in with this address, if there is one."""
    return User.objects.filter(email=User.objects.normalise(address)).first()


@transaction.atomic
def change_clinic(clinic: Clinic, *, by: User, now: datetime) -> None:
    """Keep the clinic's changed names, time zone and numbers, read as ``accounts.telephone`` does."""
    clinic.name = checked_name(clinic.name)
    clinic.name_in_mail = checked_name(clinic.name_in_mail)
    clinic.save(update_fields=["name", "name_in_mail", "time_zone", *CONTACT])
    audit.record(by, Action.CLINIC_CHANGED, clinic, clinic=clinic, now=now)


def end_sign_ins(user: User) -> None:
    """Sign them out on every device, from the next request on."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)


def close_ways_in(user: User) -> None:
    """Sign them out everywhere and end their password and passkeys, with each link mailed to
    change it.

    The account stays: its owner signs in by a code to the address, and may choose a password.
    """
    user.set_unusable_password()  # another unusable one each time, which those links know not
    user.save(update_fields=["password"])
    passkeys.end_all(user)
    end_sign_ins(user)


def as_now(user: User) -> User:
    """The person's row as it is now; nobody else changes it until the transaction ends."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def rename(user: User, *, name: str, now: datetime) -> None:
    """Change one's own name. Records of a patient keep the name the clinic gave them."""
    User.objects.filter(pk=user.pk).update(name=checked_name(name))
    audit.record(user, Action.OWN_NAME_CHANGED, user, clinic=None, now=now)
