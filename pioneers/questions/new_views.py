"""Questions that others write down: the desk from mail or a call, and a pioneer after a talk."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.current import settings
from pioneers.accounts.rules import Permission
from pioneers.ambassadors.queries import list_pioneers, own_pioneer_id
from pioneers.db import db
from pioneers.events.models import Event
from pioneers.presses.actions import is_first
from pioneers.programmes.guards import may, permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import home_of
from pioneers.programmes.rules import Refused
from pioneers.questions import handling, queries
from pioneers.questions.actions import take_question
from pioneers.questions.blueprint import blueprint
from pioneers.questions.desk_views import URL, number_asked, to_question
from pioneers.questions.forms import MessageForm, NewForm, PasteForm, PioneerNoteForm
from pioneers.questions.labels import said
from pioneers.questions.models import AskedBy, Question
from pioneers.questions.pasted import Pasted, read_pasted
from pioneers.questions.prefill import Asker, asker, who_asks
from pioneers.questions.rules import LONGEST_TEXT
from pioneers.questions.shown import title_of
from pioneers.questions.talks import probable_talk, recent_talks
from pioneers.reach.record_forms import chosen_id
from pioneers.web.errors import NotFound
from pioneers.web.formats import day
from pioneers.web.forms import attach

READ = "read"


@blueprint.route(f"{URL}/nieuw", methods=["GET", "POST"])
@permitted(Permission.ANSWER_QUESTIONS)
def new(programme: Programme) -> ResponseReturnValue:
    """Write a question down, or paste the mail that it came in."""
    if request.form.get("step") == READ:
        return _read(programme)
    who = _asker(programme)
    form = _new_form(programme, who=who)
    if form.validate_on_submit():
        try:
            question = form.question()
            taken = take_question(
                db.session,
                programme=programme,
                new=question,
                pioneer_id=question.pioneer_id,
                known=who_asks(db.session, programme, who, question, current_user.id),
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("The question is on the desk."), "good")
            return to_question(programme, taken.question)
    page = render_template(
        "questions/new.html",
        programme=programme,
        form=form,
        paste=PasteForm(formdata=None),
        own=[],
        title_of=title_of,
        was_read=request.method == "POST",
        is_begun=who != Asker(),
    )
    return page, 422 if form.errors else 200


def _asker(programme: Programme) -> Asker:
    """The person or company on whose page this began, as the address says."""
    return asker(
        db.session,
        programme,
        person_id=number_asked("persoon"),
        company_id=number_asked("bedrijf"),
    )


def _new_form(
    programme: Programme, pasted: Pasted | None = None, who: Asker | None = None
) -> NewForm:
    """The form, empty or filled with what a mail or the page where it began said; it is looked at
    before anything is kept."""
    if pasted is None:
        form = NewForm(data=_begun(who or Asker()))
    else:
        form = NewForm(
            formdata=None,
            data={
                "subject": pasted.subject[:160],
                "text": pasted.text[:LONGEST_TEXT],
                "name": pasted.name,
                "email": pasted.email,
                "phone": pasted.phone,
                "asked_by": AskedBy.MAIL.value,
            },
        )
    pioneers = list_pioneers(db.session, programme)
    form.pioneer.choices = [
        ("", _("Nobody in particular")),
        *((str(one.id), one.name) for one in pioneers),
    ]
    return form


def _begun(who: Asker) -> dict[str, str | None]:
    """What the form begins with; on the page of somebody a call is noted, a mail is pasted."""
    return who.data() | ({} if who == Asker() else {"asked_by": AskedBy.CALL.value})


def _read(programme: Programme) -> ResponseReturnValue:
    """Take a pasted mail apart and show it in the form; nothing is kept yet."""
    paste = PasteForm()
    if not paste.validate_on_submit():
        form = _new_form(programme, Pasted(""))
        page = render_template(
            "questions/new.html",
            programme=programme,
            form=form,
            paste=paste,
            own=[],
            title_of=title_of,
            was_read=False,
        )
        return page, 422
    users = queries.desk_users(db.session, programme)
    found = read_pasted(paste.mail.data or "", own={user.email for user in users})
    return render_template(
        "questions/new.html",
        programme=programme,
        form=_new_form(programme, found),
        paste=PasteForm(formdata=None),
        own=_belongs_to(programme, found),
        title_of=title_of,
        was_read=True,
        text=found.text[:LONGEST_TEXT],
    )


def _belongs_to(programme: Programme, found: Pasted) -> list[Question]:
    """The questions that a mail may be a reply on: the one in its subject, else the sender's."""
    if found.number is not None:
        try:
            return [queries.live_question(db.session, programme, found.number)]
        except NotFound:
            pass
    if found.email is None:
        return []
    return queries.open_questions_from(db.session, programme, found.email)


@blueprint.post(f"{URL}/<int:question_id>/plak")
@permitted(Permission.ANSWER_QUESTIONS)
def add_pasted(programme: Programme, question_id: int) -> ResponseReturnValue:
    """The pasted mail was a reply on this question."""
    found = queries.live_question(db.session, programme, question_id)
    form = MessageForm()
    if not form.validate_on_submit():
        flash(_("There was no text in it."), "warn")
        return to_question(programme, found)
    handling.receive(
        db.session,
        programme=programme,
        question=found,
        text=form.text.data or "",
        user=current_user,
    )
    db.session.commit()
    flash(_("The message has been added. It is our turn."), "good")
    return to_question(programme, found)


@blueprint.route("/p/<slug>/vraag-van", methods=["GET", "POST"])
@permitted(Permission.LOG_CONTRIBUTIONS)
def pioneer_note(programme: Programme) -> ResponseReturnValue:
    """A pioneer notes what somebody asked, in three words; the desk finds out the rest."""
    pioneer_id = own_pioneer_id(
        db.session, programme, user_id=current_user.id, email=current_user.email
    )
    if pioneer_id is None and may(Permission.ANSWER_QUESTIONS):
        return redirect(url_for("questions.new", slug=programme.slug), 303)
    talks = [] if pioneer_id is None else recent_talks(db.session, programme, pioneer_id)
    form = PioneerNoteForm(data={"event": probable_talk(talks)})
    form.event.choices = [
        *((str(event.id), f"{event.title}, {day(event.starts_at)}") for event in talks),
        ("", _("Somewhere else")),
    ]
    if form.validate_on_submit() and pioneer_id is not None:
        try:
            if _is_new(form):
                _note(programme, form, pioneer_id, talks)
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field, said(refusal))
        else:
            db.session.commit()
            flash(_("Thank you. The project leader takes it from here."), "good")
            return redirect(url_for("questions.pioneer_note", slug=programme.slug), 303)
    page = render_template(
        "questions/pioneer_note.html",
        programme=programme,
        form=form,
        is_pioneer=pioneer_id is not None,
        home=home_of(programme, g.roles),
    )
    return page, 422 if form.errors else 200


def _is_new(form: PioneerNoteForm) -> bool:
    """Whether the button was not pressed before with these very words, today."""
    said_here = {name: value for name, value in form.data.items() if name != "csrf_token"}
    who = current_user.id, clock.today()
    return is_first(db.session, settings().secret_key, "note", who, said_here)


def _note(programme: Programme, form: PioneerNoteForm, pioneer_id: int, talks: list[Event]) -> None:
    """Put it on the desk; whoever has a name met the pioneer at that event."""
    event = next((one for one in talks if one.id == chosen_id(form.event)), None)
    fan_id = None if event is None else event.fan_id
    take_question(
        db.session,
        programme=programme,
        new=form.question(pioneer_id, None if event is None else event.id, fan_id),
        pioneer_id=pioneer_id,
        fan_id=fan_id,
        actor_id=current_user.id,
    )
