"""Questions of entrepreneurs in the programme that runs today, with what became of each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from pioneers import clock
from pioneers.accounts.models import User
from pioneers.ambassadors.queries import list_pioneers
from pioneers.cards.models import LeadKind, PrintRun
from pioneers.demo.cards import ASKED, KARIN, Asked, by_card, codes_of
from pioneers.demo.people import COMPANIES as FIRMS
from pioneers.demo.people import GUESTS, Guest
from pioneers.programmes.models import ActivationKind, Programme
from pioneers.questions.actions import take_question
from pioneers.questions.drafting import make_draft
from pioneers.questions.handling import answer, close, take
from pioneers.questions.models import AskedBy, Outcome, Question, Referral, ReferredTo
from pioneers.questions.queries import referrals_of
from pioneers.questions.referring import Target, refer, tell_helped
from pioneers.questions.register import ExpertDraft, ReplyDraft, add_expert, add_reply_text
from pioneers.questions.rules import Action, Answer, NewQuestion
from pioneers.reach.activations import verify_activation
from pioneers.reach.models import Activation
from pioneers.reach.rules import Channel

AnySession = Session | scoped_session[Session]
LEADER, COLLEAGUE = "leider@pioniers.example", "collega@pioniers.example"
EXPERTS = (
    ExpertDraft(
        "Joris Mulder",
        "Mulder Roosteradvies",
        "zelfroosteren en werktijden",
        "flexible_organising,smarter_working",
        "heel Overijssel",
        "eerste gesprek gratis, daarna ongeveer € 120 per uur",
        "joris@mulder.example",
        "+31385550123",
        "https://mulder.example",
    ),
    ExpertDraft(
        "Samira Blok",
        "Kennispunt Vakmanschap",
        "leren op de werkvloer",
        "smarter_working",
        "Twente",
        "gratis voor kleine bedrijven",
        "samira@kennispunt.example",
        recommended_by="Techniekhuis Hengelo",
    ),
)
TEXTS = (
    ReplyDraft(
        "Klein beginnen",
        "Begin met één ploeg die zelf wil. Spreek een maand af, laat de ploeg de regels maken, en"
        " praat na die maand samen na over wat beter ging.",
    ),
    ReplyDraft(
        "Voucher aanvragen",
        "Voor advies van buiten is er een voucher. U begint met een gesprek van een uur; daarna"
        " vraagt u twee offertes aan. Wij helpen u met de aanvraag.",
    ),
    ReplyDraft(
        "Op bezoek bij een pionier",
        "Onze pioniers laten graag zien hoe het bij hen gaat. Zullen wij een bezoek voor u"
        " afspreken? Laat weten welke dagen u schikken.",
    ),
)


@dataclass(frozen=True)
class Desk:
    """What is needed to make questions."""

    session: AnySession
    programme: Programme
    leader: User
    colleague: User
    pioneers: list[int]
    today: date
    codes: list[list[str]]  # of the cards of each print run

    def moment(self, days: int, hour: int) -> datetime:
        """An hour on a day so many days from today, on the clock of Amsterdam."""
        return clock.from_local(self.today + timedelta(days=days), time(hour))

    def ask(
        self, way: AskedBy, text: str, theme: str, guest: Guest | None, pioneer: int | None = None
    ) -> Question:
        """Somebody asks something, perhaps by a pioneer."""
        pioneer_id = None if pioneer is None else self.pioneers[pioneer]
        new = NewQuestion(
            asked_by=way,
            text=text,
            name="" if guest is None else guest.name,
            company="" if guest is None else FIRMS[guest.company].name,
            email=None if guest is None else guest.email,
            theme=theme,
            pioneer_id=pioneer_id,
            wants_call=way == AskedBy.SITE,
            phone="+31612345678" if way == AskedBy.SITE else None,
        )
        taken = take_question(
            self.session,
            programme=self.programme,
            new=new,
            channel=Channel.QUESTION,
            pioneer_id=pioneer_id,
        )
        return taken.question

    def by_card(self, asked: Asked, theme: str = "") -> Question:
        """Somebody asks something on the page of a card."""
        code = self.codes[asked.run][asked.card]
        question = by_card(self.session, self.programme, code, asked)
        if question is None:
            raise RuntimeError("nothing was asked")
        question.theme = theme
        return question

    def answer(self, question: Question, text: str, *, back: bool = False) -> None:
        """The leader answers, or asks back."""
        answer(
            self.session,
            programme=self.programme,
            question=question,
            words=Answer(text, asks_back=back),
            version=question.version,
            sender=self.leader,
        )

    def close(self, question: Question, outcome: Outcome, action: Action | None = None) -> None:
        """The leader closes it."""
        close(
            self.session,
            programme=self.programme,
            question=question,
            outcome=outcome,
            version=question.version,
            user=self.leader,
            action=action,
        )


def load_questions(
    session: AnySession, programme: Programme, users: dict[str, int], runs: list[PrintRun]
) -> None:
    """Fill the desk of `programme`. Commits nothing."""
    desk = Desk(
        session,
        programme,
        session.get_one(User, users[LEADER]),
        session.get_one(User, users[COLLEAGUE]),
        [row.id for row in list_pioneers(session, programme)],
        clock.today(),
        [codes_of(session, run) for run in runs],
    )
    with clock.at(desk.moment(-90, 9)):
        experts = [
            add_expert(session, programme=programme, draft=draft, user_id=desk.leader.id).id
            for draft in EXPERTS
        ]
        for draft in TEXTS:
            add_reply_text(session, programme=programme, draft=draft, user_id=desk.leader.id)
    for asked in ASKED:
        _by_card(desk, asked)
    _led_to_action(desk, experts[0])
    _solved(desk)
    _under_way(desk)
    _fresh(desk)


def _by_card(desk: Desk, asked: Asked) -> None:
    """From a card to an answer, and to an action in the company where one came of it."""
    if asked.kind == LeadKind.NEWS:
        by_card(desk.session, desk.programme, desk.codes[asked.run][asked.card], asked)
        return
    question = desk.by_card(asked)
    if asked.answered is None:
        return
    with clock.at(desk.moment(asked.answered - asked.ago, 10)):
        desk.answer(question, TEXTS[asked.card % len(TEXTS)].text)
        if asked.acted is None:
            desk.close(question, Outcome.HELPED)
            return
    seen = asked.acted - asked.ago + 2
    with clock.at(desk.moment(seen, 9)):
        desk.close(question, Outcome.ACTION, _action(desk, seen - 2, place=asked.card))
    _verify(desk, question, seen + 2)


def _verify(desk: Desk, question: Question, days: int) -> None:
    """A second person has seen the proof."""
    with clock.at(desk.moment(days, 9)):
        made = desk.session.get_one(Activation, question.activation_id)
        verify_activation(
            desk.session, programme=desk.programme, activation=made, actor_id=desk.colleague.id
        )


def _led_to_action(desk: Desk, expert_id: int) -> None:
    """From a card to an action in a company, by an expert who helped."""
    text = "Onze planner loopt vol. Hoe laten wij een ploeg zelf haar rooster maken?"
    question = desk.by_card(Asked(41, KARIN, 3, 2, LeadKind.QUESTION, text), "flexible_organising")
    with clock.at(desk.moment(-39, 11)):
        desk.answer(question, TEXTS[0].text)
        refer(
            desk.session,
            programme=desk.programme,
            question=question,
            target=Target(
                ReferredTo.EXPERT,
                expert_id,
                remark="Hij deed dit eerder bij een bedrijf als het uwe.",
            ),
            version=question.version,
            sender=desk.leader,
        )
    referral_id = _referral(desk, question)
    with clock.at(desk.moment(-22, 15)):
        _tell(desk, referral_id, helped=True)
    with clock.at(desk.moment(-20, 9)):
        desk.close(question, Outcome.ACTION, _action(desk, -21))
        make_draft(
            desk.session, programme=desk.programme, question=question, user_id=desk.leader.id
        )
    _verify(desk, question, -19)


def _action(desk: Desk, days: int, *, place: int = 0) -> Action:
    kinds = desk.session.scalars(
        select(ActivationKind)
        .where(ActivationKind.programme_id == desk.programme.id)
        .order_by(ActivationKind.id)
    ).all()
    kind = kinds[place % len(kinds)]
    proof = f"{kind.proof_nl} (verzonnen)"
    return Action(kind_id=kind.id, day=desk.today + timedelta(days=days), proof=proof)


def _referral(desk: Desk, question: Question) -> int:
    return referrals_of(desk.session, question)[-1].id


def _tell(desk: Desk, referral_id: int, *, helped: bool) -> None:
    tell_helped(
        desk.session,
        programme=desk.programme,
        referral=desk.session.get_one(Referral, referral_id),
        helped=helped,
        user_id=None,
    )


def _solved(desk: Desk) -> None:
    """Answered, and done; and something that was no question."""
    with clock.at(desk.moment(-27, 14)):
        question = desk.ask(
            AskedBy.TALK,
            "Hoe houd je overzicht zonder ploegbaas?",
            "dynamic_management",
            GUESTS[5],
            1,
        )
    with clock.at(desk.moment(-26, 9)):
        desk.answer(question, TEXTS[2].text)
        desk.close(question, Outcome.HELPED)
    with clock.at(desk.moment(-24, 8)):
        spam = desk.ask(AskedBy.SITE, "Meer klanten? Wij verkopen adressen.", "", None)
        desk.close(spam, Outcome.MISUSE)


def _under_way(desk: Desk) -> None:
    """One is late, one waits for the entrepreneur, one was referred."""
    with clock.at(desk.moment(-16, 10)):
        late = desk.ask(
            AskedBy.MAIL, "Is er een kring voor bedrijven zoals wij?", "co_creation", GUESTS[8]
        )
        take(desk.session, question=late, user=desk.colleague)
    asked = Asked(15, KARIN, 5, 11, LeadKind.QUESTION, "Waar staan wij als bedrijf?")
    referred = desk.by_card(asked, "smarter_working")
    with clock.at(desk.moment(-14, 10)):
        refer(
            desk.session,
            programme=desk.programme,
            question=referred,
            target=Target(ReferredTo.TOOL, name="De scan", remark="Het kost een kwartier."),
            version=referred.version,
            sender=desk.leader,
        )
    with clock.at(desk.moment(-6, 10)):
        waiting = desk.ask(
            AskedBy.CALL, "Komen wij in aanmerking voor een voucher?", "", GUESTS[13]
        )
        desk.answer(waiting, "Hoeveel mensen werken er bij u?", back=True)


def _fresh(desk: Desk) -> None:
    """Two that nobody took: three words of a pioneer, and one from the site."""
    with clock.at(desk.moment(-1, 22)):
        desk.ask(AskedBy.TALK, "Leren op de werkvloer?", "", None, 0)
    with clock.at(desk.moment(-1, 23)):
        text = "Wij willen onze monteurs laten meebeslissen over nieuwe machines. Hoe begin je?"
        desk.ask(AskedBy.SITE, text, "dynamic_management", GUESTS[17])
