"""The whole chain that an exercise is a step of, from the easiest to the hardest.

Two queries, however long the chain is and however often it branches.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import User
from exercises.models import ExerciseVersion, Progression

Steps = Mapping[str, set[str]]  # slug → slugs one step away


@dataclass(frozen=True)
class Rung:
    """Exercises that are equally far from the one shown; more than one where the chain branches."""

    number: int  # steps from the one shown: below 0 easier, above 0 harder
    versions: list[ExerciseVersion]

    @property
    def is_here(self) -> bool:
        return self.number == 0


def ladder(version: ExerciseVersion, *, user: User) -> list[Rung]:
    """Every rung below and above ``version``, as ``user`` may see them; none if it stands alone.

    Steps hold between slugs, so that a clinic's own exercise has those of the
    shared one in whose place it stands.
    """
    here = version.exercise.slug
    numbers = _numbers(here, Progression.objects.visible_to(user).by_slug())
    if not numbers:
        return []
    rungs = defaultdict(list, {0: [version]})
    for other in _versions(numbers, user):
        rungs[numbers[other.exercise.slug]].append(other)
    return [Rung(number, rungs[number]) for number in sorted(rungs)] if len(rungs) > 1 else []


def _numbers(here: str, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How far each slug of the chain is from this one, in steps."""
    harder, easier = defaultdict(set), defaultdict(set)
    for low, high in pairs:
        harder[low].add(high)
        easier[high].add(low)
    below = {slug: -number for slug, number in reached(here, easier).items()}
    return below | reached(here, harder)


def reached(here: str, steps: Steps) -> dict[str, int]:
    """What can be climbed to from here, each by its longest way up.

    A clinic may have written a circle; nobody goes round it for ever.
    """
    found: dict[str, int] = {}
    at = {here}
    for number in range(1, len(steps) + 1):
        at = {there for slug in at for there in steps.get(slug, ())} - {here}
        found |= dict.fromkeys(at, number)
    return found


def _versions(slugs: Iterable[str], user: User) -> list[ExerciseVersion]:
    """In use now, by name; where two clinics of this person share a slug, always the same one."""
    current = ExerciseVersion.objects.visible_to(user).current().filter(exercise__slug__in=slugs)
    once = current.distinct("exercise__slug").order_by("exercise__slug", "exercise_id")
    return list(ExerciseVersion.objects.filter(pk__in=once.values("pk")).for_list_page())
