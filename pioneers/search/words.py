"""Text as the index holds it: plain words, the same on every database."""

import re
import unicodedata
from functools import lru_cache

from pioneers.search.models import Kind

_OTHERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8_192)
def words_of(text: str) -> tuple[str, ...]:
    """`folded_words`, for texts that come back."""
    return tuple(folded_words(text))


def folded_words(text: str) -> list[str]:
    """The folded words of `text`. Everything but letters and digits parts words, so that neither
    database's own notion of e-mail addresses, hosts and hyphens makes a difference."""
    lowered = text.lower().translate(_OTHERS)
    if not lowered.isascii():
        parts = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(char for char in parts if not unicodedata.combining(char))
    return _WORD.findall(lowered)


@lru_cache(maxsize=1024)
def scope_words(programme_id: int, kind: Kind) -> str:
    """The words by which an entry is found within its programme, and among its kind."""
    return f"p{programme_id} p{programme_id}{kind.value}"
