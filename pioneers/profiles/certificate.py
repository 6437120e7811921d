"""The certificate of an appointment: what a pioneer hangs on the wall."""

from flask_babel import gettext as _

from pioneers import clock
from pioneers.ambassadors.models import Pioneer
from pioneers.ambassadors.queries import PioneerRow
from pioneers.programmes.models import Programme
from pioneers.web.formats import day
from pioneers.web.i18n import language
from pioneers.web.typst import set_pdf


def certificate(programme: Programme, pioneer: Pioneer, row: PioneerRow) -> bytes:
    """One sheet of A4, landscape. What is not known of the appointment is left out."""
    when = day(pioneer.appointed_on)
    place = pioneer.appointed_at
    data = {
        "title": _("Certificate of %(name)s", name=row.name),
        "language": language(),
        "programme": programme.name,
        "action_line": programme.action_line,
        "appointed": _("Appointed as"),
        "pioneer": _("Pioneer"),
        "name": row.name,
        "company": row.company,
        "when": _("On %(day)s, %(meeting)s", day=when, meeting=place)
        if place
        else _("On %(day)s", day=when),
        "thanks": _("For showing other entrepreneurs that work can be organised otherwise."),
        "by": pioneer.appointed_by,
        "office": _(
            "On behalf of the Provincial Executive of %(province)s", province=programme.province
        ),
    }
    return set_pdf("profiles/certificate.typ", data, made_at=clock.now())
