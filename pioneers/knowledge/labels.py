"""Words for items of the knowledge base, and for what is refused."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from pioneers.knowledge.models import Domain, Followed, ItemKind, UseKind
from pioneers.knowledge.rules import State
from pioneers.programmes.labels import explain
from pioneers.programmes.rules import Refused

KINDS: dict[ItemKind, LazyString] = {
    ItemKind.ARTICLE: _l("Article"),
    ItemKind.STORY: _l("Practice story"),
    ItemKind.TOOL: _l("Tool"),
    ItemKind.SCAN: _l("Scan or test"),
    ItemKind.VIDEO: _l("Video"),
    ItemKind.DOCUMENT: _l("Document"),
    ItemKind.SCHEME: _l("Subsidy or scheme"),
}
DOMAINS: dict[Domain, LazyString] = {
    Domain.STRATEGY: _l("Strategy"),
    Domain.PRIMARY_PROCESS: _l("Primary process"),
    Domain.PERSONNEL: _l("Personnel"),
    Domain.MANAGEMENT: _l("Management"),
}
LEVELS: dict[int, LazyString] = {
    1: _l("Level 1: a first step"),
    2: _l("Level 2: further on the way"),
    3: _l("Level 3: for the whole company"),
}
STATES: dict[State, LazyString] = {
    State.DRAFT: _l("draft, not on the site"),
    State.PLANNED: _l("planned for later"),
    State.PUBLISHED: _l("to be seen by all"),
    State.CHANGED: _l("to be seen by all, with a newer draft"),
    State.AWAY: _l("no longer on the site"),
}
STATE_TAGS: dict[State, str] = {
    State.DRAFT: "warn",
    State.PLANNED: "brand",
    State.PUBLISHED: "good",
    State.CHANGED: "warn",
    State.AWAY: "quiet",
}
USES: dict[UseKind, LazyString] = {
    UseKind.HELPED: _l("This helped me"),
    UseKind.WILL_USE: _l("I will use this"),
    UseKind.DOWNLOADED: _l("downloaded, with details"),
}
USE_CHOICES: dict[UseKind, LazyString] = {
    UseKind.HELPED: _l("This helped me"),
    UseKind.WILL_USE: _l("I will use this"),
    UseKind.DOWNLOADED: _l("I saved a file of it"),
}
FOLLOW_CHOICES: dict[Followed, LazyString] = {
    Followed.DONE: _l("Yes, it is done"),
    Followed.NOT_YET: _l("Not yet"),
    Followed.NO: _l("No, it will not happen"),
}
FOLLOWED: dict[Followed, LazyString] = {
    Followed.DONE: _l("done"),
    Followed.NOT_YET: _l("not yet"),
    Followed.NO: _l("will not happen"),
}
REFUSALS: dict[str, LazyString] = {
    "title_missing": _l("Give the item a title."),
    "title_long": _l("Use at most %(limit)s characters."),
    "summary_long": _l("Use at most %(limit)s characters."),
    "body_long": _l("Use at most %(limit)s characters."),
    "link_long": _l("Use at most %(limit)s characters."),
    "intention_long": _l("Use at most %(limit)s characters."),
    "link_shape": _l("Write a complete web address, like https://example.nl/page."),
    "summary_missing": _l("Write a summary first: it stands in lists and in search engines."),
    "level": _l("Choose one."),
    "sector": _l("Choose one."),
    "consent_missing": _l("Fill in since when they agree."),
    "consent_period": _l("The consent would end before it begins."),
    "consent_by": _l("Write down who agreed."),
    "consent_needed": _l(
        "This item names a company or a pioneer who has not agreed, or no longer agrees. Note"
        " their consent first."
    ),
    "moment_missing": _l("Fill in a day."),
    "moment_past": _l("Choose a moment that lies ahead."),
    "too_often": _l("You sent this very often. Try again in a while."),
    "agreed_needed": _l("We need your consent to keep your details."),
    "contact_needed": _l("Leave your name and e-mail address, or neither."),
}


def said(refusal: Refused) -> str:
    """The words for a refusal."""
    return explain(refusal, REFUSALS)
