"""Who should ask first: tags of an exercise, and of a patient's record."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Precaution(models.TextChoices):
    """The value is stored, the label is for staff; ``ask_if`` is what a patient reads."""

    OSTEOPOROSIS = "OST", _("weak bones (osteoporosis)")
    HIP_REPLACEMENT = "THR", _("hip replacement")
    STENOSIS = "STEN", _("narrow spine (stenosis)")
    SLIPPED_VERTEBRA = "SLIP", _("slipped vertebra (spondylolisthesis)")
    IRRITABLE = "IRR", _("easily stirred-up sciatica")
    HEART = "BP", _("high blood pressure or heart trouble")
    NECK = "NECK", _("neck trouble")
    SHOULDER = "SHOULDER", _("painful shoulder")
    WRIST = "WRIST", _("painful wrist")
    KNEE = "KNEE", _("painful knee")
    BALANCE = "BAL", _("needs support to balance")
    HERNIA = "HERNIA", _("hernia")
    PREGNANCY = "PREG", _("pregnancy")
    AFTER_BIRTH = "BIRTH", _("after birth")
    SURGERY = "OP", _("recent surgery")

    @property
    def ask_if(self) -> str:
        """Completes "Ask first if …" for the patient: "you have a hernia"."""
        return str(ASK_IF[self])

    @property
    def because(self) -> str:
        """What in an exercise asks for the tag, for staff."""
        return str(BECAUSE[self])


ASK_IF: dict[Precaution, Promise] = {
    Precaution.OSTEOPOROSIS: _("you have weak bones (osteoporosis)"),
    Precaution.HIP_REPLACEMENT: _("you have a new hip (hip replacement)"),
    Precaution.STENOSIS: _("you have a narrow spine (stenosis)"),
    Precaution.SLIPPED_VERTEBRA: _("a bone in your back has slipped out of line"),
    Precaution.IRRITABLE: _("your leg pain flares up easily"),
    Precaution.HEART: _("you have high blood pressure or heart trouble"),
    Precaution.NECK: _("you have neck trouble"),
    Precaution.SHOULDER: _("your shoulder hurts"),
    Precaution.WRIST: _("your wrist hurts"),
    Precaution.KNEE: _("your knee hurts"),
    Precaution.BALANCE: _("you need help to keep your balance"),
    Precaution.HERNIA: _("you have a hernia"),
    Precaution.PREGNANCY: _("you are pregnant"),
    Precaution.AFTER_BIRTH: _("you had a baby in the last few months"),
    Precaution.SURGERY: _("you had an operation in the last few months"),
}
BECAUSE: dict[Precaution, Promise] = {
    Precaution.OSTEOPOROSIS: _("the trunk is bent or turned far, or under load"),
    Precaution.HIP_REPLACEMENT: _(
        "the hip comes to 90° or beyond, crosses the middle or is turned out"
    ),
    Precaution.STENOSIS: _("the low back is bent backwards, or the legs carry it for long"),
    Precaution.SLIPPED_VERTEBRA: _("the low back is bent backwards"),
    Precaution.IRRITABLE: _("the sciatic nerve is stretched or pressed"),
    Precaution.HEART: _("a hold is long and strong, or it takes effort"),
    Precaution.NECK: _("the neck is moved, loaded or lifted"),
    Precaution.SHOULDER: _("the arm carries weight or reaches over the head"),
    Precaution.WRIST: _("the hand carries weight"),
    Precaution.KNEE: _("one kneels, or the knee is bent under load"),
    Precaution.BALANCE: _("it is done standing or kneeling upright"),
    Precaution.HERNIA: _("the pressure in the tummy rises"),
    Precaution.PREGNANCY: _("one lies flat or on the front, or works the tummy hard"),
    Precaution.AFTER_BIRTH: _("the tummy muscles work hard"),
    Precaution.SURGERY: _("the trunk is loaded or moved far, or the leg pulled hard"),
}


def in_words(tags: Iterable[str]) -> list[str]:
    """For staff: "hip replacement", "pregnancy"."""
    return [str(Precaution(tag).label) for tag in tags]


def tags_field(label: "_StrPromise") -> "ArrayField[Sequence[str], list[str]]":
    """A column that holds some of these; ``are_known`` is its constraint."""
    longest = models.CharField(max_length=8, choices=Precaution)
    return ArrayField(longest, verbose_name=label, default=list, blank=True)


def are_known(column: str, *, name: str) -> models.CheckConstraint:
    """The tags in this column are among these."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{column}__contained_by": Precaution.values}), name=name
    )
