"""Partners: their share of a programme, what they match, and the least they come for."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest

from planner.domain.scenario import Scenario
from planner.model.build import build
from tests.oracle.instance import number
from tests.oracle.measures import charges
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Found, plans
from tests.rules.small import Plain, best, costing, golden, small
from tests.unit.check.hand import broken, paid, planned

PRICE = costing("participant", 3)


def with_partner(own: int, **conditions: object) -> Plain:
    """People at Rp3 each, `own` rupiah of one's own, and a partner of Rp100 with conditions."""
    partner = {"id": "unja", "kind": "partner", "amount": 100} | conditions
    return small(programmes=PRICE, funds=[{"id": "apbd", "kind": "own", "amount": own}, partner])


def for_another(minimum: int) -> Plain:
    """A partner who pays only for the five people of another group: Rp15."""
    plain = with_partner(9, minimum=minimum, pays={"groups": {"id": "b"}})
    plain["groups"].append({"id": "b", "headcount": 5, "gaps": {"keu": 5}})
    return plain


@proves("max_share", HAND)
def test_a_partner_pays_its_share_of_a_programme() -> None:
    # beside Rp7 of one's own at most half: Rp8 of the Rp15 for five people, a rupiah short of the Rp18 for six
    assert best(with_partner(7, max_share="50%")) == ["5", "7"]
    assert best(with_partner(6, max_share="50%")) == ["4", "6"]
    assert best(with_partner(7)) == ["10", "0"]


@proves("max_share", HAND)
@pytest.mark.parametrize("price", [851_371, 851_370, 1, 7])
def test_shares_of_seventy_and_thirty_per_cent_pay_every_price(price: int) -> None:
    # three people at Rp851,371 cost Rp2,554,113: at most Rp1,787,880 and Rp766,234, a rupiah more than it takes
    funds = [
        {"id": "apbd", "kind": "own", "amount": 10**9, "max_share": "70%"},
        {"id": "unja", "kind": "partner", "amount": 10**9, "max_share": "30%"},
    ]
    plain = small(groups={"headcount": 3, "gaps": {"keu": 3}}, programmes=costing("participant", price), funds=funds)
    assert best(plain) == ["3", str(3 * price - ceil(Fraction("0.3") * 3 * price))]


@proves("match", HAND)
def test_a_partner_matches_what_the_other_spends() -> None:
    # for Rp7 of one's own at most Rp3.5: Rp9 for three people, of which Rp6 are one's own
    matched = {"with": "apbd", "ratio": 0.5}
    assert best(with_partner(7, match=matched)) == ["3", "6"]
    assert best(with_partner(7)) == ["10", "0"]


@proves("match", HAND)
@pytest.mark.parametrize("ratio", [0.333, 0.333333, 0.3333333333333333])
def test_a_match_is_rounded_up_to_whole_rupiah(ratio: float) -> None:
    # a third of Rp4 of one's own is Rp1.33, which is Rp2: two people; a third of Rp3 is Rp1: one person, Rp3 of Rp4
    third = {"with": "apbd", "ratio": ratio}
    assert best(with_partner(4, match=third)) == ["2", "4"]
    assert best(with_partner(3, match=third)) == ["1", "2"], "Rp2 of one's own bring Rp1"
    assert best(with_partner(0, match=third)) == ["0", "0"], "nothing brings nothing"
    assert best(with_partner(9, match={"with": "apbd", "ratio": 0})) == ["3", "9"], "and no ratio either"


@proves("minimum", HAND)
def test_a_partner_comes_for_its_minimum_or_not_at_all() -> None:
    # the partner could pay Rp15 and not Rp16; Rp9 of one's own pay three people
    assert best(for_another(minimum=15)) == ["8", "9"]
    assert best(for_another(minimum=16)) == ["3", "9"]


@proves("minimum", HAND)
def test_an_agreement_that_nothing_comes_of_is_not_paid() -> None:
    # nobody would want to; a rule that asks for spending might, and is refused
    plain = for_another(minimum=0)
    plain["funds"][1] |= {"amount": 0, "agreement_cost": {"amount": 4}}
    plain["programmes"][0] |= costing("participant", 0)
    plain["rules"] = [{"name": "Belanja", "measure": "cost", "at_least": 4}]
    assert best(plain) == []


@proves("max_share", GOLDEN)
def test_the_rows_of_max_share(request: pytest.FixtureRequest) -> None:
    golden("max_share", with_partner(7, max_share="50%"), request)


@proves("match", GOLDEN)
def test_the_rows_of_match(request: pytest.FixtureRequest) -> None:
    golden("match", with_partner(7, match={"with": "apbd", "ratio": 0.5}), request)


@proves("minimum", GOLDEN)
def test_the_rows_of_minimum(request: pytest.FixtureRequest) -> None:
    golden("minimum", for_another(minimum=16), request)


@pytest.mark.parametrize(
    ("share", "unit", "own", "partner", "most"),
    [
        # den - num and -num, against den - 1 rupiah in units of the solver
        ("34%", 1, -17, 33, 49),
        (0.123457, 1, -123_457, 876_543, 999_999),
        # more than seven digits: all of it divided by den
        ("12.3456789%", 1, -0.123456789, 0.876543211, 1 - 1e-9),
        ("50%", 1000, -1, 1, 0.001),
        ("0%", 1, 0, 1, 0),
    ],
)
def test_the_row_of_a_share_is_in_whole_numbers_where_these_are_not_too_large(
    share: object, unit: int, own: float, partner: float, most: float
) -> None:
    plain = with_partner(7 * unit, max_share=share)
    plain["programmes"][0] |= costing("participant", 3 * unit)
    plain["funds"][1]["amount"] *= unit
    model = build(Scenario.model_validate(plain))
    assert model.parts.unit == unit
    row = next(row for row in model.problem.constraints() if row.name == "max_share__0")
    found = {variable.name: factor for variable, factor in row.items()}
    assert {"z0": 0, "z1": 0} | found == pytest.approx({"z0": own, "z1": partner}, rel=1e-15)
    assert -row.constant == pytest.approx(most, rel=1e-15)


def test_a_match_counts_no_ratio_beyond_what_a_solver_can_tell_apart() -> None:
    plain = with_partner(7, match={"with": "apbd", "ratio": 123_456_789_012.5})
    model = build(Scenario.model_validate(plain))
    row = next(row for row in model.problem.constraints() if row.name == "match__0")
    assert {variable.name: factor for variable, factor in row.items()} == {"z0": -1, "z1": 1e-8}


def cost_of(found: Found, programme: str) -> int:
    """What a programme costs, by the oracle's arithmetic."""
    seats = {(row.fund, row.programme, row.group, row.period): row.seats for row in found.plan.seats}
    due = charges(found.instance, found.people, found.classes, frozenset(), seats, frozenset())
    return sum(charge.cost for charge in due if charge.key[0] == programme)


@proves("max_share", PROPERTY)
def test_no_plan_lets_a_fund_pay_more_than_its_share() -> None:
    near = begun = 0
    for found in plans(lambda plain: any("max_share" in fund for fund in plain["funds"]), 60):
        for f, fund in found.instance.funds.items():
            for p in found.instance.programmes:
                spent = found.spent(f, lambda row, p=p: row.programme == p)  # type: ignore[misc]
                most = number(fund.get("max_share", 1)) * cost_of(found, p)
                assert spent <= ceil(most), (found.seed, f, p)
                near += "max_share" in fund and 0 < spent > most - 1
                begun += spent > most
    assert min(near, begun) > 3


@proves("match", PROPERTY)
def test_no_plan_lets_a_fund_pay_beyond_its_match() -> None:
    seen = 0
    for found in plans(lambda plain: any("match" in fund for fund in plain["funds"]), 60):
        for f, fund in found.instance.funds.items():
            if "match" in fund:
                most = number(fund["match"]["ratio"]) * found.spent(fund["match"]["with"])
                assert found.spent(f) <= ceil(most), (found.seed, f)
                seen += found.spent(f) > 0
    assert seen > 2


@proves("minimum", PROPERTY)
def test_every_fund_that_is_used_pays_its_minimum() -> None:
    used = unused = 0
    for found in plans(lambda plain: any(fund.get("minimum") for fund in plain["funds"]), 60):
        for f, fund in found.instance.funds.items():
            if fund.get("minimum"):
                assert not found.used(f) or found.spent(f) >= fund["minimum"], (found.seed, f)
                used += found.used(f)
                unused += not found.used(f)
    assert min(used, unused) > 5


@proves("max_share", CHECK)
def test_the_check_finds_one_rupiah_beyond_the_share() -> None:
    plain = with_partner(7, max_share="50%")
    people = {("a", "bimtek", "TW1"): 4}
    halves = [paid(6, group="a"), paid(6, "unja", group="a")]
    assert not broken(plain, planned(plain, people, payments=halves))
    more = [paid(5, group="a"), paid(7, "unja", group="a")]
    assert broken(plain, planned(plain, people, payments=more)) == {"max_share"}
    odd = {("a", "bimtek", "TW1"): 5}
    assert not broken(plain, planned(plain, odd, payments=[paid(7, group="a"), paid(8, "unja", group="a")]))
    over = [paid(6, group="a"), paid(9, "unja", group="a")]
    assert broken(plain, planned(plain, odd, payments=over)) == {"max_share"}


@proves("match", CHECK)
def test_the_check_finds_one_rupiah_beyond_the_match() -> None:
    plain = with_partner(7, match={"with": "apbd", "ratio": 0.5})
    people = {("a", "bimtek", "TW1"): 3}
    assert not broken(plain, planned(plain, people, payments=[paid(6, group="a"), paid(3, "unja", group="a")]))
    more = [paid(5, group="a"), paid(4, "unja", group="a")]
    assert broken(plain, planned(plain, people, payments=more)) == {"match"}


@proves("match", CHECK)
def test_the_check_allows_the_rupiah_that_a_match_begins() -> None:
    plain = with_partner(7, match={"with": "apbd", "ratio": 0.5})
    plain["programmes"][0] |= costing("participant", 5)
    people = {("a", "bimtek", "TW1"): 1}
    assert not broken(plain, planned(plain, people, payments=[paid(3, group="a"), paid(2, "unja", group="a")]))
    more = [paid(2, group="a"), paid(3, "unja", group="a")]
    assert broken(plain, planned(plain, people, payments=more)) == {"match"}


@proves("minimum", CHECK)
def test_the_check_finds_one_rupiah_below_the_minimum() -> None:
    people = {("b", "bimtek", "TW1"): 5}
    for minimum, found in ((15, set()), (16, {"minimum"})):
        plain = for_another(minimum=minimum)
        plan = planned(plain, people, payments=[paid(15, "unja", group="b")])
        assert broken(plain, plan) == found
