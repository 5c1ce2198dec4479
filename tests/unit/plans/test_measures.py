from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.decisions import Decisions
from planner.payments.apportionment import apportioned
from planner.plans.coverage import Coverage
from planner.plans.measures import Measures
from planner.plans.plan import Plan
from tests.scenarios import hand
from tests.scenarios.builders import DECISIONS, large, plan, scenario

SMALL = Measures(scenario(), plan())


def test_costs_by_fund_programme_account_and_group_sum_to_the_total() -> None:
    for measures in (SMALL, Measures(*large(30, 12, 20))):
        total = measures.plan.total_cost
        no_programme = measures.agreement_cost + measures.socialization_cost
        assert sum(measures.cost_by_fund.values()) == total
        assert sum(measures.cost_by_programme.values()) + no_programme == total
        assert sum(measures.cost_by_programme_and_fund.values()) == total
        assert sum(measures.cost_by_account.values()) == total
        assert sum(cost.total for cost in measures.cost_by_group.values()) + measures.agreement_cost == total


def test_costs_are_those_worked_out_by_hand() -> None:
    assert SMALL.cost_by_fund == {"apbd": 102_700_000, "unja": 60_000_000, "komdigi": 0}
    assert SMALL.cost_by_programme == {"bimtek-keu": 133_450_000, "pel-komunikasi": 4_250_000}
    assert SMALL.agreement_cost == 10_000_000
    assert SMALL.socialization_cost == 15_000_000


def test_costs_without_an_account_code_come_last() -> None:
    bare = {"item": "Lain", "per": "participant", "price": 1}
    coded = {"item": "Ada", "account": "5.1.02.02.12.0004", "per": "participant", "price": 1}
    programmes = [
        {"id": "bimtek-keu", "closes": {"keu-daerah": 1}, "costs": [bare]},
        {"id": "pel-komunikasi", "closes": {"komunikasi": 1}, "costs": [coded]},
    ]
    funds = [
        {"id": "apbd", "kind": "own", "amount": 10**9},
        {"id": "komdigi", "kind": "partner", "amount": 0, "seats": {"pel-komunikasi": 20}},
    ]
    built = scenario(programmes=programmes, funds=funds, rules=[])
    costs = Measures(built, plan(built, DECISIONS)).cost_by_account
    assert list(costs)[-1] == (None, "Lain")


def test_accounts_stand_by_code_whatever_their_items_are_called() -> None:
    costs = [
        {"item": item, "account": f"5.1.02.02.12.000{n}", "per": "participant", "price": 1}
        for n, item in ((1, "Z"), (2, "A"))
    ]
    funds = [
        {"id": "apbd", "kind": "own", "amount": 10**9},
        {"id": "komdigi", "kind": "partner", "amount": 0, "seats": {"pel-komunikasi": 20}},
    ]
    programmes = [
        {"id": "bimtek-keu", "closes": {"keu-daerah": 1}, "costs": costs},
        {"id": "pel-komunikasi", "closes": {"komunikasi": 1}},
    ]
    built = scenario(programmes=programmes, funds=funds, rules=[])
    assert [item for _account, item in Measures(built, plan(built, DECISIONS)).cost_by_account][:2] == ["Z", "A"]


def test_a_group_that_attends_nothing_costs_nothing() -> None:
    measures = Measures(scenario(), plan(decisions=Decisions({("bpkad-analis", "pel-komunikasi", "TW2"): 5})))
    assert measures.cost_by_group["dinkes-kerinci"].total == 0


def test_class_costs_of_a_programme_are_divided_by_participants() -> None:
    shared = SMALL.cost_by_group
    assert shared["bpkad-analis"].direct == 13_200_000 + 4_250_000 + 15_000_000
    assert shared["bpkad-analis"].shared + shared["dinkes-kerinci"].shared == 3 * 21_600_000 + 25_000_000
    assert abs(shared["bpkad-analis"].shared * 30 - shared["dinkes-kerinci"].shared * 80) < 110


@given(st.integers(0, 10**12), st.dictionaries(st.text(max_size=3), st.integers(0, 10**6), max_size=8))
def test_an_amount_is_divided_to_the_last_rupiah_and_nobody_pays_a_rupiah_too_much(
    amount: int, weights: dict[str, int]
) -> None:
    parts = apportioned(amount, weights)
    whole = sum(weights.values())
    assert sum(parts.values()) == (amount if whole else 0)
    assert all(abs(part - Fraction(amount * weights[key], whole)) < 1 for key, part in parts.items())


def test_coverage_by_any_key_sums_to_the_whole() -> None:
    for measures in (SMALL, Measures(*large(30, 12, 20))):
        for parts in (measures.coverage_by_group, measures.coverage_by_competency, measures.coverage_by_agency):
            assert sum(part.need for part in parts.values()) == measures.plan.total_need
            assert sum((part.closed for part in parts.values()), Fraction(0)) == measures.plan.gaps_closed


def test_coverage_of_no_need_is_whole() -> None:
    assert Coverage(0, Fraction(0)).share == 1
    assert Coverage(4, Fraction(1)).share == Fraction(1, 4)
    assert Coverage(4, Fraction(1)).left == 3


def test_hours_count_every_participant() -> None:
    assert SMALL.hours_by_group == {"bpkad-analis": 80 * 24 + 37 * 10, "dinkes-kerinci": 30 * 24}
    assert SMALL.hours_per_person == Fraction(80 * 24 + 37 * 10 + 30 * 24, 320)


def test_hours_per_person_are_those_of_a_year_on_average() -> None:
    plain = hand.scenario(periods=[{"id": "TW1", "year": 2027}, {"id": "TW2", "year": 2028}], programmes={"hours": 24})
    planned = hand.planned(plain, {("a", "bimtek", "TW1"): 5})
    measures = Measures(hand.read(plain), Plan.from_plain(planned))
    assert (
        measures.hours_per_person == measures.hours_per_person_of(measures.scenario.group["a"]) == Fraction(5 * 24, 20)
    )


def test_of_nobody_there_are_no_hours_per_person() -> None:
    plain = hand.scenario(groups={"headcount": 0, "gaps": {}}, programmes={"hours": 24})
    measures = Measures(hand.read(plain), Plan.from_plain(hand.planned(plain, {})))
    assert measures.hours_per_person == measures.hours_per_person_of(measures.scenario.group["a"]) == 0


def test_released_money_is_counted_by_the_end_of_each_period() -> None:
    apbd = SMALL.scenario.fund["apbd"]
    first, second = SMALL.released(apbd)
    assert first == ("TW1", 240_000_000, SMALL.cost_by_fund_and_period["apbd", "TW1"])
    assert second == ("TW2", 400_000_000, 102_700_000)


def test_programmes_that_hold_nothing_are_not_running() -> None:
    measures = Measures(scenario(), plan(decisions=Decisions({("bpkad-analis", "pel-komunikasi", "TW2"): 5})))
    assert measures.running == ("pel-komunikasi",)
    assert measures.participants_by_programme == {"bimtek-keu": 0, "pel-komunikasi": 5}


def test_groups_without_an_agency_come_last() -> None:
    groups = [
        {"id": "tanpa", "headcount": 5, "gaps": {"keu-daerah": 2}},
        {"id": "bkd", "headcount": 5, "agency": "BKD", "gaps": {"keu-daerah": 2}},
    ]
    built = scenario(groups=groups, rules=[])
    assert list(Measures(built, plan(built, Decisions())).agencies) == ["BKD", None]
