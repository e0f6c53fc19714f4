"""What kind of device asks: in words that tell one's own phone from another's. No more is kept."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DeviceKind(TextChoices):
    IPHONE = "iphone", _("an iPhone")
    IPAD = "ipad", _("an iPad")
    ANDROID_PHONE = "android_phone", _("an Android phone")
    ANDROID_TABLET = "android_tablet", _("an Android tablet")
    WINDOWS = "windows", _("a computer with Windows")
    MAC = "mac", _("a Mac, or an iPad")  # Safari says the same on both
    CHROMEBOOK = "chromebook", _("a Chromebook")
    LINUX = "linux", _("a computer with Linux")
    OTHER = "other", _("another device")


# What a browser says of itself → what it runs on; the first that is found.
SAID = {
    "iPhone": DeviceKind.IPHONE,
    "iPad": DeviceKind.IPAD,
    "Windows": DeviceKind.WINDOWS,
    "Macintosh": DeviceKind.MAC,
    "CrOS": DeviceKind.CHROMEBOOK,
    "Linux": DeviceKind.LINUX,
}


def kind_of(user_agent: str) -> DeviceKind:
    """By the header of this name. It may say anything, so nothing hangs on it."""
    if "Android" in user_agent:
        is_phone = "Mobile" in user_agent
        return DeviceKind.ANDROID_PHONE if is_phone else DeviceKind.ANDROID_TABLET
    found = (kind for said, kind in SAID.items() if said in user_agent)
    return next(found, DeviceKind.OTHER)
