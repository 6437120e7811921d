"""A company does something concrete: one person records it, another has seen the proof."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.accessibility import assert_accessible_in_both_schemes, assert_fits
from tests.journeys.conftest import PHONE, Live
from tests.journeys.pages import Actions, Activation, Company, Dashboard, LogIn
from tests.journeys.story import SLUG, begin

PROOF = "Verslag van het werkoverleg van 1 juni 2017, in het archief"


def test_an_action_counts_once_a_second_person_has_seen_the_proof(
    live: Live, new_page: Callable[..., Page]
) -> None:
    story = begin(live)
    hers = new_page()
    LogIn.open(hers).as_user(story.leader, then=Dashboard)
    company = Company.open(hers, slug=SLUG, company_id=story.company.id)
    form = company.follow("Actie vastleggen", then=Actions)
    assert_accessible_in_both_schemes(hers)
    form.choose("Plan voor slimmer werken").fill(day="2017-06-01", proof=PROOF)
    form.press("Vastleggen", then=Company)
    assert Dashboard.open(hers, slug=SLUG).figure("In actie gekomen") == 0

    his = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    LogIn.open(his).as_user(story.colleague, then=Dashboard)
    actions = Actions.open(his, slug=SLUG).says("1 actie wacht op controle.")
    action = actions.follow("Plan voor slimmer werken", then=Activation).says(PROOF)
    assert_accessible_in_both_schemes(his)
    assert_fits(his)
    decided = action.press("Akkoord: het bewijs laat het zien", then=Actions)
    decided.says("Er wacht geen actie op controle.")

    dashboard = Dashboard.open(hers, slug=SLUG)
    assert dashboard.figure("In actie gekomen") == 1
    behind = dashboard.open_figure("In actie gekomen").says(story.company.name)
    page = behind.follow(story.company.name, then=Company).is_titled(story.company.name)
    page.follow("Plan voor slimmer werken", then=Activation).says(PROOF)
