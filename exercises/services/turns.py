"""A clinic's writers take turns."""

from accounts.models import Clinic


def take_turn(clinic: Clinic) -> None:
    """Wait for who else writes exercises for this clinic, until the transaction ends."""
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
