"""The desk: the list of questions, and the page of one."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import pioneer_names
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.events.themes import theme_words
from pioneers.fans.queries import fan_names
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Refused, Stale
from pioneers.questions import handling, queries
from pioneers.questions.blueprint import blueprint
from pioneers.questions.forms import FilterForm
from pioneers.questions.labels import OUTCOMES, STATUS_TAGS, STATUSES, WAYS, said
from pioneers.questions.models import AskedBy, Outcome, Question, QuestionStatus
from pioneers.questions.prefill import asker
from pioneers.questions.queries import Counts, Wanted
from pioneers.questions.rules import days_late
from pioneers.questions.shown import steps, thread, title_of
from pioneers.reach.phones import written_phone
from pioneers.web.errors import NotFound
from pioneers.web.formats import number
from pioneers.web.pagination import page_number
from pioneers.web.parsing import parse_day, parse_version

URL = "/p/<slug>/vragen"
KEPT = ("bedrijf", "persoon", "pionier", "echt", "actie", "vanaf", "tot")  # asked by a link


def to_question(programme: Programme, question: Question) -> ResponseReturnValue:
    """Back to the page of a question."""
    target = url_for("questions.question", slug=programme.slug, question_id=question.id)
    return redirect(target, 303)


@blueprint.get(URL)
@permitted(Permission.ANSWER_QUESTIONS)
def desk(programme: Programme) -> ResponseReturnValue:
    """What waits for us, the latest first."""
    today = clock.today()
    users = {user.id: user.name for user in queries.desk_users(db.session, programme)}
    form = FilterForm(formdata=request.args, data={"status": "open"})
    form.fill(users)
    wanted = _wanted(form)
    counts = queries.desk_counts(db.session, programme, today)
    return render_template(
        "questions/desk.html",
        programme=programme,
        form=form,
        counts=counts,
        sentence=_sentence(counts),
        chosen=wanted != Wanted(),
        page=queries.list_questions(db.session, programme, wanted, today=today, page=page_number()),
        tabs=_tabs(programme, counts, wanted.status),
        period=_period(wanted),
        about=_about(programme, wanted),
        kept=[name for name in KEPT if request.args.get(name)],
        statuses=STATUSES,
        status_tags=STATUS_TAGS,
        outcomes=OUTCOMES,
        ways=WAYS,
        title_of=title_of,
        days_late=lambda question: days_late(question, today),
        theme_words=theme_words,
        own_id=current_user.id,
    )


def _wanted(form: FilterForm) -> Wanted:
    """What the address asks for; what is no choice counts as not asked."""

    def chosen(name: str) -> str:
        field = form[name]
        return field.data if field.data in {value for value, *_ in field.choices} else ""

    return Wanted(
        status=chosen("status") or "open",
        theme=chosen("thema"),
        asked_by=AskedBy(chosen("weg")) if chosen("weg") else None,
        outcome=Outcome(chosen("uitkomst")) if chosen("uitkomst") else None,
        responsible_id=int(chosen("van")) if chosen("van") else None,
        pioneer_id=number_asked("pionier"),
        company_id=number_asked("bedrijf"),
        person_id=number_asked("persoon"),
        text=(form.q.data or "")[:100],
        since=_day("vanaf"),
        until=_day("tot"),
        real=request.args.get("echt") == "ja",
        in_action=request.args.get("actie") == "ja",
    )


def number_asked(name: str) -> int | None:
    """A number that the address asks for; None for what is none."""
    asked = request.args.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def _day(name: str) -> date | None:
    found = parse_day(request.args.get(name, "")[:20])
    return found if found is None or 1900 <= found.year <= 2199 else None


def _period(wanted: Wanted) -> tuple[date | None, date | None] | None:
    return (wanted.since, wanted.until) if wanted.since or wanted.until else None


def _about(programme: Programme, wanted: Wanted) -> list[str]:
    """Whose questions the list is about: who was merged is called by what they became."""
    try:
        found = asker(
            db.session, programme, person_id=wanted.person_id, company_id=wanted.company_id
        )
    except NotFound:
        return []
    who = [found.name()]
    if wanted.pioneer_id is not None:
        who.append(pioneer_names(db.session, programme).get(wanted.pioneer_id, ""))
    return [name for name in who if name]


def _sentence(counts: Counts) -> str:
    """How the desk stands, in one sentence."""
    if not counts.by_status:
        return _("Nobody has asked anything yet.")
    if not counts.ours:
        return _("No question waits for us.")
    waiting = ngettext(
        "One question waits for us",
        "%(written)s questions wait for us",
        counts.ours,
        written=number(counts.ours),
    )
    if not counts.late:
        return _("%(waiting)s, none of them too late.", waiting=waiting)
    if counts.ours == 1:
        return _("%(waiting)s, and it is too late.", waiting=waiting)
    return _("%(waiting)s, %(late)s of them too late.", waiting=waiting, late=number(counts.late))


def _tabs(programme: Programme, counts: Counts, now: str) -> list[tuple[str, str, str, bool]]:
    """The statuses with how many there are: (label, count, address, chosen)."""
    by = counts.by_status
    everything = sum(by.values())
    chosen = [
        ("open", _("still open"), everything - by.get(QuestionStatus.CLOSED, 0)),
        ("late", _("too late"), counts.late),
        *((status.value, str(label), by.get(status, 0)) for status, label in STATUSES.items()),
        ("all", _("All"), everything),
    ]
    return [
        (
            label,
            number(count),
            url_for("questions.desk", slug=programme.slug, status=key),
            key == now,
        )
        for key, label, count in chosen
        if count or key in ("open", now)
    ]


@blueprint.get(f"{URL}/<int:question_id>")
@permitted(Permission.ANSWER_QUESTIONS)
def question(programme: Programme, question_id: int) -> ResponseReturnValue:
    """One question: who asked, what was said, and what is next."""
    found = queries.get_question(db.session, programme, question_id)
    primary, others = steps(db.session, programme, found)
    responsible = {user.id: user.name for user in queries.desk_users(db.session, programme)}
    pioneers = pioneer_names(db.session, programme)
    return render_template(
        "questions/question.html",
        programme=programme,
        question=found,
        title=title_of(found),
        lines=thread(db.session, programme, found),
        primary=primary,
        others=others,
        responsible=responsible.get(found.responsible_id or 0, ""),
        is_own=found.responsible_id == current_user.id,
        late=days_late(found, clock.today()),
        pioneer=pioneers.get(found.pioneer_id or 0, ""),
        fan=fan_names(db.session, programme).get(found.fan_id or 0, ""),
        event=None if found.event_id is None else db.session.get(Event, found.event_id),
        draft=queries.draft_of(db.session, found),
        status=STATUSES[found.status],
        status_tag=STATUS_TAGS[found.status],
        outcome=None if found.outcome is None else OUTCOMES[found.outcome],
        way=WAYS[found.asked_by],
        theme=theme_words(found.theme),
        written_phone=written_phone,
    )


@blueprint.post(f"{URL}/<int:question_id>/neem")
@permitted(Permission.ANSWER_QUESTIONS)
def take(programme: Programme, question_id: int) -> ResponseReturnValue:
    """Be the one who answers."""
    found = queries.live_question(db.session, programme, question_id)
    try:
        handling.take(db.session, question=found, user=current_user)
    except Refused as refusal:
        db.session.rollback()
        flash(said(refusal), "warn")
    else:
        db.session.commit()
        flash(_("You take this question."), "good")
    return to_question(programme, found)


@blueprint.post(f"{URL}/<int:question_id>/heropen")
@permitted(Permission.ANSWER_QUESTIONS)
def reopen(programme: Programme, question_id: int) -> ResponseReturnValue:
    """Take a closed question up again."""
    found = queries.live_question(db.session, programme, question_id)
    try:
        handling.reopen(
            db.session,
            programme=programme,
            question=found,
            version=parse_version(request.form.get("version")),
            user=current_user,
        )
    except (Refused, Stale):
        db.session.rollback()
        flash(_("Somebody else was before you. This is how it stands now."), "warn")
    else:
        db.session.commit()
        flash(_("The question is open again."), "good")
    return to_question(programme, found)
