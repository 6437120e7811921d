"""What a pioneer shows. Pure."""

import enum
from dataclasses import dataclass


class Offer(enum.StrEnum):
    """What a pioneer can be asked for."""

    TALK = "talk"
    WORKSHOP = "workshop"
    EXCURSION = "excursion"
    MEDIA = "media"


@dataclass(frozen=True)
class PublicProfile:
    """What everybody may see of a pioneer today."""

    pioneer_id: int
    programme_id: int
    code: str
    name: str
    company: str
    municipality: str
    headline: str
    paragraphs: tuple[str, ...]
    themes: tuple[str, ...]
    levels: tuple[int, ...]
    offers: tuple[Offer, ...]
    quotes: tuple[str, ...]
    region: str
    website: str
    photo_id: int | None
    alt: str = ""

    @property
    def has_photo(self) -> bool:
        """Whether there is a photo that everybody may see."""
        return self.photo_id is not None
