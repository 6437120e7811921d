"""What the pioneers of the programme that runs today tell about themselves. All of it invented."""

import io
from dataclasses import dataclass
from datetime import timedelta

from pioneers import clock
from pioneers.ambassadors.actions import appoint, change_appointment
from pioneers.ambassadors.models import Pioneer
from pioneers.companies.identity import Claim
from pioneers.companies.names import parse_name
from pioneers.demo.portraits import portrait
from pioneers.demo.present import LEADER, Running
from pioneers.media.reading import read_photo
from pioneers.media.rules import Crop
from pioneers.profiles import actions
from pioneers.profiles.consenting import Agreed, give_consent
from pioneers.profiles.models import ConsentPurpose
from pioneers.profiles.rules import Offer, Period, ProfileDraft
from pioneers.reach.intake import take_in

BY, AT = "Drs. M. de Voorbeeld", "tijdens de Dag van het Ondernemen in Zwolle"
TWO_YEARS = Agreed(24)


@dataclass(frozen=True)
class Told:
    """What a pioneer tells; `quote` is empty for who gave none."""

    draft: ProfileDraft
    quote: str = ""
    has_photo: bool = True


TOLD = (
    Told(
        ProfileDraft(
            headline="Wij stopten met leidinggeven en begonnen met luisteren.",
            story=(
                "Vijf jaar geleden tekende ik elke vrijdag het rooster. Iedereen mopperde, ik ook."
                " Toen vroegen twee collega's of zij het een maand mochten proberen.\n\n"
                "De eerste week stond er op dinsdag niemand bij de pers. Dat was een dure les, en"
                " de beste: sindsdien kijkt de ploeg zelf wie er nodig is. Nu plant elke ploeg haar"
                " eigen werk, vakanties en overuren.\n\n"
                "Het ziekteverzuim is gehalveerd. En ik ben op vrijdag bij klanten."
            ),
            themes=("smarter_working",),
            levels=(1, 2),
            offers=(Offer.TALK, Offer.EXCURSION, Offer.MEDIA),
            region="Salland en Twente, liefst in de avond",
            website="https://www.voorbeeld.example",
            travels_km=60,
        ),
        quote="Vertrouwen kost niets, en het is het eerste waarop wij bezuinigden.",
    ),
    Told(
        ProfileDraft(
            headline="Van vijf lagen naar twee: groeien zonder managers.",
            story=(
                "Toen wij met vijftig mensen waren, had ik acht leidinggevenden en geen overzicht."
                " Wij zijn gaan werken in ploegen die zelf hun klanten kiezen.\n\n"
                "Niet iedereen vond dat prettig. Drie mensen vertrokken, en dat was onze fout: wij"
                " hadden het uitgelegd, en niet samen bedacht."
            ),
            themes=("flexible_organising",),
            levels=(3,),
            offers=(Offer.TALK, Offer.WORKSHOP),
            region="Heel Overijssel",
        ),
        quote="Ik dacht dat ik het moest weten. Ik moest het vragen.",
    ),
    Told(
        ProfileDraft(
            headline="Onze klanten ontwerpen mee, vanaf de eerste schets.",
            story=(
                "Wij maakten wat wij mooi vonden, en verkochten wat overbleef. Nu zit er bij elke"
                " nieuwe lijn een klant aan tafel, en een leverancier.\n\n"
                "Dat gaat langzamer. En het is twee keer zo vaak raak."
            ),
            themes=("co_creation",),
            levels=(2,),
            offers=(Offer.WORKSHOP, Offer.EXCURSION),
            region="Regio Deventer",
            travels_km=40,
        ),
    ),
    Told(ProfileDraft(headline="Een week zonder mij: dat was de proef."), has_photo=False),
)


def load_profiles(running: Running) -> None:
    """Stories, photos, quotes and days away, and somebody who is appointed soon."""
    session = running.session
    for number, (pioneer_id, told) in enumerate(zip(running.pioneers, TOLD, strict=True)):
        pioneer = session.get_one(Pioneer, pioneer_id)
        with clock.at(running.moment(-190 + number, 11)):
            _appointed(running, pioneer)
            _tell(running, pioneer, told, number)
    away = Period(running.day(12), running.day(26), "Zomervakantie")
    with clock.at(running.moment(-3, 8)):
        last = session.get_one(Pioneer, running.pioneers[2])
        actions.add_away(session, pioneer=last, period=away, actor_id=None)
    _soon(running)


def _appointed(running: Running, pioneer: Pioneer) -> None:
    change_appointment(
        running.session,
        programme=running.programme,
        pioneer=pioneer,
        appointed_on=pioneer.appointed_on,
        appointed_by=BY,
        appointed_at=AT,
        version=pioneer.version,
        actor_id=running.users[LEADER],
    )


def _tell(running: Running, pioneer: Pioneer, told: Told, number: int) -> None:
    session, programme = running.session, running.programme
    draft = told.draft
    if not draft.themes:  # keep what is known of the pioneer
        themes = tuple(part for part in pioneer.themes.split(",") if part)
        draft = ProfileDraft(headline=draft.headline, themes=themes, travels_km=pioneer.travels_km)
    actions.change_profile(
        session,
        programme=programme,
        pioneer=pioneer,
        draft=draft,
        version=0,
        pioneer_version=pioneer.version,
        actor_id=None,
    )
    if told.has_photo:
        _show(running, pioneer, told.quote, portrait(number))
    # else: told something, and did not agree yet, so nobody sees it


def _show(running: Running, pioneer: Pioneer, quote: str, picture: bytes) -> None:
    """The pioneer agrees that everybody sees the page, a photo, and words."""
    session, programme = running.session, running.programme
    give_consent(
        session,
        programme=programme,
        pioneer=pioneer,
        purpose=ConsentPurpose.PROFILE,
        agreed=TWO_YEARS,
        actor_id=None,
    )
    actions.set_photo(
        session,
        programme=programme,
        pioneer=pioneer,
        pictures=read_photo(io.BytesIO(picture), Crop()),
        alt="Getekend portret",
        agreed=TWO_YEARS,
        actor_id=None,
    )
    if quote:
        actions.add_quote(
            session,
            programme=programme,
            pioneer=pioneer,
            words=quote,
            agreed=TWO_YEARS,
            actor_id=None,
        )


def _soon(running: Running) -> None:
    """Somebody agreed, and is appointed in three weeks."""
    claim = Claim(
        company_name="Houtindustrie Reest B.V.",
        kvk_number="91007777",
        place="Ommen",
        employees=34,
        name=parse_name("Femke Lammertink"),
        email="femke.lammertink@voorbeeld96.example",
    )
    with clock.at(running.moment(-5, 10)):
        (taken,) = take_in(
            running.session, programme=running.programme, claims=[claim], day=clock.today()
        )
        assert taken.person_id is not None  # noqa: S101 - the claim names somebody
        assert taken.company_id is not None  # noqa: S101
        appoint(
            running.session,
            programme=running.programme,
            person_id=taken.person_id,
            company_id=taken.company_id,
            appointed_on=clock.today() + timedelta(days=26),
            appointed_by=BY,
            appointed_at="in het provinciehuis",
            actor_id=running.users[LEADER],
        )
