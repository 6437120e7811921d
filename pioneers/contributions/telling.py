"""What logging comes to on every page that offers it: logged in, by mail, or for a pioneer."""

from dataclasses import dataclass

from flask import flash, request
from flask_babel import gettext as _

from pioneers import clock
from pioneers.contributions import actions
from pioneers.contributions.forms import CorrectForm, LogForm
from pioneers.contributions.labels import acknowledgement, said
from pioneers.contributions.models import Contribution, LoggedBy
from pioneers.contributions.queries import count_of, known_heads
from pioneers.contributions.rules import offered
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.events.queries import event_day
from pioneers.events.rules import Course, course_of
from pioneers.media.reading import read_photo
from pioneers.media.rules import PhotoRefused
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused
from pioneers.reach.actions import ContactRefused
from pioneers.web.forms import attach
from pioneers.web.throttling import Limit, is_beyond

PER_PIONEER = Limit("room-photos", 20, minutes=60)  # to open a photo takes memory and time
FRAGMENT = "X-Fragment"  # a script sends, and wants to hear what it came to


@dataclass(frozen=True)
class Teller:
    """For whom something is logged, by which way, and of which event it is asked."""

    programme: Programme
    pioneer_id: int
    way: LoggedBy
    event: Event | None = None
    actor_id: int | None = None


def by_script() -> bool:
    """Whether a script sent the form, which shows what it came to by itself."""
    return request.headers.get(FRAGMENT) == "1"


def form_for(teller: Teller) -> LogForm:
    """The form with the choices that fit."""
    form = LogForm()
    known = 0 if teller.event is None else known_heads(db.session, teller.event)
    form.offer(offered(known), clock.today())
    if teller.way == LoggedBy.TEAM:
        form.with_name.label.text = _("Who did the pioneer speak with?")
        form.met_name.label.text = _("Whom did the pioneer speak with there?")
    if not form.is_submitted() and teller.event is not None:
        form.event_id.data = str(teller.event.id)
    return form


def tell(teller: Teller, form: LogForm) -> Contribution | None:
    """Log what was filled in and commit; None where the form says what is wrong."""
    if not form.validate_on_submit():
        return None
    try:
        logged = actions.log(
            db.session,
            programme=teller.programme,
            pioneer_id=teller.pioneer_id,
            draft=form.draft(),
            client_key=form.client_key.data or "",
            way=teller.way,
            actor_id=teller.actor_id,
        )
    except (Refused, ContactRefused) as refusal:
        db.session.rollback()
        _complain(teller, form, refusal)
        return None
    if logged.is_new or logged.contribution.photo_id is None:
        keep_photo(logged.contribution, form, teller.actor_id)
    db.session.commit()
    return logged.contribution


def _complain(teller: Teller, form: LogForm, refusal: Refused | ContactRefused) -> None:
    field = refusal.field if isinstance(refusal, Refused) else "day"
    words = said(refusal)
    if field not in form or (field == "answer" and teller.event is None):
        form.form_errors.append(words)
    else:
        attach(form, field, words)


def keep_photo(
    contribution: Contribution, form: LogForm | CorrectForm, actor_id: int | None
) -> None:
    """Keep the photo that came along; one that cannot be kept does not lose what was told.

    What was told is committed first: to open a photo takes up to two seconds, and on SQLite nobody
    else writes while a transaction that writes is open.
    """
    picture = form.picture
    if picture is None:
        return
    pioneer_id = contribution.pioneer_id
    db.session.commit()
    try:
        if is_beyond(PER_PIONEER, str(pioneer_id)):
            raise PhotoRefused("photo_kind")
        pictures = read_photo(picture.stream)
    except PhotoRefused:
        flash(
            _(
                "The photo was not kept: choose a JPEG or PNG of at most 12 MB and 50 megapixels."
                " You can add it later."
            ),
            "warn",
        )
        return
    actions.add_photo(
        db.session, contribution=contribution, pictures=pictures, alt="", actor_id=actor_id
    )


def thanks(programme: Programme, contribution: Contribution) -> str:
    """What somebody did, in words."""
    if not contribution.took_place:
        return _("Thank you. The project leader looks at what happened.")
    year = contribution.day.year
    place = count_of(db.session, programme, contribution.pioneer_id, year)
    return _("Thank you.") + " " + acknowledgement(place, programme.contributions_per_year, year)


def outlook(teller: Teller) -> str:
    """What it will be when it is logged: `Dit is uw 2e inzet van dit jaar, van de 3.`"""
    event = teller.event
    year = clock.today().year if event is None else event_day(event).year
    place = count_of(db.session, teller.programme, teller.pioneer_id, year)
    counts_already = event is not None and course_of(event, clock.now()) == Course.HELD
    wanted = teller.programme.contributions_per_year
    return acknowledgement(place + (not counts_already), wanted, year)


def heading(event: Event | None) -> str:
    """`Hoe ging het gisteravond?`"""
    if event is None:
        return _("Log a contribution")
    begin, today = clock.local(event.starts_at), clock.today()
    days = (today - begin.date()).days
    is_evening = begin.hour >= 17
    if days == 0:
        return _("How did it go tonight?") if is_evening else _("How did it go today?")
    if days == 1:
        return _("How did it go last night?") if is_evening else _("How did it go yesterday?")
    return _("How did it go?")
