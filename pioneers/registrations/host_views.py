"""The host's page: who comes to an event, adding and cancelling by hand, the list to take along."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from pioneers import clock
from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.events.access import hosted
from pioneers.events.models import Event
from pioneers.events.wording import when
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.navigation import link_to
from pioneers.programmes.rules import Refused
from pioneers.registrations import actions, queries
from pioneers.registrations.blueprint import blueprint
from pioneers.registrations.forms import AddForm, ConfirmForm, people_choices
from pioneers.registrations.labels import STATE_TAGS, STATES, said
from pioneers.registrations.models import EventQuestion, Registration, RegistrationState
from pioneers.registrations.rules import NEWS, REGISTRATION, Phase, check_open, phase
from pioneers.registrations.shown import sentence
from pioneers.web.forms import attach
from pioneers.web.i18n import language
from pioneers.web.links import link
from pioneers.web.pagination import page_number
from pioneers.web.sheets import Cell, sheet_response


@dataclass(frozen=True)
class Line:
    """One registration as the list shows it."""

    registration: Registration
    lead: str  # with whom they come; '' for who registered themselves
    answers: list[tuple[str, str]]
    consent: bool
    news: bool
    may_cancel: bool


def _to(programme: Programme, event: Event) -> ResponseReturnValue:
    return redirect(url_for("registrations.attendees", slug=programme.slug, event_id=event.id), 303)


def host_crumbs(programme: Programme, event: Event) -> list[tuple[str, str | None]]:
    """The event above every page of this feature."""
    href = link_to("hosting.event", slug=programme.slug, event_id=event.id)
    return [(event.title, href)]


@blueprint.get("/p/<slug>/podium/<int:event_id>/aanmeldingen")
@permitted(Permission.HOST_EVENTS)
def attendees(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Who comes: how many in each state, and by name."""
    event = hosted(programme, event_id)
    counts = queries.counts(db.session, event)
    course = phase(event, clock.now())
    page = queries.page_of_event(db.session, event, page=page_number())
    public_href = None
    if course != Phase.HIDDEN:
        public_href = link("registrations.event_page", code=event.public_code)
    return render_template(
        "registrations/attendees.html",
        programme=programme,
        event=event,
        crumbs=host_crumbs(programme, event),
        when=sentence(when(event, language())),
        others=_others(counts),
        coming=counts[RegistrationState.REGISTERED].seats
        + counts[RegistrationState.ATTENDED].seats,
        offered=counts[RegistrationState.OFFERED].seats,
        waiting=counts[RegistrationState.WAITING].seats,
        asks=bool(queries.questions_of(db.session, event)),
        page=page,
        lines=_lines(event, page.items),
        states=STATES,
        state_tags=STATE_TAGS,
        is_open=_takes(event),
        public_href=public_href,
    )


def _others(counts: Mapping[RegistrationState, queries.StateCount]) -> list[str]:
    """Who was there, stayed away or cancelled, in words."""
    there, absent, gone = (
        counts[state].seats
        for state in (
            RegistrationState.ATTENDED,
            RegistrationState.ABSENT,
            RegistrationState.CANCELLED,
        )
    )
    words = [
        (there, ngettext("One was there", "%(num)s were there", there)),
        (absent, ngettext("One stayed away", "%(num)s stayed away", absent)),
        (gone, ngettext("One cancelled", "%(num)s cancelled", gone)),
    ]
    return [said for count, said in words if count]


def _takes(event: Event) -> bool:
    """Whether the host can add people now."""
    try:
        check_open(event, clock.now(), by_host=True)
    except Refused:
        return False
    return True


def _lines(event: Event, items: Sequence[Registration]) -> list[Line]:
    ids = [one.id for one in items]
    leads = {one.lead_id for one in items if one.lead_id}
    names = {one.id: one.name for one in queries.of_event(db.session, event) if one.id in leads}
    answers = queries.answers_of(db.session, ids)
    consents = queries.consents_of(db.session, [*ids, *leads])
    questions = queries.questions_of(db.session, event)
    takes = _takes(event)
    return [
        Line(
            registration=one,
            lead=names.get(one.lead_id or 0, ""),
            answers=[
                (question.label, answers[one.id][question.id])
                for question in questions
                if question.id in answers[one.id]
            ],
            consent=REGISTRATION in consents[one.lead_id or one.id],
            news=NEWS in consents[one.id],
            may_cancel=takes and one.state in queries.STANDING,
        )
        for one in items
    ]


@blueprint.get("/p/<slug>/podium/<int:event_id>/aanmeldingen.<kind>")
@permitted(Permission.HOST_EVENTS)
def download(programme: Programme, event_id: int, kind: str) -> ResponseReturnValue:
    """The list as CSV or XLSX."""
    event = hosted(programme, event_id)
    questions = queries.questions_of(db.session, event)
    header = [
        *(
            _("State"),
            _("Name"),
            _("Company"),
            _("People"),
            _("Registered by"),
            _("E-mail address"),
        ),
        *(_("Phone number"), _("KVK number"), _("Registered on"), _("Consent"), _("News")),
        *(question.label for question in questions),
    ]
    name = _("registrations %(title)s", title=event.title)
    return sheet_response(name, header, _rows(event, questions), kind)


def _rows(event: Event, questions: Sequence[EventQuestion]) -> Iterator[Sequence[Cell]]:
    everybody = queries.of_event(db.session, event)
    names = {one.id: one.name for one in everybody}
    ids = [one.id for one in everybody]
    answers = queries.answers_of(db.session, ids)
    consents = queries.consents_of(db.session, ids)
    yes, no = _("yes"), _("no")
    for one in everybody:
        agreed = consents[one.lead_id or one.id]
        yield [
            *(str(STATES[one.state]), one.name, one.company, one.seats),
            *(names.get(one.lead_id or 0, ""), one.email, one.phone, one.kvk_number),
            *(one.registered_at, yes if REGISTRATION in agreed else no),
            yes if NEWS in consents[one.id] else no,
            *(answers[one.id].get(question.id, "") for question in questions),
        ]


@blueprint.route("/p/<slug>/podium/<int:event_id>/aanmeldingen/nieuw", methods=["GET", "POST"])
@permitted(Permission.HOST_EVENTS)
def add(programme: Programme, event_id: int) -> ResponseReturnValue:
    """Register somebody who called; who does not fit waits, like everybody."""
    event = hosted(programme, event_id)
    form = AddForm()
    form.people.choices = people_choices()
    if form.validate_on_submit():
        try:
            party = actions.register(
                db.session,
                programme=programme,
                event=event,
                draft=form.draft(),
                by_host=True,
                actor_id=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            attach(form, refusal.field or "name", said(refusal))
        else:
            db.session.commit()
            flash(_added(party[0]), "good")
            return _to(programme, event)
    return render_template(
        "registrations/add.html",
        programme=programme,
        event=event,
        form=form,
        crumbs=host_crumbs(programme, event),
    )


def _added(lead: Registration) -> str:
    if lead.state == RegistrationState.WAITING:
        return _("%(name)s is on the waiting list.", name=lead.name)
    return _("%(name)s is registered.", name=lead.name)


@blueprint.route(
    "/p/<slug>/podium/<int:event_id>/aanmeldingen/<int:registration_id>/afmelden",
    methods=["GET", "POST"],
)
@permitted(Permission.HOST_EVENTS)
def remove(programme: Programme, event_id: int, registration_id: int) -> ResponseReturnValue:
    """Cancel somebody's registration; they are told by mail."""
    event = hosted(programme, event_id)
    found = queries.get_registration(db.session, event, registration_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            actions.cancel_registration(
                db.session,
                programme=programme,
                event=event,
                registration=found,
                by=current_user.id,
            )
        except Refused as refusal:
            db.session.rollback()
            flash(said(refusal), "warn")
        else:
            db.session.commit()
            flash(_("The registration of %(name)s is cancelled.", name=found.name), "good")
        return _to(programme, event)
    return render_template(
        "registrations/remove.html",
        programme=programme,
        event=event,
        found=found,
        people=sum(one.seats for one in queries.party_of(db.session, found)),
        form=form,
        crumbs=host_crumbs(programme, event),
    )
