"""The plan of the demonstration: the published totals, the same on every machine."""

from datetime import date

from pioneers.demo.plan import make_plan


def test_two_plans_of_one_seed_are_the_same() -> None:
    assert make_plan() == make_plan()


def test_the_plan_has_the_published_totals() -> None:
    plan = make_plan()
    present = {person for event in plan.events for person in event.present}
    met = present | {person for person, _ in plan.conversations}
    assert len(met) == len(plan.people) == 1775
    assert len(plan.events) == 38
    assert len(plan.pioneers) == 12
    assert len({action.company for action in plan.actions}) == 480


def test_everything_happens_within_the_programme_and_in_order() -> None:
    plan = make_plan()
    days = [event.day for event in plan.events] + [action.day for action in plan.actions]
    days += [day for _, day in plan.conversations]
    assert date(2016, 1, 1) <= min(days) <= max(days) <= date(2019, 12, 31)
    for action in plan.actions:
        assert action.day >= plan.aware_on[action.company][0]


def test_all_municipalities_take_part() -> None:
    plan = make_plan()
    assert len({company.town for company in plan.companies}) == 25


def test_nobody_is_on_a_list_twice() -> None:
    for event in make_plan().events:
        everybody = [*event.present, *event.absent]
        assert len(everybody) == len(set(everybody))


def test_invented_people_have_addresses_that_cannot_exist() -> None:
    plan = make_plan()
    assert all(person.email.endswith("-verzonnen.example") for person in plan.people)
    assert all(company.kvk_number.startswith("99") for company in plan.companies)
