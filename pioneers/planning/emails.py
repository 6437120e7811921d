"""Mail about requests to pioneers: the request, the answer, and what happened to the event."""

from dataclasses import replace

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.events.calendar import entry_of
from pioneers.events.models import Event
from pioneers.events.wording import Before, was, when, where
from pioneers.fans.queries import fan_names
from pioneers.ics.building import Party, invitation
from pioneers.mail.actions import NewMail, queue
from pioneers.mail.kinds import MailKind, Words, register
from pioneers.planning.links import answer_link, requests_link
from pioneers.planning.models import PioneerRequest, RequestState
from pioneers.planning.recipients import Recipient
from pioneers.programmes.models import Programme
from pioneers.web.formats import moment_full
from pioneers.web.links import link

AnySession = Session | scoped_session[Session]
RECORD = "pioneer_request"
EXAMPLE = {
    "name": "Anne de Vries",
    "title": "Avond over slimmer werken",
    "when": "donderdag 12 maart 2026, 20.00 – 22.00 uur",
    "where": "Domineeskamp 1, Raalte",
    "host": "Ondernemersvereniging Raalte",
}
WAS = {"was": "donderdag 5 maart 2026, 20.00 tot 22.00 uur"}

ASKED = register(
    MailKind(
        key="planning.asked",
        title_nl="Verzoek aan een pionier",
        title_en="Request to a pioneer",
        nl=Words(
            "Wilt u spreken? {title}",
            "Beste {name},\n\n{host} vraagt of u wilt spreken.\n\n"
            "{title}\n{when}\n{where}\nVoor wie: {audience}\nReisafstand: {distance}\n\n"
            "{message}\n\n[Ja, nee of een andere datum](link)\n\n"
            "Eén tik is genoeg; inloggen hoeft niet.",
        ),
        en=Words(
            "Would you speak? {title}",
            "Dear {name},\n\n{host} asks whether you would speak.\n\n"
            "{title}\n{when}\n{where}\nFor whom: {audience}\nDistance: {distance}\n\n"
            "{message}\n\n[Yes, no or another date](link)\n\n"
            "One tap is enough; there is no need to log in.",
        ),
        fields={
            **EXAMPLE,
            "audience": "veertig eigenaren van bouwbedrijven",
            "distance": "ongeveer 25 km",
            "message": "We horen graag hoe u uw ploegen zelf laat roosteren.",
            "link": "https://pioniers.example/v/voorbeeld",
        },
    )
)
ANSWERED = register(
    MailKind(
        key="planning.answered",
        title_nl="Antwoord van een pionier",
        title_en="Answer of a pioneer",
        nl=Words(
            "{pioneer} {answer}: {title}",
            "Beste {name},\n\n{pioneer} {answer}.\n\n{title}\n{when}\n{where}\n\n{remark}\n\n"
            "[De bijeenkomst openen](link)",
        ),
        en=Words(
            "{pioneer} {answer}: {title}",
            "Dear {name},\n\n{pioneer} {answer}.\n\n{title}\n{when}\n{where}\n\n{remark}\n\n"
            "[Open the event](link)",
        ),
        fields={
            **EXAMPLE,
            "pioneer": "Bram Oosterhof",
            "answer": "komt spreken",
            "remark": "",
            "link": "https://pioniers.example/p/overijssel/podium/1",
        },
    )
)
COMING = register(
    MailKind(
        key="planning.coming",
        title_nl="Bevestiging aan de pionier",
        title_en="Confirmation to the pioneer",
        nl=Words(
            "U spreekt: {title}",
            "Beste {name},\n\nFijn dat u komt.\n\n{title}\n{when}\n{where}\nGastheer: {host}\n\n"
            "De uitnodiging voor uw agenda zit bij dit bericht.\n\n"
            "[Bekijken of toch afzeggen](link)",
        ),
        en=Words(
            "You speak: {title}",
            "Dear {name},\n\nGood that you come.\n\n{title}\n{when}\n{where}\nHost: {host}\n\n"
            "The invitation for your calendar comes with this message.\n\n"
            "[See it, or cancel after all](link)",
        ),
        fields={**EXAMPLE, "link": "https://pioniers.example/v/voorbeeld"},
    )
)
WITHDRAWN = register(
    MailKind(
        key="planning.withdrawn",
        title_nl="Verzoek ingetrokken",
        title_en="Request withdrawn",
        nl=Words(
            "U hoeft niet meer te komen: {title}",
            "Beste {name},\n\n{host} heeft het verzoek aan u ingetrokken.\n\n{title}\n{when}\n"
            "{where}\n\n[Uw verzoeken](link)",
        ),
        en=Words(
            "You are not needed any more: {title}",
            "Dear {name},\n\n{host} has withdrawn the request to you.\n\n{title}\n{when}\n"
            "{where}\n\n[Your requests](link)",
        ),
        fields={**EXAMPLE, "link": "https://pioniers.example/p/overijssel/verzoeken"},
    )
)
MOVED = register(
    MailKind(
        key="planning.moved",
        title_nl="Bijeenkomst gewijzigd (pionier)",
        title_en="Event changed (pioneer)",
        nl=Words(
            "Gewijzigd: {title}",
            "Beste {name},\n\nDeze bijeenkomst is gewijzigd.\n\nEerst was het: {was}\n\n"
            "Nu is het:\n{title}\n{when}\n{where}\n\n"
            "Kunt u dan niet? Laat het weten.\n\n[Bekijken en antwoorden](link)",
        ),
        en=Words(
            "Changed: {title}",
            "Dear {name},\n\nThis event was changed.\n\nFirst it was: {was}\n\n"
            "Now it is:\n{title}\n{when}\n{where}\n\n"
            "Can you not come then? Let us know.\n\n[See and answer](link)",
        ),
        fields={**EXAMPLE, **WAS, "link": "https://pioniers.example/v/voorbeeld"},
    )
)
CANCELLED = register(
    MailKind(
        key="planning.cancelled",
        title_nl="Bijeenkomst geannuleerd (pionier)",
        title_en="Event cancelled (pioneer)",
        nl=Words(
            "Gaat niet door: {title}",
            "Beste {name},\n\nDeze bijeenkomst gaat niet door:\n\n{title}\n{when}\n{where}\n\n"
            "[Uw verzoeken](link)",
        ),
        en=Words(
            "Cancelled: {title}",
            "Dear {name},\n\nThis event has been cancelled:\n\n{title}\n{when}\n{where}\n\n"
            "[Your requests](link)",
        ),
        fields={**EXAMPLE, "link": "https://pioniers.example/p/overijssel/verzoeken"},
    )
)
ANSWERS = {
    RequestState.ACCEPTED: {"nl": "komt spreken", "en": "comes to speak"},
    RequestState.DECLINED: {"nl": "kan niet komen", "en": "cannot come"},
    RequestState.OTHER_DATE: {"nl": "stelt een andere datum voor", "en": "proposes another date"},
}
PROPOSED = {"nl": "Voorgesteld", "en": "Proposed"}


def about(session: AnySession, programme: Programme, event: Event, to: Recipient) -> dict[str, str]:
    """The fields that every mail about an event has."""
    fan = fan_names(session, programme).get(event.fan_id or 0)
    return {
        "name": to.name,
        "title": event.title,
        "when": when(event, to.language),
        "where": where(event),
        "host": fan or programme.name,
    }


def mail_asked(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    request: PioneerRequest,
    to: Recipient,
    distance: int | None,
) -> None:
    """Ask a pioneer, once for each request."""
    unknown = {"nl": "niet bekend", "en": "not known"}
    about_km = {"nl": "ongeveer {} km", "en": "about {} km"}
    fields = about(session, programme, event, to) | {
        "audience": event.audience,
        "distance": unknown[to.language]
        if distance is None
        else about_km[to.language].format(distance),
        "message": request.message,
        "link": answer_link(request),
    }
    queue(
        session,
        NewMail(
            kind=ASKED,
            key=f"{ASKED.key}:{to.key}:{request.id}",
            address=to.address,
            name=to.name,
            language=to.language,
            fields=fields,
            programme_id=programme.id,
            programme_name=programme.name,
            record_type=RECORD,
            record_id=request.id,
        ),
    )


def mail_answered(
    session: AnySession,
    *,
    programme: Programme,
    event: Event,
    request: PioneerRequest,
    pioneer: str,
    to: Recipient,
) -> None:
    """Tell host or leader what a pioneer answered."""
    fields = about(session, programme, event, to) | {
        "pioneer": pioneer,
        "answer": ANSWERS[request.state][to.language],
        "remark": _remark(request, to.language),
        "link": link("hosting.event", slug=programme.slug, event_id=event.id),
    }
    moment = request.answered_at or clock.now()
    queue(
        session,
        NewMail(
            kind=ANSWERED,
            key=f"{ANSWERED.key}:{to.key}:{request.id}-{request.state.value}-{moment:%y%m%d%H%M%S}",
            address=to.address,
            name=to.name,
            language=to.language,
            fields=fields,
            programme_id=programme.id,
            programme_name=programme.name,
            record_type=RECORD,
            record_id=request.id,
        ),
    )


def _remark(request: PioneerRequest, language: str) -> str:
    parts = [request.answer]
    if request.state == RequestState.OTHER_DATE and request.proposed_at is not None:
        parts.insert(0, f"{PROPOSED[language]}: {moment_full(request.proposed_at, language)}")
    return "\n".join(part for part in parts if part)


def mail_pioneer(
    session: AnySession,
    kind: MailKind,
    *,
    programme: Programme,
    event: Event,
    to: Recipient,
    occasion: str,
    request: PioneerRequest | None = None,
    has_calendar: bool = False,
    earlier: Before | None = None,
) -> None:
    """Tell a pioneer what happened to an event; to a speaker's calendar too."""
    cancelled = kind in (WITHDRAWN, CANCELLED)
    fields = about(session, programme, event, to) | {"was": was(earlier, event, to.language)}
    if request is None or cancelled:
        fields["link"] = requests_link(programme)
    else:
        fields["link"] = answer_link(request)
    queue(
        session,
        NewMail(
            kind=kind,
            key=f"{kind.key}:{to.key}:{occasion}",
            address=to.address,
            name=to.name,
            language=to.language,
            fields=fields,
            programme_id=programme.id,
            programme_name=programme.name,
            record_type="event",
            record_id=event.id,
            calendar=_calendar(programme, event, to, cancelled) if has_calendar else None,
            calendar_method=("CANCEL" if cancelled else "REQUEST") if has_calendar else "",
        ),
    )


def _calendar(programme: Programme, event: Event, to: Recipient, cancelled: bool) -> str:
    organizer = Party(
        programme.name, getattr(settings(), "mail_from", "") or "pioniers@localhost.example"
    )
    entry = entry_of(event, organizer=organizer, attendee=Party(to.name, to.address))
    entry = replace(entry, changed_at=clock.now())  # stamped as it leaves: withdrawn, asked anew
    if not cancelled:  # whoever is invited is expected, also while the host awaits the leader
        entry = replace(entry, is_tentative=False)
    return invitation(entry, is_cancellation=cancelled)
