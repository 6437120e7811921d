"""The same for the network: prospects, profiles, questions, cards and contributions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.contributions.links import PLACES
from pioneers.contributions.models import Contribution, ContributionKind, LoggedBy
from pioneers.media.models import Photo
from pioneers.profiles.models import AwayPeriod, Profile
from pioneers.questions.actions import ask as ask_question
from pioneers.questions.models import (
    AskedBy,
    Expert,
    KnowledgeDraft,
    Referral,
    ReferredTo,
    ReplyText,
)
from pioneers.questions.rules import NewQuestion
from pioneers.relations.models import Introduction, Note, NoteKind, Prospect, Side, Stage
from pioneers.web.tokens import new_code, new_nonce, sign
from tests import factories as make
from tests.cards.making import make_news_consent, make_run
from tests.conftest import SECRET
from tests.profiles.faces import keep_quote, show_profile
from tests.site.making import add

if TYPE_CHECKING:
    from tests.site.world import World

PROFILE_PAGES = ("public", "photo", "photo_small")


def _prospect(world: World) -> Prospect:
    return add(
        world,
        Prospect(
            programme_id=world.programme.id,
            side=Side.PIONEER,
            stage=Stage.SPOTTED,
            stage_since=clock.today(),
            name="Anne de Vries",
            created_at=clock.now(),
            name_key="anne de vries",
        ),
    )


def _asked(world: World) -> int:
    """A question on the desk."""
    new = NewQuestion(asked_by=AskedBy.SITE, text="Hoe begin ik?")
    made = ask_question(world.session, programme=world.programme, new=new, actor_id=world.leader.id)
    return made.id


def _referral(world: World) -> Referral:
    return add(
        world,
        Referral(
            question_id=_asked(world),
            kind=ReferredTo.TOOL,
            referred_at=clock.now(),
            token_nonce=new_nonce(),
            name="Scan",
        ),
    )


def _helped_token(world: World) -> str:
    made = _referral(world)
    return sign(SECRET, "question-helped", made.id, made.token_nonce)


def _draft(world: World) -> int:
    facts = {"programme_id": world.programme.id, "question_id": None, "made_at": clock.now()}
    return add(world, KnowledgeDraft(title="Roosteren", body="Begin klein.", **facts)).id


def _profile(world: World) -> Profile:
    """The profile of the pioneer of the personas, which everybody can see."""
    pioneer = world.session.get_one(Pioneer, world["pioneer_id"])
    return show_profile(world.session, world.programme, pioneer)


def _quote(world: World) -> int:
    return keep_quote(world.session, world.programme, _profile(world)).id


def _away(world: World) -> int:
    day = clock.today()
    away = AwayPeriod(pioneer_id=world["pioneer_id"], from_day=day, to_day=day)  # type: ignore[arg-type]
    return add(world, away).id


def _contribution(world: World) -> int:
    """What the pioneer of the personas told of the event, with a photo."""
    photo = Photo(
        programme_id=world.programme.id,
        code=new_code(16),
        large=b"jpeg",
        small=b"jpeg",
        width=1,
        height=1,
        added_at=clock.now(),
    )
    told = Contribution(
        programme_id=world.programme.id,
        pioneer_id=world["pioneer_id"],  # type: ignore[arg-type]
        kind=ContributionKind.TALK,
        day=clock.today(),
        client_key=new_nonce(),
        logged_at=clock.now(),
        logged_by=LoggedBy.PAGE,
        event_id=world["event_id"],  # type: ignore[arg-type]
        photo_id=add(world, photo).id,
    )
    return add(world, told).id


def _talk_token(world: World) -> str:
    """The link in the mail after a talk of yesterday."""
    pioneer = world.session.get_one(Pioneer, world["pioneer_id"])
    begin = clock.now() - timedelta(days=1)
    moments = {"starts_at": begin, "ends_at": begin + timedelta(hours=2)}
    talk = make.make_event(world.session, world.programme, pioneers=[pioneer], **moments)
    return sign(
        SECRET,
        "talk-report",
        talk.id * PLACES + pioneer.id,
        talk.created_at.isoformat(timespec="microseconds"),
    )


OF_A_QUESTION = (
    *("question", "take", "reopen", "answer", "message", "edit", "refer", "close"),
    *("add_pasted", "make_draft"),
)


def _card_code(world: World) -> str:
    return make_run(world.session, world.programme, world["pioneer_id"])[1][0].code


def _news_token(world: World) -> str:
    consent = make_news_consent(world.session, world.programme, world["pioneer_id"])
    return sign(SECRET, "card-news", consent.id, consent.token_nonce)


MAKERS: dict[str, Callable[[World], object]] = {
    "referral_id": lambda world: _referral(world).id,
    "draft_id": _draft,
    "expert_id": lambda world: (
        add(
            world,
            Expert(programme_id=world.programme.id, name="Joris", created_at=clock.now()),
        ).id
    ),
    "text_id": lambda world: (
        add(world, ReplyText(programme_id=world.programme.id, title="Dank", text="Dank u.")).id
    ),
    "prospect_id": lambda world: _prospect(world).id,
    "note_id": lambda world: (
        add(
            world,
            Note(
                programme_id=world.programme.id,
                kind=NoteKind.CALL,
                day=clock.today(),
                text="Belt terug",
                written_at=clock.now(),
                prospect_id=world["prospect_id"],  # type: ignore[arg-type]
                next_step="Bellen",
            ),
        ).id
    ),
    "introduction_id": lambda world: (
        add(
            world,
            Introduction(
                programme_id=world.programme.id,
                pioneer_id=world["pioneer_id"],  # type: ignore[arg-type]
                noted_at=clock.now(),
                fan_id=world["fan_id"],  # type: ignore[arg-type]
            ),
        ).id
    ),
    "quote_id": _quote,
    "away_id": _away,
    "contribution_id": _contribution,
    "run_id": lambda world: make_run(world.session, world.programme, world["pioneer_id"])[0].id,
}
ON_PAGE: dict[tuple[str, str], Callable[[World], object]] = {
    ("questions.helped", "token"): _helped_token,
    **{(f"questions.{page}", "question_id"): _asked for page in OF_A_QUESTION},
    **{(f"profiles.{page}", "code"): lambda world: _profile(world).code for page in PROFILE_PAGES},
    ("contributions.mail_log", "token"): _talk_token,
    ("cards.landing", "code"): _card_code,
    ("cards.leave", "code"): _card_code,
    ("cards.thanks", "code"): _card_code,
    ("cards.news", "token"): _news_token,
    ("cards.confirm", "token"): _news_token,
    ("cards.stop", "token"): _news_token,
}
