"""Following the calendars of fans: beginning with a preview, seeing what goes wrong, stopping."""

import hashlib
from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission
from pioneers.agenda import outside
from pioneers.agenda.blueprint import blueprint
from pioneers.agenda.fetching import Fetched, Fetcher, Problem
from pioneers.agenda.following import Outcome, span_of
from pioneers.agenda.forms import FollowForm, UploadForm, follow_form
from pioneers.agenda.labels import ATTENTION, PROBLEMS, SKIPPED
from pioneers.agenda.models import OutsideCalendar
from pioneers.agenda.previews import Preview, packed, unpacked
from pioneers.agenda.reading import read
from pioneers.agenda.slimming import MOST_BYTES, Unreadable
from pioneers.db import db
from pioneers.events.access import hosted_fans
from pioneers.events.labels import COURSE_TAGS, COURSES
from pioneers.events.rules import course_of
from pioneers.fans.queries import get_fan, list_fans
from pioneers.programmes.guards import permitted
from pioneers.programmes.labels import explain
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused
from pioneers.web.formats import number
from pioneers.web.forms import attach
from pioneers.web.parsing import parse_version
from pioneers.web.throttling import Limit, is_beyond

FETCHER = "pioneers_agenda_fetcher"  # in app.extensions; only tests put one there
AGAIN = timedelta(minutes=1)
LOOKS = Limit("calendar-looks", 20, minutes=60)  # of one user


def _fetcher() -> Fetcher:
    found: Fetcher = current_app.extensions.get(FETCHER) or Fetcher()
    return found


def _fans(programme: Programme) -> dict[int, str]:
    """The fans whose calendars this person may follow."""
    own = hosted_fans(programme)
    fans = list_fans(db.session, programme, active_only=True)
    return {fan.id: fan.name for fan in fans if own is None or fan.id in own}


def _to(programme: Programme, calendar: OutsideCalendar) -> ResponseReturnValue:
    return redirect(url_for("agenda.outside", slug=programme.slug, calendar_id=calendar.id), 303)


def _own(programme: Programme, calendar_id: int) -> OutsideCalendar:
    return outside.get_calendar(db.session, programme, calendar_id, hosted_fans(programme))


@blueprint.route("/p/<slug>/kalenders/volgen", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def follow(programme: Programme) -> ResponseReturnValue:
    """Name a calendar, and see what would become of it; nothing is written yet."""
    fans = _fans(programme)
    form = follow_form(fans)
    if form.validate_on_submit():
        programme_id, secret = programme.id, settings().secret_key
        try:
            _check_pace()
            preview = _look(programme, form)
        except (Problem, Unreadable) as problem:
            attach(form, _field(form), PROBLEMS[problem.code])
        else:
            return render_template(
                "agenda/preview.html",
                programme=programme,
                fan=fans[preview.fan_id],
                reading=preview.reading,
                skipped=_skipped(preview.reading.skipped),
                packed=packed(preview, secret=secret, programme_id=programme_id),
            )
    return render_template("agenda/follow.html", programme=programme, form=form, fans=fans)


def _field(form: FollowForm) -> str:
    return "file" if _given(form.file.data) and not form.address.data else "address"


def _given(file: object) -> bool:
    return isinstance(file, FileStorage) and bool(file.filename)


def _look(programme: Programme, form: FollowForm) -> Preview:
    """Fetch or take in what was named. Raises Problem and Unreadable."""
    first, last = span_of(programme)
    fan_id, address = int(form.fan_id.data), form.address.data or None
    db.session.rollback()  # nobody waits for us while we wait for somebody's server, or read
    if address:
        fetcher = _fetcher()
        target = fetcher.checked(address)
        fetched = fetcher.fetch(address)
        address = target.address
    elif _given(form.file.data):
        fetched = _uploaded(form.file.data)
    else:
        raise Problem("nothing_given")
    reading = read(fetched.body or b"", first=first, last=last)
    return Preview(fan_id, address, fetched.etag, fetched.last_modified, reading)


def _check_pace() -> None:
    """Reading a calendar takes a while: nobody has it done again and again. Raises Problem."""
    if is_beyond(LOOKS, str(current_user.id)):
        raise Problem("too_often")


def _uploaded(file: FileStorage) -> Fetched:
    """A file, not a byte more of it than can be read; its tag is made of what it says."""
    try:
        body = file.stream.read(MOST_BYTES + 1)
    finally:
        file.close()
    return Fetched(body, etag=hashlib.sha256(body).hexdigest())


@blueprint.post("/p/<slug>/kalenders/volgen/beginnen")
@permitted(Permission.HOST_EVENTS)
def begin(programme: Programme) -> ResponseReturnValue:
    """Follow the calendar that was previewed: its events become proposals."""
    secret = settings().secret_key
    text = request.form.get("preview", "")
    preview = unpacked(text, secret=secret, programme_id=programme.id)
    fans = _fans(programme)
    if preview is None or preview.fan_id not in fans:
        flash(str(PROBLEMS["preview_gone"]), "warn")
        return redirect(url_for("agenda.follow", slug=programme.slug), 303)
    try:
        calendar, outcome = outside.begin(
            db.session,
            programme=programme,
            fan=get_fan(db.session, programme, preview.fan_id),
            name=preview.reading.name,
            address=preview.address,
            fetched=preview.fetched,
            reading=preview.reading,
            actor_id=current_user.id,
        )
    except Refused as refusal:
        db.session.rollback()
        flash(explain(refusal, PROBLEMS), "warn")
        return redirect(url_for("agenda.follow", slug=programme.slug), 303)
    db.session.commit()
    _tell(outcome)
    return _to(programme, calendar)


def _tell(outcome: Outcome | None) -> None:
    """What following did, in a sentence."""
    if outcome is None or outcome.is_emptied:
        flash(_("Nothing was changed. What is wrong stands below."), "warn")
        return
    proposed = outcome.done["proposed"]
    changed = outcome.done["moved"] + outcome.done["cancelled"]
    words = ngettext(
        "One event was proposed.",
        "%(written)s events were proposed.",
        proposed,
        written=number(proposed),
    )
    if changed:
        words += " " + ngettext(
            "One event was changed.",
            "%(written)s events were changed.",
            changed,
            written=number(changed),
        )
    flash(words, "good")


def _skipped(skipped: dict[str, int]) -> list[tuple[int, str]]:
    """How many entries were left out, and why."""
    return [(count, str(SKIPPED[reason])) for reason, count in skipped.items() if count]


@blueprint.get("/p/<slug>/kalenders/gevolgd/<int:calendar_id>", endpoint="outside")
@permitted(Permission.HOST_EVENTS)
def show(programme: Programme, calendar_id: int) -> ResponseReturnValue:
    """A calendar that is followed: how it goes, and what it brought."""
    calendar = _own(programme, calendar_id)
    rows, now = outside.events_of(db.session, calendar), clock.now()
    return render_template(
        "agenda/outside.html",
        programme=programme,
        calendar=calendar,
        fan=get_fan(db.session, programme, calendar.fan_id).name,
        rows=rows,
        courses_of={event.id: course_of(event, now) for _link, event in rows},
        problem=PROBLEMS.get(calendar.problem),
        pause_hours=int(outside.pause_after(calendar.failures).total_seconds()) // 3600,
        attention=ATTENTION,
        courses=COURSES,
        course_tags=COURSE_TAGS,
        form=UploadForm(),
        link_to=link_to,
    )


@blueprint.post("/p/<slug>/kalenders/gevolgd/<int:calendar_id>/ophalen")
@permitted(Permission.HOST_EVENTS)
def fetch(programme: Programme, calendar_id: int) -> ResponseReturnValue:
    """Fetch a calendar now, or take in a newer file of it."""
    calendar = _own(programme, calendar_id)
    to = _to(programme, calendar)
    if calendar.address is None:
        file = request.files.get("file")
        if not _given(file) or file is None:
            flash(str(PROBLEMS["nothing_given"]), "warn")
            return to
        try:
            _check_pace()
        except Problem as problem:
            flash(str(PROBLEMS[problem.code]), "warn")
            return to
        outcome = _take_in(programme, calendar_id, file)
        db.session.commit()
    else:
        if calendar.fetched_at and calendar.fetched_at > clock.now() - AGAIN:
            flash(str(PROBLEMS["too_soon"]), "warn")
            return to
        outcome = outside.refresh(db.session(), calendar_id, _fetcher())
    _tell(outcome)
    return to


def _take_in(programme: Programme, calendar_id: int, file: FileStorage) -> Outcome | None:
    """Read a newer file, with no transaction open, and follow what it says."""
    span, actor_id = span_of(programme), current_user.id
    db.session.rollback()
    fetched = _uploaded(file)
    reading, code = outside.looked(fetched, span)
    return outside.take(
        db.session,
        calendar=_own(programme, calendar_id),
        fetched=fetched,
        reading=reading,
        code=code,
        actor_id=actor_id,
    )


@blueprint.post("/p/<slug>/kalenders/gevolgd/<int:calendar_id>/stoppen")
@permitted(Permission.HOST_EVENTS)
def stop(programme: Programme, calendar_id: int) -> ResponseReturnValue:
    """Stop following a calendar; the events stay as they are."""
    calendar = _own(programme, calendar_id)
    outside.end(db.session, calendar=calendar, actor_id=current_user.id)
    db.session.commit()
    flash(_("The calendar is no longer followed. The events that it brought stay."), "good")
    return redirect(url_for("agenda.feeds", slug=programme.slug), 303)


@blueprint.post("/p/<slug>/kalenders/gevolgd/<int:calendar_id>/geregeld")
@permitted(Permission.HOST_EVENTS)
def settle(programme: Programme, calendar_id: int) -> ResponseReturnValue:
    """Say that it was decided what to do with an event."""
    calendar = _own(programme, calendar_id)
    event_id = parse_version(request.form.get("event"))
    outside.settle(db.session, calendar=calendar, event_id=event_id)
    db.session.commit()
    return _to(programme, calendar)
