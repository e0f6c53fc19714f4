"""Exercises, and the immutable versions that hold their words."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Clinic, User
from exercises.fields import DoseFields
from exercises.guide import GuideFields
from exercises.models import precaution
from exercises.models.precaution import Precaution
from exercises.models.searched import Searched
from exercises.phases import Phase, Step, phased
from exercises.versions import Version, VersionQuerySet
from exercises.vocabulary import Condition, Equipment, Muscle, Position, Region

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CUES = 3  # lines that stand for the steps on a single sheet


class Kind(models.TextChoices):
    STRETCH = "stretch", _("stretch")
    MOBILITY = "mobility", _("mobility")
    NERVE = "nerve", _("nerve")
    CONTROL = "control", _("control")
    STRENGTH = "strength", _("strength")
    AEROBIC = "aerobic", _("aerobic")


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def visible_to(self, user: User) -> Self:
        """For staff only: their clinics' own exercises, and the shared ones.

        A clinic's own exercise stands in place of the shared one of the same slug.
        """
        clinics = user.clinics_as_staff()
        # Looked for among shared slugs alone: a clinic may have a hundred times as many of its own.
        slugs = Exercise.objects.filter(clinic=None).values("slug")
        own = Exercise.objects.in_use().filter(clinic__in=clinics, slug__in=slugs)
        shared = Q(models.Exists(clinics), ~Q(slug__in=own.values("slug")), clinic=None)
        return self.filter(Q(clinic__in=clinics) | shared)

    def active(self) -> Self:
        return self.filter(archived_at=None)

    def in_use(self) -> Self:
        """Active, and published at least once: what a list shows."""
        published = ExerciseVersion.objects.published().filter(exercise=models.OuterRef("pk"))
        return self.active().filter(models.Exists(published))


class Exercise(models.Model):
    """Identity only; the words are in its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(
        Clinic, models.CASCADE, null=True, blank=True, related_name="exercises"
    )  # None: shared with everyone
    slug = models.SlugField(max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: came with the product
    archived_at = models.DateTimeField(null=True, blank=True)
    harder = models.ManyToManyField(
        "self", through="Progression", symmetrical=False, related_name="easier"
    )

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "slug"],
                name="exercise_slug_once_per_owner",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="exercise_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class ExerciseVersionQuerySet(VersionQuerySet["ExerciseVersion"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(exercise__in=Exercise.objects.visible_to(user))

    def own(self) -> Self:
        """Those of clinics' own exercises."""
        return self.filter(exercise__clinic__isnull=False)

    def current(self) -> Self:
        """The newest published version of each exercise that is not archived."""
        return self.newest().filter(exercise__archived_at=None)

    def archived(self) -> Self:
        """The newest published version of each exercise that was put away."""
        return self.newest().filter(exercise__archived_at__isnull=False)

    def usable_in(self, clinic_id: UUID | None) -> Self:
        """Current versions of exercises that are everybody's or this clinic's own."""
        return self.current().filter(Q(exercise__clinic=None) | Q(exercise__clinic=clinic_id))

    def unlisted(self) -> "models.QuerySet[ExerciseVersion, Any]":
        """One row: how many ``drafts`` and ``archived`` ones there are beside what the library
        lists."""
        put_away = Q(exercise__archived_at__isnull=False, published_at__isnull=False)
        unlisted = self.own().filter(put_away | Q(published_at=None)).order_by()
        return unlisted.values(whole=models.Value(1)).annotate(
            drafts=models.Count("pk", filter=Q(published_at=None)),
            archived=models.Count("exercise", filter=put_away, distinct=True),
        )

    def for_list_page(self) -> Self:
        """With the kind, by name."""
        return self.select_related("exercise").order_by("name", "pk")

    def for_tiles(self) -> Self:
        """What a list shows of each, by name; any other column raises. The words are long."""
        dose = (field.name for field in DoseFields._meta.get_fields())
        shown = ("exercise", "name", "summary", "figure", "phases", "side_kind", *dose)
        whose = (f"exercise__{name}" for name in ("slug", "kind", "clinic"))
        return self.for_list_page().only(*shown, *whose).fetch_mode(models.FETCH_RAISE)

    def for_cards(self) -> Self:
        """What tells one card from another, by name; ``exercises.cards`` has the rest."""
        known = ("exercise__kind", "exercise__clinic")
        return self.for_list_page().only("exercise", "name", *known).fetch_mode(models.FETCH_RAISE)

    def for_pictures(self) -> Self:
        """What is drawn; any other column raises."""
        drawn = ("exercise__kind", "figure", "phases")
        return self.select_related("exercise").only(*drawn).fetch_mode(models.FETCH_RAISE)

    def for_detail_page(self) -> Self:
        """With all that is shown of it; where two clinics share a slug, always the same one."""
        whole = self.select_related("exercise").prefetch_related("shown__photo")
        return whole.order_by("exercise_id")

    def for_history_page(self) -> Self:
        """With who wrote each and its photos, the newest first."""
        return self.select_related("written_by").prefetch_related("shown").order_by("-number")


def words_of(longest: int, label: "_StrPromise") -> "ArrayField[Sequence[str], list[str]]":
    """A list of short words."""
    return ArrayField(
        models.CharField(max_length=longest), verbose_name=label, default=list, blank=True
    )


def known_words(name: str, known: type[models.TextChoices]) -> models.CheckConstraint:
    """The tags of a version come from the vocabulary."""
    return models.CheckConstraint(
        condition=Q(**{f"{name}__contained_by": known.values}),
        name=f"exerciseversion_{name}_are_known",
    )


class ExerciseVersion(Version, Searched, GuideFields):
    """Every word, tag, figure and source, the guide range and the starting dose.

    A draft is seen by its clinic alone.
    """

    LINE, NUMBER = "exercise", "number"

    class Flexes(models.TextChoices):
        """Which way the low back bends: the two ways suit different people."""

        NEITHER = "", _("neither way")
        FORWARD = "forward", _("bends the low back forwards")
        BACKWARD = "backward", _("bends the low back backwards")

    class SideKind(models.TextChoices):
        """What is done on a side, and so what "each" means where both are prescribed."""

        NONE = "", _("both sides together")
        LEG = "leg", _("one leg at a time")
        ARM = "arm", _("one arm at a time")
        SIDE = "side", _("one side at a time")

    class DoseBasis(models.TextChoices):
        """Where the numbers come from: those of the guide range, or of the dose without one."""

        SOURCE = "source", _("as in the source")
        CONVENTION = "convention", _("clinical convention")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=200)
    steps = ArrayField(models.TextField(), verbose_name=_("steps"), default=list)
    # What each step is there for, in the order of the steps.
    phases = ArrayField(
        models.CharField(max_length=6, choices=Phase),
        verbose_name=_("phases of the steps"),
        default=list,
        blank=True,
    )
    # The steps in three short lines, for a sheet of paper; [] where nobody has written them.
    cues = ArrayField(
        models.TextField(),
        verbose_name=_("short, for the handout"),
        size=CUES,
        default=list,
        blank=True,
    )
    feel = models.TextField(_("what you should feel, and where"), blank=True)
    cautions = ArrayField(models.TextField(), verbose_name=_("cautions"), default=list, blank=True)
    progress = models.TextField(_("when to move on"), blank=True)
    why = ArrayField(
        models.TextField(), verbose_name=_("why it may help"), default=list, blank=True
    )
    beside = models.TextField(_("what belongs beside it"), blank=True)
    # What of that a patient reads: shorter, and never more than it may do.
    why_for_patient = models.TextField(_("why it may help, for the patient"), blank=True)
    beside_for_patient = models.TextField(_("what goes well with it, for the patient"), blank=True)
    on_paper = models.CharField(_("in one sentence, for the handout"), max_length=200, blank=True)
    side_kind = models.CharField(
        _("sides"), max_length=4, choices=SideKind, blank=True, default=SideKind.NONE
    )
    flexes = models.CharField(
        _("direction"), max_length=8, choices=Flexes, blank=True, default=Flexes.NEITHER
    )
    position = models.CharField(_("position"), max_length=20, choices=Position, blank=True)
    equipment = words_of(40, _("equipment"))
    muscles = words_of(60, _("muscles"))
    regions = words_of(60, _("parts of the body"))
    conditions = words_of(60, _("conditions"))
    synonyms = words_of(80, _("other names"))
    # Poses, props and arrows as ``figures`` reads them; {}: not drawn.
    figure = models.JSONField(_("figure"), default=dict, blank=True)
    precautions = precaution.tags_field(_("precautions"))
    dose_basis = models.CharField(max_length=10, choices=DoseBasis)
    source = models.TextField(_("source"))
    content_hash = models.CharField(max_length=64, blank=True)  # of a library file
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )  # None: came with the product

    objects = ExerciseVersionQuerySet.as_manager()

    class Meta(Searched.Meta, GuideFields.Meta):
        constraints = [
            *GuideFields.Meta.constraints,
            models.UniqueConstraint(
                fields=["exercise", "number"], name="exerciseversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["exercise"],
                condition=Q(published_at=None),
                name="exerciseversion_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(steps=[]), name="exerciseversion_has_steps"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(phases__len=models.F("steps__len")),
                name="exerciseversion_steps_have_phases",
            ),
            known_words("phases", Phase),
            models.CheckConstraint(
                condition=Q(position__in=["", *Position.values]),
                name="exerciseversion_position_is_known",
            ),
            models.CheckConstraint(
                condition=Q(flexes__in=["", "forward", "backward"]),
                name="exerciseversion_flexes_is_known",
            ),
            models.CheckConstraint(
                condition=Q(side_kind__in=["", "leg", "arm", "side"]),
                name="exerciseversion_side_kind_is_known",
            ),
            known_words("equipment", Equipment),
            known_words("muscles", Muscle),
            known_words("regions", Region),
            known_words("conditions", Condition),
            precaution.are_known("precautions", name="exerciseversion_precautions_are_known"),
            models.CheckConstraint(
                condition=Q(dose_basis__in=["source", "convention"]),
                name="exerciseversion_basis_is_known",
            ),
        ]
        indexes = [
            *Searched.Meta.indexes,
            models.Index(
                fields=["name", "id"],
                condition=Q(published_at__isnull=False),
                name="exerciseversion_by_name",
            ),
            models.Index(
                fields=["exercise", "-number"],
                condition=Q(published_at__isnull=False),
                name="exerciseversion_newest",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def written(self) -> list[Step]:
        """Each step with its number and phase."""
        return phased(self.steps, self.phases)

    @property
    def is_sided(self) -> bool:
        return bool(self.side_kind)

    @property
    def sides(self) -> int:
        """Adding a sided exercise prescribes both sides."""
        return 2 if self.is_sided else 1

    def side_words(self) -> str:
        return self.side_kind or "side"

    @property
    def who_asks_first(self) -> list[Precaution]:
        """Its tags, in the order of the vocabulary."""
        return [tag for tag in Precaution if tag in self.precautions]

    @property
    def ask_first_if(self) -> list[str]:
        """What follows "Ask first if" for the patient: "you have a hernia"."""
        return [tag.ask_if for tag in self.who_asks_first]

    @property
    def bends_backwards(self) -> bool:
        return self.flexes == self.Flexes.BACKWARD

    @property
    def summed_up(self) -> str:
        """One sentence for paper: why, what with, how gentle and when to move on."""
        return self.on_paper or self.summary


class ProgressionQuerySet(models.QuerySet["Progression"]):
    def visible_to(self, user: User) -> Self:
        """For staff: between shared exercises, and those of their clinics."""
        clinics = user.clinics_as_staff()
        return self.filter(
            Q(easier__clinic=None) | Q(easier__clinic__in=clinics),
            Q(harder__clinic=None) | Q(harder__clinic__in=clinics),
        )

    def by_slug(self) -> "models.QuerySet[Progression, tuple[str, str]]":
        """Pairs of slugs, the easier first."""
        return self.values_list("easier__slug", "harder__slug")


class Progression(models.Model):
    """One step up. Stored once; easier is its reverse."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    easier = models.ForeignKey(Exercise, models.CASCADE, related_name="steps_up")
    harder = models.ForeignKey(Exercise, models.CASCADE, related_name="steps_down")

    objects = ProgressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["easier", "harder"], name="progression_once"),
            models.CheckConstraint(
                condition=~Q(easier=models.F("harder")), name="progression_goes_somewhere"
            ),
        ]
