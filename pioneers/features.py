"""The explicit list of features that have pages."""

from flask import Flask

from pioneers.accounts import pages as accounts
from pioneers.agenda import pages as agenda
from pioneers.cards import landing_views
from pioneers.cards import pages as cards
from pioneers.contributions import pages as contributions
from pioneers.events import pages as events
from pioneers.fans import views as fans
from pioneers.hosting import pages as hosting
from pioneers.importing import pages as importing
from pioneers.knowledge import pages as knowledge
from pioneers.mailings import pages as mailings
from pioneers.mailroom import pages as mailroom
from pioneers.mailroom import webhook
from pioneers.personal import pages as personal
from pioneers.planning import pages as planning
from pioneers.presence import pages as presence
from pioneers.profiles import pages as profiles
from pioneers.programmes import access_views, audit_views
from pioneers.programmes import pages as programmes
from pioneers.programmes.navigation import init_navigation
from pioneers.publishing import pages as publishing
from pioneers.publishing.frame import init_frame, init_names
from pioneers.questions import pages as questions
from pioneers.reach import views as reach
from pioneers.registrations import pages as registrations
from pioneers.relations import pages as relations
from pioneers.reports import pages as reports
from pioneers.site import views as site
from pioneers.subscriptions import own_views
from pioneers.subscriptions import pages as subscriptions
from pioneers.website import pages as website

# Without the token of a session. What other machines post to has no form of ours: each proves
# itself in its own way. A card's page sets no cookie: its form carries a signed moment instead.
# Who leaves by one click of a mail program has a signed address instead.
WITHOUT_TOKEN = (webhook.webhook, landing_views.leave, own_views.one_click)


def register(app: Flask) -> None:
    """Register each feature's blueprint; the order is that of the layers."""
    init_names(app)
    for blueprint in (
        accounts.blueprint,
        programmes.blueprint,
        access_views.blueprint,
        audit_views.blueprint,
        publishing.blueprint,
        subscriptions.blueprint,
        fans.blueprint,
        reach.blueprint,
        events.blueprint,
        profiles.blueprint,
        knowledge.blueprint,
        planning.blueprint,
        registrations.blueprint,
        relations.blueprint,
        questions.blueprint,
        cards.blueprint,
        contributions.blueprint,
        presence.blueprint,
        hosting.blueprint,
        agenda.blueprint,
        mailroom.blueprint,
        mailings.blueprint,
        personal.blueprint,
        importing.blueprint,
        reports.blueprint,
        site.blueprint,
        website.blueprint,
    ):
        app.register_blueprint(blueprint)
    init_navigation(app)
    init_frame(app)
