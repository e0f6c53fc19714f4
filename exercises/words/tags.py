"""Tags as they are read. What is stored is the plain English word: see ``exercises.vocabulary``."""

from collections.abc import Sequence

from django.db.models import TextChoices

from exercises.vocabulary import Condition, Equipment, Muscle, Region

KINDS: dict[str, type[TextChoices]] = {
    "equipment": Equipment,
    "regions": Region,
    "muscles": Muscle,
    "conditions": Condition,
}


def tags_in_words(values: Sequence[str], field: str) -> list[str]:
    """Each tag of a field of a version; what people typed themselves stays as it is."""
    if field not in KINDS:
        return list(values)
    words = dict(KINDS[field].choices)
    return [str(words[value]) for value in values]
