"""By which name a mail greets. Pure.

Anybody can give any name and anybody's address in a public form, and the mail that follows comes
from the province. So only what can be a name is repeated in it; whatever else was typed (a warning,
a web address, a telephone number) is greeted like somebody whose name we do not know.
"""

import re
import unicodedata

from pioneers.mail.rendering import one_line

LONGEST = 80
MOST_WORDS = 8
NAMELESS = {"nl": "ondernemer", "en": "entrepreneur"}
# one word of a name: initials and titles end in a stop (J.P., drs., prof.), names may hold
# a hyphen or an apostrophe; a stop within, as in a web address, does not occur
WORD = re.compile(r"(?:(?:[^\W\d_]{1,4}\.)+|(?:[^\W\d_]{1,2}\.)*[^\W\d_]+(?:['’`-][^\W\d_]+)*-?),?")


def greeted(name: str, language: str) -> str:
    """`name` when it can be one, else the word for somebody whose name is not known."""
    typed = unicodedata.normalize("NFC", one_line(name)).strip()
    words = re.sub(r"[()&]", " ", typed).split()
    fits = 0 < len(typed) <= LONGEST and 0 < len(words) <= MOST_WORDS
    if fits and all(WORD.fullmatch(word) or word in {"’t", "'t"} for word in words):
        return typed
    return NAMELESS.get(language, NAMELESS["nl"])
