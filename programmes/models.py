"""What is prescribed: programmes and their items. Published ones are frozen."""

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Clinic, User
from accounts.seen import Seen, seen
from exercises.fields import DoseFields
from exercises.models import ExerciseVersion
from exercises.versions import Version, VersionQuerySet

TITLE_LENGTH = 120  # letters
ADVICE_LENGTH = 2000  # letters
NOTE_LENGTH = 500  # letters
MAX_WORDS = 8  # of a search; the rest is ignored, not refused


ONE_SIDE = {
    "left": {"leg": _("left leg"), "arm": _("left arm"), "side": _("left side")},
    "right": {"leg": _("right leg"), "arm": _("right arm"), "side": _("right side")},
}
EACH = {"leg": _("each leg"), "arm": _("each arm"), "side": _("each side")}


class ProgrammeQuerySet(VersionQuerySet["Programme"]):
    def visible_to(self, user: User) -> Self:
        """Programmes of the clinics this person works in. Patients see theirs as items of a day."""
        return self.filter(clinic__in=user.clinics_as_staff())

    def templates(self) -> Self:
        return self.filter(is_template=True)

    def offered(self) -> Self:
        """Not archived: what can be chosen."""
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False)

    def current(self) -> Self:
        """What can be used or worked on: the newest published version of each line, and drafts."""
        return self.filter(Q(published_at=None) | Q(pk__in=Programme.objects.newest()))

    def titled(self, text: str) -> Self:
        """Whose title holds these words, in any order. What nobody sees counts for nothing."""
        words = seen(text).split()[:MAX_WORDS]
        titled = self.alias(seen_title=Seen("title"))
        return titled.filter(*(Q(seen_title__icontains=word) for word in words))

    def for_list(self) -> Self:
        """By title, the version in use before the draft that will follow it."""
        counted = self.annotate(item_count=models.Count("items"))
        return counted.select_related("clinic").order_by("title", "line_id", "version")


class Programme(Version):
    """One version of an ordered list of items.

    A template belongs to the clinic; assigning it copies it, so that each
    assignment owns its line of versions (``line_id``) and nobody else's change
    reaches a patient.
    """

    LINE, NUMBER = "line_id", "version"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line_id = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    clinic = models.ForeignKey(Clinic, models.CASCADE, related_name="programmes")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    is_template = models.BooleanField(default=True)
    # Whose own programme this is; None of a template. Records live in an app above this one.
    patient_id = models.UUIDField(null=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # Of a template, the same in all its versions. See docs/adr/0029.
    archived_at = models.DateTimeField(null=True, blank=True)

    saved: str  # when, in words, where a list has looked it up
    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line_id", "version"], name="programme_version_once"),
            models.UniqueConstraint(
                fields=["line_id"],
                condition=Q(published_at=None),
                name="programme_one_draft_per_line",
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None) | Q(is_template=True),
                name="programme_archived_is_a_template",
            ),
            models.CheckConstraint(
                condition=Q(is_template=True, patient_id=None)
                | Q(is_template=False, patient_id__isnull=False),
                name="programme_is_a_template_or_a_patients",
            ),
        ]
        indexes = [models.Index(fields=["clinic", "is_template", "title"], name="programme_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def advice(self) -> str:
        """To the patient; "" where nothing was written, or it was erased."""
        return self.words.advice if hasattr(self, "words") else ""


class ProgrammeWords(models.Model):
    """What a programme says to its patient, apart from what it prescribes: it may name someone.

    Frozen with the programme, and yet it can be erased. See docs/adr/0040.
    """

    programme = models.OneToOneField(
        Programme, models.CASCADE, primary_key=True, related_name="words"
    )
    advice = models.TextField(_("advice for the patient"), blank=True, max_length=ADVICE_LENGTH)


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def with_newer(self, user: User) -> Self:
        """Each with ``newer_id``: the exercise's later version that this person may take, or None."""
        newer = ExerciseVersion.objects.visible_to(user).current()
        later = newer.filter(
            exercise=models.OuterRef("exercise_version__exercise"),
            number__gt=models.OuterRef("exercise_version__number"),
        )
        return self.annotate(newer_id=models.Subquery(later.values("pk")[:1]))

    def for_page(self) -> Self:
        """With the exercise's words and kind; anything else not loaded raises, not queries."""
        return self.select_related("exercise_version__exercise").fetch_mode(models.FETCH_RAISE)

    def for_record_page(self) -> Self:
        """With what a record says of each exercise, and without its words for the patient."""
        own = (field.name for field in self.model._meta.concrete_fields)
        shown = ("exercise", "exercise__kind", "name", "figure", "phases", "side_kind")
        of_version = (f"exercise_version__{name}" for name in (*shown, "precautions"))
        joined = self.select_related("words", "exercise_version__exercise")
        return joined.only(*own, "words__note", *of_version).fetch_mode(models.FETCH_RAISE)

    def with_photos(self) -> Self:
        return self.prefetch_related("exercise_version__shown__photo")

    def for_handout(self) -> Self:
        """With all that is printed of each exercise: words, figure, photos."""
        worded = self.select_related("exercise_version__exercise")
        return worded.with_photos().fetch_mode(models.FETCH_RAISE)


ItemManagerBase = models.Manager.from_queryset(ItemQuerySet)


class ItemManager(ItemManagerBase["Item"]):
    """Every item comes with its note."""

    def get_queryset(self) -> ItemQuerySet:
        return ItemQuerySet(self.model, using=self._db).select_related("words")


class Item(DoseFields):
    """One exercise of a programme, in the version it was given, with its dose."""

    class Side(models.TextChoices):
        NONE = "", _("not one-sided")
        LEFT = "left", pgettext_lazy("side of the body", "left")
        RIGHT = "right", pgettext_lazy("side of the body", "right")
        BOTH = "both", _("both sides")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    exercise_version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=5, choices=Side, blank=True, default=Side.NONE)

    objects = ItemManager()

    class Meta(DoseFields.Meta):
        ordering = ["position"]
        constraints = [
            *DoseFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "position"],
                name="item_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            # The service refuses a second version of the same exercise too.
            models.UniqueConstraint(
                fields=["programme", "exercise_version"], name="item_exercise_once"
            ),
        ]

    def __str__(self) -> str:
        return self.exercise_version.name

    def clean(self) -> None:
        super().clean()
        if self.exercise_version.is_sided and not self.side:
            raise ValidationError({"side": _("Choose a side.")})
        if self.side and not self.exercise_version.is_sided:
            raise ValidationError({"side": _("This exercise has no sides.")})

    @property
    def note(self) -> str:
        """To the patient; "" where nothing was written, or it was erased."""
        return self.words.note if hasattr(self, "words") else ""

    @property
    def sides(self) -> int:
        return 2 if self.side == self.Side.BOTH else 1

    def side_words(self) -> str:
        return self.exercise_version.side_words() if self.sides > 1 else super().side_words()

    @property
    def side_in_words(self) -> str:
        """ "right leg" where one side is prescribed; both are in the words of the dose."""
        if self.side not in ONE_SIDE:
            return ""
        return str(ONE_SIDE[self.side][self.exercise_version.side_words()])

    def side_choices(self) -> list[tuple[str, str]]:
        """The sides that may be prescribed, by what the exercise works: "left leg", "each leg"."""
        kind = self.exercise_version.side_words()
        return [
            *((side, str(words[kind])) for side, words in ONE_SIDE.items()),
            (self.Side.BOTH, str(EACH[kind])),
        ]


class ItemWords(models.Model):
    """The note with an item, kept apart as the words of a programme are."""

    item = models.OneToOneField(Item, models.CASCADE, primary_key=True, related_name="words")
    note = models.TextField(_("note for the patient"), blank=True, max_length=NOTE_LENGTH)
