"""From a place as people write it to its municipality. Pure: the rows come from the database."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

# Four-digit postcodes that lie in Overijssel (PostNL). A hint only: it tells Hengelo (Overijssel)
# from Hengelo (Gelderland), it never names a municipality by itself.
OVERIJSSEL = (
    *((7400, 7437), (7440, 7702), (7707, 7739), (7770, 7798), (7946, 7946), (7950, 7955)),
    *((8000, 8045), (8055, 8066), (8100, 8154), (8196, 8198), (8260, 8294), (8325, 8347)),
    (8355, 8378),
)
REMEMBERED = 20_000
_TAIL = re.compile(r"[\s(]+(?:o|ov|ovl|overijssel|gem .*|nl|nederland)\)?$")


def place_key(text: str) -> str:
    """A place's name folded for comparing: no accents, no province behind it, St. as Sint."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    spaced = " ".join(re.sub(r"[^a-z0-9()]+", " ", letters).split())
    spaced = re.sub(r"^st ", "sint ", spaced)
    return _TAIL.sub("", spaced).replace("(", "").replace(")", "").strip()[:60]


def in_overijssel(postcode: str | None) -> bool | None:
    """Whether a postcode lies in Overijssel; None when there is no readable postcode."""
    found = re.match(r"\s*(\d{4})", postcode or "")
    if not found:
        return None
    digits = int(found[1])
    return any(low <= digits <= high for low, high in OVERIJSSEL)


@dataclass(frozen=True)
class PlaceBook:
    """Every known place and its municipality, in memory: one look-up costs no query."""

    codes: Mapping[str, str]
    _seen: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def municipality(self, place: str | None, postcode: str | None = None) -> str | None:
        """The CBS code of the municipality of `place`; None where it is not known for sure.

        A postcode outside the province means another place of the same name.
        """
        if not place:
            return None
        if place not in self._seen:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            self._seen[place] = self.codes.get(place_key(place))
        code = self._seen[place]
        return None if code is None or in_overijssel(postcode) is False else code
