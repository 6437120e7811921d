"""The knowledge base of the programme that runs today: texts out of files, published day by day.

Each file of `texts` has a head of fields between two lines `---`, and a body in Markdown. Days are
counted from the day of loading. The companies and what they tell are invented.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from pioneers import clock
from pioneers.companies.rules import SizeClass
from pioneers.demo.people import COMPANIES, GUESTS
from pioneers.demo.present import COLLEAGUE, LEADER, Running
from pioneers.demo.sheets import sheet
from pioneers.files.actions import read_upload
from pioneers.knowledge.actions import add_item, publish, relate
from pioneers.knowledge.attaching import attach_file
from pioneers.knowledge.models import Domain, ItemKind, KnowledgeItem, UseKind
from pioneers.knowledge.rules import ItemDraft
from pioneers.knowledge.use_rules import NewUse
from pioneers.knowledge.using import take_use

FENCE = "---"
FIELDS = frozenset(
    {"title", "summary", "kind", "themes", "level", "domain", "sector", "size_class", "place"}
    | {"source", "published", "review", "owner", "company", "pioneer", "consent_by"}
    | {"consent_until", "related"}
)
NEEDED = frozenset({"title", "summary", "kind", "themes", "published"})
OWNERS = {"": LEADER, "leider": LEADER, "collega": COLLEAGUE}
ASKED_BEFORE, HOLDS_FOR = 7, 365  # days: consent before a story appears; until somebody looks again
HELPED = (  # how often somebody pressed the button, without details
    ("hulpmiddel-dagstart", 9),
    ("verhaal-rooster-van-de-ploeg", 7),
    ("verhaal-zelfsturing-die-mislukte", 5),
    ("scan-kunt-u-een-week-weg", 4),
    ("vraag-te-klein", 2),
)
INTENDED = (  # days, guest and what they are going to do
    ("hulpmiddel-roosterafspraken", -38, 4, "Met de avondploeg het vel invullen"),
    ("scan-waar-staat-uw-bedrijf", -19, 9, "De scan met het hele kantoor doen"),
    ("hulpmiddel-portfoliomiddag", -4, 15, "Een middag plannen met de werkplaats"),
)


class BadText(ValueError):
    """A file of the demonstration is not as it should be."""


@dataclass(frozen=True)
class DemoText:
    """An item as its file tells it."""

    slug: str
    head: dict[str, str]
    body: str

    def day(self, name: str, otherwise: int) -> int:
        """A number of days after the day of loading."""
        return int(self.head.get(name) or otherwise)

    @property
    def published(self) -> int:
        """The day on which it appears; ahead of today for what is planned."""
        return int(self.head["published"])

    @property
    def related(self) -> tuple[str, ...]:
        """Pieces of the addresses of the items that belong with it."""
        return _parts(self.head.get("related", ""))


def demo_texts() -> list[DemoText]:
    """All texts in the order in which they appear. Raises BadText."""
    return sorted(_read(), key=lambda text: (text.published, text.slug))


def load_knowledge(running: Running) -> None:
    """Write and publish every text. Commits nothing."""
    texts = demo_texts()
    belongs = {(text.slug, other) for text in texts for other in text.related}
    made: dict[str, int] = {}
    for number, text in enumerate(texts):
        with clock.at(running.moment(min(text.published, -1), 9, number)):
            item = _make(running, text)
            others = [
                made[other]
                for other in made
                if (text.slug, other) in belongs or (other, text.slug) in belongs
            ]
            user_id = running.users[LEADER]
            relate(running.session, item=item, others=others, user_id=user_id)
        made[text.slug] = item.id
    _used(running, made)


def draft_of(running: Running, text: DemoText) -> ItemDraft:
    """The item that a text describes."""
    head = text.head
    names = bool(head.get("company"))
    return ItemDraft(
        kind=ItemKind(head["kind"]),
        themes=_parts(head["themes"]),
        level=int(head["level"]) if head.get("level") else None,
        domain=Domain(head["domain"]) if head.get("domain") else None,
        sector=head.get("sector", ""),
        size_class=SizeClass(head["size_class"]) if head.get("size_class") else None,
        municipality_code=head.get("place") or None,
        source=head.get("source", ""),
        owner_id=running.users[OWNERS[head.get("owner", "")]],
        review_on=running.day(text.day("review", text.published + HOLDS_FOR)),
        company_name=head.get("company", ""),
        pioneer_id=running.pioneers[int(head["pioneer"])] if head.get("pioneer") else None,
        consent_by=head.get("consent_by", ""),
        consent_on=running.day(text.published - ASKED_BEFORE) if names else None,
        consent_until=running.day(text.day("consent_until", 600)) if names else None,
        title=head["title"],
        summary=head["summary"],
        body=text.body,
        slug=text.slug,
    )


def _make(running: Running, text: DemoText) -> KnowledgeItem:
    """Write it, and publish it now or, where its day lies ahead, by itself on that day."""
    session, user_id = running.session, running.users[OWNERS[text.head.get("owner", "")]]
    item = add_item(
        session, programme=running.programme, draft=draft_of(running, text), user_id=user_id
    )
    if item.kind == ItemKind.DOCUMENT:
        _attach(running, item, text)
    ahead = running.moment(text.published, 9) if text.published > 0 else None
    publish(session, item=item, at=ahead, user_id=user_id)
    return item


def _attach(running: Running, item: KnowledgeItem, text: DemoText) -> None:
    """Give a document the sheet that one prints."""
    made = sheet(
        title=text.head["title"],
        summary=text.head["summary"],
        body=text.body,
        programme=running.programme.name,
    )
    attach_file(
        running.session,
        item=item,
        upload=read_upload(io.BytesIO(made), f"{text.slug}.pdf"),
        title="Om af te drukken",
        user_id=item.owner_id,
    )


def _used(running: Running, made: dict[str, int]) -> None:
    """What readers said: a press of a button, or what they are going to do."""
    for slug, times in HELPED:
        for number in range(times):
            _say(running, made[slug], -40 + 4 * number, NewUse(UseKind.HELPED))
    for slug, days, place, intention in INTENDED:
        guest = GUESTS[place]
        new = NewUse(
            UseKind.WILL_USE,
            intention=intention,
            name=guest.name,
            company=COMPANIES[guest.company].name,
            email=guest.email,
            agreed=True,
        )
        _say(running, made[slug], days, new)


def _say(running: Running, item_id: int, days: int, new: NewUse) -> None:
    with clock.at(running.moment(days, 20)):
        item = running.session.get_one(KnowledgeItem, item_id)
        take_use(running.session, programme=running.programme, item=item, new=new)


def _read() -> Iterator[DemoText]:
    for file in files("pioneers.demo").joinpath("texts").iterdir():
        if file.name.endswith(".md"):
            yield parse(file.name.removesuffix(".md"), file.read_text("utf-8"))


def parse(slug: str, written: str) -> DemoText:
    """A file's head and body. Raises BadText on a missing, unknown or double field."""
    start, first, rest = written.partition(f"{FENCE}\n")
    fields, last, body = rest.partition(f"\n{FENCE}\n")
    if start or not first or not last:
        raise BadText(f"{slug}: no head")
    head: dict[str, str] = {}
    for line in fields.splitlines():
        name, colon, value = line.partition(":")
        if not colon or name not in FIELDS or name in head:
            raise BadText(f"{slug}: {line}")
        head[name] = value.strip()
    missing = sorted(name for name in NEEDED if not head.get(name))
    if missing or not body.strip():
        raise BadText(f"{slug}: {', '.join(missing) or 'no body'}")
    return DemoText(slug, head, body.strip() + "\n")


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
