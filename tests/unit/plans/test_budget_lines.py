"""Budget lines: every product exact, and the plan's cost to the rupiah in every grouping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.programmes import CostItem
from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.payments.payment import Payment
from planner.planning import SearchLimits
from planner.planning import plan as planned
from planner.plans.budget_lines import BudgetLine, account_totals, budget_lines
from planner.plans.measures import summed
from planner.plans.plan import Plan
from tests.oracle.generate import random_scenarios
from tests.rules.random_plans import plans
from tests.sampled import few, some
from tests.scenarios.builders import DECISIONS, SMALL, plan, scenario

Case = tuple[Scenario, Plan]
WITHOUT_SEATS = replace(DECISIONS, seats={})


def short(line: BudgetLine) -> tuple[Any, ...]:
    return (line.programme, line.fund, line.account, line.item, line.coefficient, line.unit, line.price, line.amount)


def test_the_lines_of_a_small_plan_are_those_a_planner_would_write() -> None:
    assert [short(line) for line in budget_lines(scenario(), plan())] == [
        ("bimtek-keu", "apbd", "5.1.02.01.01.0052", "Konsumsi", 330, "OH", 55_000, 18_150_000),
        ("bimtek-keu", "apbd", "5.1.02.02.01.0003", "Honorarium narasumber", 5, "OJ", 900_000, 4_500_000),
        ("bimtek-keu", "apbd", "5.1.02.02.01.0003", "Honorarium narasumber", 1, "OJ", 300_000, 300_000),
        ("bimtek-keu", "unja", "5.1.02.02.01.0003", "Honorarium narasumber", 66, "OJ", 900_000, 59_400_000),
        ("bimtek-keu", "unja", "5.1.02.02.01.0003", "Honorarium narasumber", 1, "OJ", 600_000, 600_000),
        ("bimtek-keu", "apbd", "5.1.02.02.12.0001", "Penyusunan kurikulum", 1, None, 25_000_000, 25_000_000),
        ("bimtek-keu", "apbd", "5.1.02.04.01.0001", "Perjalanan dinas", 30, "OK", 850_000, 25_500_000),
        ("pel-komunikasi", "apbd", "5.1.02.02.12.0001", "Lisensi", 17, None, 250_000, 4_250_000),
        (None, "apbd", "5.1.02.02.12.0001", "agreement:unja", 1, None, 10_000_000, 10_000_000),
        (None, "apbd", "5.1.02.02.12.0002", "socialization", 1, None, 15_000_000, 15_000_000),
    ]


def test_a_coefficient_is_people_or_classes_times_the_quantity() -> None:
    lines = budget_lines(scenario(), plan())
    assert [line.number for line in lines] == [110, None, None, None, None, 1, 30, 17, 1, 1]
    funds = [{"id": "apbd", "kind": "own", "amount": 900_000_000}]
    one_payer = scenario(funds=funds)
    lines = budget_lines(one_payer, plan(one_payer, WITHOUT_SEATS))
    assert [(line.item, line.number, int(line.coefficient)) for line in lines[:2]] == [
        ("Konsumsi", 110, 330),
        ("Honorarium narasumber", 3, 72),
    ]


def test_free_seats_are_not_paid_and_not_counted() -> None:
    with_seats, without = (
        [line for line in budget_lines(scenario(), made) if line.programme == "pel-komunikasi"]
        for made in (plan(), plan(None, WITHOUT_SEATS))
    )
    assert [line.coefficient for line in with_seats] == [17]
    assert [line.coefficient for line in without] == [37]


def test_a_price_by_location_is_a_line_for_each_price_with_its_places() -> None:
    programmes = [dict(programme) for programme in SMALL["programmes"]]
    travel = {"item": "Perjalanan dinas", "per": "participant", "unit": "OK"}
    prices = {"by": "location", "Kerinci": 850_000, "Kota Jambi": 100_000}
    programmes[0]["costs"] = [{**travel, "price": prices}]
    built = scenario(programmes=programmes)
    lines = [line for line in budget_lines(built, plan(built)) if line.programme == "bimtek-keu"]
    assert [(line.price, int(line.coefficient), [*line.places]) for line in lines] == [
        (100_000, 80, ["Kota Jambi"]),
        (850_000, 30, ["Kerinci"]),
    ]


def test_half_units_stay_halves() -> None:
    programmes = [dict(programme) for programme in SMALL["programmes"]]
    item = {"item": "Modul", "per": "participant", "quantity": 0.5, "unit": "paket", "price": 101_000 * 2}
    programmes[0]["costs"] = [item]
    built = scenario(programmes=programmes)
    (line,) = [line for line in budget_lines(built, plan(built)) if line.programme == "bimtek-keu"]
    assert (int(line.coefficient), line.amount, line.number) == (55, 110 * 101_000, 110)
    odd = replace_payment(plan(built), lambda payment: payment.amount - 101_000)
    assert budget_lines(built, odd)[0].coefficient == Fraction(109, 2)


def replace_payment(made: Plan, amount: Callable[[Payment], int]) -> Plan:
    """The plan with another amount in its first payment."""
    first, *others = made.payments
    return replace(made, payments=(replace(first, amount=amount(first)), *others))


def test_a_plan_that_spends_nothing_has_no_lines() -> None:
    assert budget_lines(scenario(), replace(plan(), payments=())) == ()
    assert account_totals(()) == {}


def test_account_totals_come_by_code_and_costs_without_one_last() -> None:
    programmes = [dict(programme) for programme in SMALL["programmes"]]
    programmes[1]["costs"] = [{"item": "Lisensi", "per": "participant", "price": 250_000}]
    built = scenario(programmes=programmes)
    totals = account_totals(budget_lines(built, plan(built)))
    assert list(totals) == [
        "5.1.02.01.01.0052",
        "5.1.02.02.01.0003",
        "5.1.02.02.12.0001",
        "5.1.02.02.12.0002",
        "5.1.02.04.01.0001",
        None,
    ]
    assert sum(totals.values()) == plan(built).total_cost


GROUPINGS = [fields for n in range(5) for fields in combinations(("programme", "fund", "account", "item"), n)]


def assert_exact(built: Scenario, made: Plan) -> None:
    """What every set of lines keeps."""
    lines = budget_lines(built, made)
    for line in lines:
        assert line.coefficient * line.price == line.amount > 0
        assert isinstance(line.price, int)
        assert isinstance(line.amount, int)
    assert sum(line.amount for line in lines) == sum(payment.amount for payment in made.payments)
    for fields in GROUPINGS:

        def key(row: BudgetLine | Payment, fields: tuple[str, ...] = fields) -> tuple[str, ...]:
            return tuple(getattr(row, field) for field in fields)

        assert summed(lines, key, lambda line: line.amount) == summed(made.payments, key, lambda paid: paid.amount)
    assert_units(built, made, lines)


def assert_units(built: Scenario, made: Plan, lines: tuple[BudgetLine, ...]) -> None:
    """All that is paid of an item at a price is its units times the price, counted from people and classes."""
    units = counted(built, made)
    paid: dict[tuple[str, str, str | None, int], int] = {}
    for line in lines:
        if line.programme is None:
            continue
        item = next(
            i for i in built.programme[line.programme].costs if (i.item, i.account) == (line.item, line.account)
        )
        step = Fraction(1, item.quantity.denominator)
        if line.rest:
            assert line.coefficient == 1
            continue
        assert (line.coefficient / step).denominator == 1
        assert line.unit == item.unit
        key = (line.programme, line.item, line.account, line.price)
        assert key in units
        paid[key] = paid.get(key, 0) + line.amount
    rests = summed(
        (line for line in lines if line.rest and line.programme),
        lambda line: (line.programme, line.item, line.account),
        lambda line: line.amount,
    )
    for (programme, name, account), rest in rests.items():
        owed = sum(
            int(number * key[3]) - paid.get(key, 0)
            for key, number in units.items()
            if key[:3] == (programme, name, account)
        )
        assert owed == rest
    for key, number in units.items():
        if key[:3] not in rests:
            assert paid.get(key, 0) == number * key[3]


def counted(built: Scenario, made: Plan) -> dict[tuple[str, str, str | None, int], Fraction]:
    """Units of each item at each price, from allocations, classes and free seats."""
    units: dict[tuple[str, str, str | None, int], Fraction] = {}

    def add(programme: str, item: CostItem, price: int | None, number: int) -> None:
        assert price is not None
        key = (programme, item.item, item.account, price)
        units[key] = units.get(key, Fraction(0)) + item.quantity * number

    for row in made.allocations:
        programme, group = built.programme[row.programme], built.group[row.group]
        for item in programme.items("participant"):
            free = sum(
                seat.seats
                for seat in made.seats
                if (seat.programme, seat.group, seat.period) == (row.programme, row.group, row.period)
                and built.fund[seat.fund].seats_cover.matches(item.attributes())
            )
            add(programme.id, item, item.price_for(group), row.participants - free)
    for held in made.classes:
        for item in built.programme[held.programme].items("class"):
            add(held.programme, item, item.price_for(None), held.classes)
    for id in {row.programme for row in made.allocations}:
        for item in built.programme[id].items("programme"):
            add(id, item, item.price_for(None), 1)
    return units


@lru_cache(maxsize=1)
def solved() -> list[Case]:
    """Plans of tiny random scenarios, and of some with realistic rupiah."""
    tiny = [(Scenario.model_validate(found.plain), found.plan) for found in plans(lambda plain: True, 60)]
    for seed in some(range(4), 4):
        built = Scenario.model_validate(random_scenarios(seed, (5, 4, 2, 4)))
        try:
            tiny.append((built, planned(built, SearchLimits(gap=0.01, time_limit=20), inline=True).plan))
        except InfeasibleError:
            continue
    return tiny


def test_the_lines_of_random_plans_are_exact_in_every_grouping() -> None:
    split = 0
    for built, made in solved():
        assert_exact(built, made)
        split += any(line.rest for line in budget_lines(built, made))
    assert split >= few(5)


def test_a_fund_that_pays_an_item_alone_has_no_rest() -> None:
    for built, made in solved():
        payers: dict[tuple[Any, ...], set[str]] = {}
        for payment in made.payments:
            payers.setdefault((payment.programme, payment.item, payment.account), set()).add(payment.fund)
        for line in budget_lines(built, made):
            if line.rest and line.programme is not None:
                assert len(payers[line.programme, line.item, line.account]) > 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 10**9)), max_size=12))
def test_however_payments_are_split_between_funds_the_lines_are_exact(cuts: list[tuple[int, int]]) -> None:
    built, made = scenario(), plan()
    payments = list(made.payments)
    for position, part in cuts:
        payment = payments[position % len(payments)]
        moved = part % (payment.amount + 1)
        if 0 < moved < payment.amount:
            at = payments.index(payment)
            other = "unja" if payment.fund == "apbd" else "apbd"
            payments[at : at + 1] = [
                replace(payment, amount=payment.amount - moved),
                replace(payment, fund=other, amount=moved),
            ]
    assert_exact(built, replace(made, payments=tuple(payments)))


def test_what_a_fund_pays_in_whole_units_of_an_item_at_one_price_is_one_line() -> None:
    for built, made in solved():
        lines = [line for line in budget_lines(built, made) if not line.rest]
        whole = [(*short(line)[:4], line.price, line.group, line.year) for line in lines]
        assert len(set(whole)) == len(whole)
