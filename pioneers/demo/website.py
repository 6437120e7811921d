"""The public site of the programme that runs: open, with words of its own, a page that was added,
a text with earlier versions, and one that is planned."""

from datetime import timedelta

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.programmes.models import Programme
from pioneers.publishing.models import SitePage
from pioneers.publishing.rules import Words
from pioneers.publishing.settling import LookDraft, settle
from pioneers.publishing.texts import find_page, get_page
from pioneers.publishing.writing import publish, save_draft

AnySession = Session | scoped_session[Session]
LEADER = "leider@pioniers.example"
COLLEAGUE = "collega@pioniers.example"
LOOK = LookDraft(
    is_open=True,
    tagline="Slimmer organiseren, met ondernemers die het deden",
    organisation="Provincie Overijssel, team Mijn Bedrijf (verzonnen)",
    email="vraag@pioniers.example",
    phone="038 000 00 00",
    address="Postbus 0\n8000 AA Zwolle",
)
FIRST_CONTACT = Words(
    "Contact",
    "Stel ons uw vraag per mail.",
    "Mail ons. Wij antwoorden binnen vijf werkdagen.",
)
CONTACT = Words(
    "Contact",
    "Bel, mail of stel uw vraag op de site. U krijgt iemand van het team, geen keuzemenu.",
    "Wij zijn er op **maandag tot en met donderdag van 9 tot 17 uur**. Op vrijdag zijn wij bij"
    " bedrijven op bezoek.\n\nWilt u dat een pionier bij u komt vertellen? Zeg dan meteen voor"
    " hoeveel mensen en ongeveer wanneer. Wij zoeken iemand die bij uw publiek past.",
)
TEAM = Words(
    "Wie wij zijn",
    "Achter de pioniers staat een klein team dat vragen aanneemt, mensen bij elkaar brengt en"
    " bijhoudt wat het opleverde.",
    "## Wat wij doen\n\n"
    "- Wij zoeken ondernemers die hun bedrijf anders organiseerden, en vragen hun om daar eerlijk"
    " over te vertellen.\n"
    "- Wij vragen organisaties met een zaal vol ondernemers om een podium.\n"
    "- Wij beantwoorden elke vraag, of vinden iemand die dat beter kan.\n\n"
    "## Wat wij niet doen\n\n"
    "Wij verkopen niets, en wij schrijven niemand iets voor. Wat bij de een werkte, kan bij u"
    " anders uitpakken. Daarom vertellen pioniers ook wat er misging.\n\n"
    "## Waarom de provincie dit doet\n\n"
    "Een bedrijf dat zijn mensen de ruimte geeft, kan meer aan: een nieuwe markt, een tegenvaller,"
    " een generatie die anders wil werken. Sterke bedrijven maken een sterke regio.",
)
TEAM_EN = Words(
    "Who we are",
    "Behind the pioneers stands a small team that takes questions, brings people together and keeps"
    " track of what came of it.",
    "## What we do\n\n"
    "- We look for entrepreneurs who organised their company otherwise, and ask them to tell about"
    " it honestly.\n"
    "- We ask organisations with a hall full of entrepreneurs for a stage.\n"
    "- We answer every question, or find somebody who can do so better.\n\n"
    "## What we do not do\n\n"
    "We sell nothing, and we prescribe nothing. What worked for one may turn out otherwise for you."
    " That is why pioneers also tell what went wrong.",
    "en",
)
CIRCLES = Words(
    "Leren van elkaar in een kring",
    "Dit najaar begint een kring over loslaten: voor ondernemers die minder zelf willen beslissen.",
    "Zes ondernemers, vijf middagen, één begeleider. U brengt een eigen vraagstuk mee, en iedereen"
    " denkt mee over de volgende stap.\n\n"
    "## Is dit iets voor u?\n\n"
    "- U heeft tussen de 6 en 250 mensen in dienst.\n"
    "- U wilt dat uw mensen meer zelf regelen, en u merkt dat u dat lastig vindt.\n"
    "- U kunt vijf middagen vrijmaken, verdeeld over een half jaar.",
)


def load_website(session: AnySession, programme: Programme, users: dict[str, int]) -> None:
    """Open the site and write its texts. Commits nothing."""
    leader, colleague = users[LEADER], users[COLLEAGUE]
    now = clock.now()
    with clock.at(now - timedelta(days=60)):
        settle(session, programme=programme, draft=LOOK, version=0, actor_id=leader)
        _on_site(session, programme, "contact", FIRST_CONTACT, leader)
    with clock.at(now - timedelta(days=40)):
        for words in (TEAM, TEAM_EN):
            _on_site(session, programme, "wie-wij-zijn", words, colleague)
    with clock.at(now - timedelta(days=12)):
        _on_site(session, programme, "contact", CONTACT, colleague)
    with clock.at(now - timedelta(days=2)):
        page = _draft(session, programme, "kringen", CIRCLES, leader)
        publish(
            session,
            page=page,
            version=page.version,
            at=now + timedelta(days=20),
            until=now + timedelta(days=110),
            actor_id=leader,
        )


def _draft(
    session: AnySession, programme: Programme, key: str, words: Words, actor_id: int
) -> SitePage:
    page = find_page(session, programme, key, words.language)
    save_draft(
        session,
        programme=programme,
        key=key,
        words=words,
        version=page.version if page else 0,
        actor_id=actor_id,
    )
    return get_page(session, programme, key, words.language)


def _on_site(
    session: AnySession, programme: Programme, key: str, words: Words, actor_id: int
) -> SitePage:
    page = _draft(session, programme, key, words, actor_id)
    publish(session, page=page, version=page.version, actor_id=actor_id)
    return page
