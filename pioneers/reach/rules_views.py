"""What counts in a programme: the evidence threshold and the target group, changed in two steps."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import HiddenField, RadioField

from pioneers.accounts.rules import Permission
from pioneers.db import db
from pioneers.programmes.guards import permitted
from pioneers.programmes.models import Programme
from pioneers.programmes.rules import Evidence, Refused, Stale, TargetGroup
from pioneers.reach.blueprint import blueprint
from pioneers.reach.changes import change_counting_rules
from pioneers.reach.forms import MOST_EMPLOYEES, MOST_EUROS
from pioneers.reach.labels import EVIDENCE
from pioneers.reach.rehearsal import rehearse
from pioneers.reach.wording import MEASURES
from pioneers.web.forms import BaseForm, Required, WholeNumberField, attach
from pioneers.web.parsing import parse_version

GIVEN = Required(_l("Fill this in."))
NAMED = [evidence for evidence in Evidence if evidence != Evidence.HEADCOUNT]


class CountingForm(BaseForm):
    """From which evidence somebody counts as aware, and which companies are aimed at."""

    threshold = RadioField(
        _l("From which evidence does somebody count as made aware?"),
        choices=[(evidence.value, EVIDENCE[evidence]) for evidence in NAMED],
        description=_l("Weaker evidence stays in the record and does not count."),
    )
    employees_min = WholeNumberField(
        _l("Employees, from"), [GIVEN], maximum=MOST_EMPLOYEES, description=_l("Heads.")
    )
    employees_max = WholeNumberField(
        _l("Employees, up to and including"), [GIVEN], maximum=MOST_EMPLOYEES
    )
    turnover_max = WholeNumberField(
        _l("Turnover at most"), [GIVEN], maximum=MOST_EUROS, description=_l("Whole euros a year.")
    )
    balance_max = WholeNumberField(
        _l("Or balance sheet total at most"),
        [GIVEN],
        maximum=MOST_EUROS,
        description=_l("Whole euros."),
    )
    version = HiddenField()

    def target_group(self) -> TargetGroup:
        """The limits that were filled in."""
        limits = ("employees_min", "employees_max", "turnover_max", "balance_max")
        return TargetGroup(*(self[name].data for name in limits))


REFUSED = {
    "employees_reversed": _l("The highest number is lower than the lowest."),
    "negative": _l("Must be 0 or more."),
    "threshold_headcount": _l("A headcount names nobody."),
}


@blueprint.route("/p/<slug>/instellingen/tellen", methods=["GET", "POST"])
@permitted(Permission.MANAGE_PROGRAMME)
def counting_rules(programme: Programme) -> ResponseReturnValue:
    """What counts now; a change first shows what it does to the figures, then is confirmed."""
    form = CountingForm(obj=programme, data={"threshold": programme.aware_threshold.value})
    if not form.validate_on_submit():
        return _page(form), 422 if form.errors else 200
    try:
        if request.form.get("confirmed"):
            _change(programme, form)
            db.session.commit()
        else:
            return _confirmation(programme, form)
    except Refused as refused:
        attach(form, refused.field or "employees_max", REFUSED.get(refused.code, refused.code))
        return _page(form), 422
    except Stale:
        db.session.rollback()
        flash(
            _("Somebody else changed the settings in the meantime. This is how they stand."), "warn"
        )
        return redirect(url_for("reach.counting_rules", slug=programme.slug), 303)
    flash(_("Saved. All figures follow these rules now."), "good")
    return redirect(url_for("reach.counting_rules", slug=programme.slug), 303)


def _page(form: CountingForm) -> str:
    return render_template("reach/counting_rules.html", form=form)


def _change(programme: Programme, form: CountingForm) -> None:
    change_counting_rules(
        db.session,
        programme=programme,
        threshold=Evidence(form.threshold.data),
        target_group=form.target_group(),
        actor_id=current_user.id,
        version=parse_version(form.version.data),
    )


def _confirmation(programme: Programme, form: CountingForm) -> ResponseReturnValue:
    """Nothing is written: the figures before and after, and a button."""
    before, after = rehearse(db.session, programme, lambda: _change(programme, form))
    rows: list[tuple[Any, int, int]] = [
        (label, getattr(before, name), getattr(after, name)) for name, label in MEASURES.items()
    ]
    fields = [field for field in form if field.name not in ("csrf_token", "submit")]
    return render_template("reach/counting_confirm.html", form=form, rows=rows, fields=fields)
