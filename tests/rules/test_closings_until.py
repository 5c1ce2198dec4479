"""Closings by the end of a year: rules count the gaps that close in the years they name."""

from __future__ import annotations

import pytest

from planner.domain.scenario import Scenario
from planner.errors import InfeasibleError
from planner.planning import plan
from planner.solve.outcome import SearchLimits
from tests.oracle.generate_year_rules import with_years_rule
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Found
from tests.rules.readings import readings
from tests.rules.small import Plain, best, golden, small
from tests.sampled import few, some
from tests.scenarios.hand import broken, paid, planned

YEARS = ("2027", "2028", "2029")


def over_years(*prices: int, rule: Plain, lasts: int = 1, **changes: object) -> Plain:
    """Ten people who lack one competency, at a price of each year, a period a year, and a rule on gaps closed."""
    periods = [{"id": f"T{year}", "year": int(year)} for year in YEARS[: len(prices)]]
    price = {"by": "year", **dict(zip(YEARS, prices, strict=False))}
    costs = [{"item": "Butir", "account": "5.1.02.01.01.0001", "per": "participant", "price": price}]
    named = {"name": "Tahun", "measure": "gaps_closed", **rule}
    return small(periods=periods, programmes={"costs": costs, "lasts": lasts}, rules=[named], **changes)


def within(*years: int, **rule: object) -> Plain:
    return {"where": {"years": list(years)}, **rule}


@proves("closings_until", HAND)
@pytest.mark.parametrize(
    ("prices", "rule", "reached"),
    [
        # six of ten in the cheaper second year, four as asked in the first: 4 x 10 + 6 x 5
        ((10, 5), within(2027, at_least=4), ["10", "70"]),
        ((10, 5), within(2027, at_least="40%"), ["10", "70"]),
        # all years are the whole plan
        ((10, 5), within(2027, 2028, at_least=4), ["10", "50"]),
        # of three years the one in the middle, and the two around it
        ((5, 9, 7), within(2028, at_least=3), ["10", "62"]),
        ((5, 9, 7), within(2027, 2029, at_least=4), ["10", "50"]),
        ((9, 5, 7), within(2027, 2029, at_least=4), ["10", "58"]),
        ((5, 9, 7), within(2028, 2029, at_least=3), ["10", "56"]),
        # as a goal it is missed where that costs less
        ((10, 5), within(2027, at_least=4, soft={"penalty": 2}), ["10", "70"]),
        ((11, 5), within(2027, at_least=11, soft={"penalty": 0}), ["10", "50"]),
    ],
)
def test_closings_count_in_the_year_in_which_the_course_ends(
    prices: tuple[int, ...], rule: Plain, reached: list[str]
) -> None:
    assert best(over_years(*prices, rule=rule)) == reached


@proves("closings_until", HAND)
def test_a_course_over_the_turn_of_the_year_counts_in_the_year_of_its_end() -> None:
    # two periods each: it starts in 2027 and ends in 2028, or starts in 2028 and ends in 2029, where it is cheaper
    assert best(over_years(8, 5, 5, rule=within(2028, at_least=4), lasts=2)) == ["10", "62"]
    assert best(over_years(8, 5, 5, rule=within(2027, at_least=1), lasts=2)) == []


LATER: Plain = {"headcount": 4, "gaps": {"keu": 2}, "new_gaps": {"2028": {"keu": 2}}}
"""Two lack the competency in 2027, and four in 2028."""


@proves("closings_until", HAND)
def test_a_share_is_of_the_need_in_the_end_or_by_the_end_of_the_same_years() -> None:
    # half of four, or half of two, at Rp10 instead of Rp5
    rule = within(2027, at_least="50%")
    assert best(over_years(10, 5, rule=rule, groups=LATER)) == ["4", "30"]
    assert best(over_years(10, 5, rule=rule | {"of_years": "same"}, groups=LATER)) == ["4", "25"]
    # 60% of four is more than the two who need it by then
    assert best(over_years(10, 5, rule=within(2027, at_least="60%"), groups=LATER)) == []


@proves("until_exact", HAND)
@pytest.mark.parametrize(
    ("prices", "rule", "reached"),
    [
        # four in the cheap first year at most, the others later: 4 x 5 + 6 x 10
        ((5, 10), within(2027, at_most=4), ["10", "80"]),
        ((5, 10), within(2027, at_most="40%"), ["10", "80"]),
        ((5, 10), within(2028, at_least=4), ["10", "70"]),
        ((10, 5), within(2028, at_most=4), ["10", "80"]),
        ((7, 5, 9), within(2028, at_most=2), ["10", "66"]),
        ((5, 7, 9), within(2027, 2029, at_least=4, at_most=4), ["10", "62"]),
        # neither year may close any: nothing does
        ((5, 5), within(2027, 2028, at_most=0), ["0", "0"]),
    ],
)
def test_a_cap_in_one_year_lets_gaps_close_in_another(prices: tuple[int, ...], rule: Plain, reached: list[str]) -> None:
    assert best(over_years(*prices, rule=rule)) == reached


@proves("until_exact", HAND)
def test_what_is_trained_beyond_the_gap_of_its_year_counts_in_no_year() -> None:
    # three are to close in 2028, where two new ones need it: one of the first two has to wait
    assert best(over_years(5, 10, rule=within(2028, at_least=3), groups=LATER)) == ["4", "35"]
    assert best(over_years(5, 10, rule=within(2028, at_least=2), groups=LATER)) == ["4", "30"]
    # one in 2027 at most, and then all the others in 2028
    assert best(over_years(5, 10, rule=within(2027, at_most=1), groups=LATER)) == ["4", "35"]
    assert best(over_years(5, 10, rule=within(2027, at_most="50%", of_years="same"), groups=LATER)) == ["4", "35"]


def of_one_agency(*years: int, periods: list[str], **rule: object) -> Plain:
    """The agency has one chance in keu, half a chance of each group: it counts for the one that comes first in the
    file, if somebody of it attends; and five in arsip. The rule is about keu in group b."""
    lacking: Plain = {"agency": "A", "headcount": 5, "gaps": {"keu": 1, "arsip": 5}, "uptake": "50%"}
    counted = {"groups": {"id": "b"}, "competencies": {"id": "keu"}, "years": list(years)}
    return small(
        periods=[{"id": "TW1", "year": 2027}, {"id": "TW2", "year": 2028}],
        competencies=[{"id": "keu", "kind": "technical"}, {"id": "arsip", "kind": "technical"}],
        groups=[{"id": g, **lacking} for g in ("a", "b")],
        programmes={"closes": {"keu": 1, "arsip": 1}, "periods": periods},
        rules=[{"name": "Kelompok b", "measure": "gaps_closed", "where": counted, **rule}],
    )


BOTH = ["TW1", "TW2"]


@proves("until_exact", HAND)
def test_a_rule_about_one_group_counts_the_chances_that_the_plan_would_report_by_then() -> None:
    # three of b in 2027 close 3 + 1; two of a may come in 2028, to whom the chance then goes: 5 + 1
    assert best(of_one_agency(2027, periods=BOTH, at_least=1)) == ["6", "0"]
    assert best(of_one_agency(2027, periods=["TW1"], at_least=1)) == ["4", "0"]
    # for b to have it in 2028, and not before, nobody of a ever attends
    assert best(of_one_agency(2028, periods=BOTH, at_least=1)) == ["4", "0"]
    # none of b in 2027: somebody of a comes first
    assert best(of_one_agency(2027, periods=["TW1"], at_most=0)) == ["6", "0"]


@proves("closings_until", GOLDEN)
def test_the_rows_of_closings_until_a_year(request: pytest.FixtureRequest) -> None:
    golden("closings_until", over_years(5, 5, 10, rule=within(2028, at_most=1, at_least=1), groups=LATER), request)


@proves("until_exact", GOLDEN)
def test_the_rows_of_a_best_use_until_a_year(request: pytest.FixtureRequest) -> None:
    golden("until_exact", of_one_agency(2027, periods=["TW1"], at_least=1), request)


@proves("closings_until", PROPERTY)
@proves("until_exact", PROPERTY)
def test_every_rule_about_years_holds_for_what_closes_in_them() -> None:
    asked = capped = 0
    for seed in some(range(60)):
        plain = with_years_rule(seed, 200)
        try:
            made = plan(Scenario.model_validate(plain), SearchLimits(gap=0.0), inline=True).plan
        except InfeasibleError:
            continue
        found = Found(seed, plain, made)
        stated = [row for row in made.rules if row.rule.startswith("Tahun")]
        rules = [rule for rule in plain["rules"] if rule["name"].startswith("Tahun")]
        read = [(rule, *reading) for rule in rules for reading in readings(found, rule)]
        for row, (rule, _of, measure, at_least, at_most) in zip(stated, read, strict=True):
            assert (row.measure, row.at_least, row.at_most) == (measure, at_least, at_most), seed
            assert "soft" in rule or row.held, seed
            asked += at_least is not None and measure > 0
            capped += at_most is not None and measure > 0
    assert min(asked, capped) > few(3)


@proves("closings_until", CHECK)
@proves("until_exact", CHECK)
def test_the_check_finds_one_gap_too_many_or_too_few_in_a_year() -> None:
    def found(rule: Plain, first: int, second: int) -> set[str]:
        plain = over_years(5, 5, rule=rule, groups=LATER)
        people = {("a", "bimtek", "T2027"): first, ("a", "bimtek", "T2028"): second}
        payments = [paid(5 * n, group="a", period=t) for (_g, _p, t), n in people.items() if n]
        return broken(plain, planned(plain, {seat: n for seat, n in people.items() if n}, payments=payments))

    assert found(within(2027, at_most=1), 1, 3) == set()
    assert found(within(2027, at_most=1), 2, 2) == {"rules"}
    assert found(within(2028, at_least=3), 1, 3) == set()
    assert found(within(2028, at_least=3), 2, 2) == {"rules"}
    assert found(within(2027, at_most="50%", of_years="same"), 1, 3) == set()
    assert found(within(2027, at_most="50%", of_years="same"), 2, 2) == {"rules"}
    assert found(within(2027, at_most="50%"), 2, 2) == set()


@proves("closings_until", CHECK)
def test_the_check_finds_a_measure_of_other_years() -> None:
    plain = over_years(5, 5, rule=within(2027, at_most=1), groups=LATER)
    payments = [paid(5, group="a", period="T2027"), paid(15, group="a", period="T2028")]
    made = planned(plain, {("a", "bimtek", "T2027"): 1, ("a", "bimtek", "T2028"): 3}, payments=payments)
    made["rules"][0]["measure"] = 4.0
    assert broken(plain, made) == {"rules"}
