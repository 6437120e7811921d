"""Who may still join the programme that runs today, what was said and promised, who knows whom."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.ambassadors.queries import list_pioneers
from pioneers.fans.queries import list_fans
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import EndReason
from pioneers.relations import actions, notes
from pioneers.relations.models import NoteKind, Prospect, Side, Stage
from pioneers.relations.rules import OPEN, About, NoteDraft, ProspectDraft, Subject, Target

AnySession = Session | scoped_session[Session]
LEADER, COLLEAGUE = "leider@pioniers.example", "collega@pioniers.example"
P, F = Side.PIONEER, Side.FAN


@dataclass(frozen=True)
class Planned:
    """Somebody on the board: how far, what was said last, and what follows in so many days."""

    side: Side
    name: str
    at: str  # the company of a pioneer to be, the contact person of a fan to be
    stage: Stage
    found: str
    said: str = ""
    step: str = ""
    due: int | None = None
    who: str = LEADER


BOARD = (
    Planned(
        P, "Marieke Lansink", "Lansink Interieurbouw", Stage.SPOTTED, "sprak ons aan in Raalte"
    ),
    Planned(P, "Ruben Holtman", "Holtman Kunststof", Stage.SPOTTED, "artikel in de krant"),
    Planned(
        P,
        "Fatima Slot",
        "Slot Zorgtechniek",
        Stage.APPROACHED,
        "tip van Karin Bosch",
        "Gemaild met een korte uitleg van wat een pionier doet.",
        "Nabellen: heeft de mail haar bereikt?",
        -3,
    ),
    Planned(
        P,
        "Gerben Nijhuis",
        "Nijhuis Staal",
        Stage.IN_CONVERSATION,
        "kwam op 'Loslaten zonder laten vallen'",
        "Koffie in de werkplaats. Wil meedoen, maar twijfelt over spreken voor een zaal.",
        "Meenemen naar een avond van Tom Visscher",
        4,
    ),
    Planned(
        P,
        "Ineke Vos",
        "Vos Logistiek",
        Stage.AGREED,
        "voorgedragen door de ondernemerskring",
        "Ze doet mee. Wil in het voorjaar benoemd worden.",
        "Datum voor de benoeming afspreken met de gedeputeerde",
        0,
        COLLEAGUE,
    ),
    Planned(F, "Bakkerskring Oost", "Jan Hobert", Stage.SPOTTED, "via hun ledenblad"),
    Planned(
        F,
        "Streekbank Salland",
        "Nienke Bos",
        Stage.IN_CONVERSATION,
        "sprak op het jaarcongres",
        "Wil twee klantavonden openstellen.",
        "Voorstel sturen voor een eerste avond",
        1,
        COLLEAGUE,
    ),
    Planned(
        F,
        "Jong Bedrijf Twente",
        "Sven Reef",
        Stage.APPROACHED,
        "tip van Techniekhuis Hengelo",
        "Voicemail ingesproken.",
    ),
)
NOTES = (
    (
        Subject.PIONEER,
        0,
        -9,
        NoteKind.CALL,
        "Belde na over de avond: volle zaal, veel vragen over roosteren.",
    ),
    (
        Subject.PIONEER,
        1,
        -30,
        NoteKind.CONVERSATION,
        "Kijkt tevreden terug. Wil ook bedrijven ontvangen.",
    ),
    (Subject.FAN, 0, -20, NoteKind.CONVERSATION, "Programma voor het voorjaar doorgenomen."),
)
KNOWS = (
    (0, Target.FAN, 1, "zit daar in het bestuur"),
    (0, Target.PROSPECT, 2, "oud-collega"),
    (2, Target.FAN, 2, "begon daar ooit zelf"),
)


def load_relations(
    session: AnySession, programme: Programme, users: dict[str, int], today: date
) -> None:
    """Fill the board of `programme`. Commits nothing."""
    made = [_prospect(session, programme, users, today, one) for one in BOARD]
    _ended(session, programme, users, today)
    pioneers = [row.id for row in sorted(list_pioneers(session, programme), key=lambda r: r.id)]
    fans = [fan.id for fan in sorted(list_fans(session, programme), key=lambda fan: fan.id)]
    ids = {Subject.PIONEER: pioneers, Subject.FAN: fans}
    for subject, place, days, kind, text in NOTES:
        with _on(today + timedelta(days=days)):
            notes.add_note(
                session,
                programme=programme,
                about=About(subject, ids[subject][place]),
                draft=NoteDraft(kind, clock.today(), text),
                actor_id=users[LEADER],
            )
    for place, target, other, remark in KNOWS:
        notes.introduce(
            session,
            programme=programme,
            pioneer_id=pioneers[place],
            target=target,
            target_id=fans[other] if target == Target.FAN else made[other].id,
            remark=remark,
            actor_id=users[LEADER],
        )


def _prospect(
    session: AnySession, programme: Programme, users: dict[str, int], today: date, one: Planned
) -> Prospect:
    """Spotted six weeks ago, brought to its stage a week later, spoken with last week."""
    draft = ProspectDraft(
        one.side,
        one.name,
        company=one.at if one.side == P else "",
        contact_name=one.at if one.side == F else "",
        found_through=one.found,
        responsible_id=users[one.who],
    )
    with _on(today - timedelta(days=42)):
        made = actions.add_prospect(
            session, programme=programme, draft=draft, actor_id=users[LEADER]
        )
    with _on(today - timedelta(days=35)):
        for stage in OPEN[1 : OPEN.index(one.stage) + 1]:
            actions.move(
                session, prospect=made, to=stage, version=made.version, actor_id=users[one.who]
            )
    if one.said:
        due = today + timedelta(days=one.due) if one.due is not None else None
        with _on(today - timedelta(days=8)):
            notes.add_note(
                session,
                programme=programme,
                about=About(Subject.PROSPECT, made.id),
                draft=NoteDraft(NoteKind.CONVERSATION, clock.today(), one.said, one.step, due),
                actor_id=users[one.who],
            )
    return made


def _ended(session: AnySession, programme: Programme, users: dict[str, int], today: date) -> None:
    """Somebody who did not become a pioneer."""
    with _on(today - timedelta(days=60)):
        draft = ProspectDraft(P, "Wouter Beld", company="Beld Verpakkingen")
        made = actions.add_prospect(
            session, programme=programme, draft=draft, actor_id=users[LEADER]
        )
        actions.end_prospect(
            session,
            prospect=made,
            reason=EndReason.NO_TIME,
            remark="Neemt dit jaar een bedrijf over. Volgend najaar nog eens bellen.",
            version=made.version,
            actor_id=users[LEADER],
        )


def _on(day: date) -> AbstractContextManager[None]:
    return clock.at(clock.from_local(day, time(10)))
