"""Max share: a fund pays part of a programme, not all of it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest

from planner.domain.scenario import Scenario
from planner.model.build import build
from tests.oracle.measures import charges
from tests.oracle.plain import number
from tests.rules.proofs import CHECK, GOLDEN, HAND, PROPERTY, proves
from tests.rules.random_plans import Found, plans
from tests.rules.small import best, costing, golden, small, with_partner
from tests.sampled import few
from tests.scenarios.hand import broken, paid, planned


@proves("fund_max_share", HAND)
def test_a_partner_pays_its_share_of_a_programme() -> None:
    # beside Rp7 of one's own at most half: Rp8 of the Rp15 for five people, a rupiah short of the Rp18 for six
    assert best(with_partner(7, max_share="50%")) == ["5", "7"]
    assert best(with_partner(6, max_share="50%")) == ["4", "6"]
    assert best(with_partner(7)) == ["10", "0"]


@proves("fund_max_share", HAND)
@pytest.mark.parametrize("price", [851_371, 851_370, 1, 7])
def test_shares_of_seventy_and_thirty_per_cent_pay_every_price(price: int) -> None:
    # three people at Rp851,371 cost Rp2,554,113: at most Rp1,787,880 and Rp766,234, a rupiah more than it takes
    funds = [
        {"id": "apbd", "kind": "own", "amount": 10**9, "max_share": "70%"},
        {"id": "unja", "kind": "partner", "amount": 10**9, "max_share": "30%"},
    ]
    plain = small(groups={"headcount": 3, "gaps": {"keu": 3}}, programmes=costing("participant", price), funds=funds)
    assert best(plain) == ["3", str(3 * price - ceil(Fraction("0.3") * 3 * price))]


@proves("fund_max_share", GOLDEN)
def test_the_rows_of_max_share(request: pytest.FixtureRequest) -> None:
    golden("fund_max_share", with_partner(7, max_share="50%"), request)


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
    row = next(row for row in model.problem.constraints() if row.name == "fund_max_share__0")
    found = {variable.name: factor for variable, factor in row.items()}
    assert {"z0": 0, "z1": 0} | found == pytest.approx({"z0": own, "z1": partner}, rel=1e-15)
    assert -row.constant == pytest.approx(most, rel=1e-15)


def cost_of(found: Found, programme: str) -> int:
    """What a programme costs, by the oracle's arithmetic."""
    seats = {(row.fund, row.programme, row.group, row.period): row.seats for row in found.plan.seats}
    due = charges(found.instance, found.people, found.classes, frozenset(), seats, frozenset())
    return sum(charge.cost for charge in due if charge.key[0] == programme)


@proves("fund_max_share", PROPERTY)
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
    assert min(near, begun) > few(3)


@proves("fund_max_share", CHECK)
def test_the_check_finds_one_rupiah_beyond_the_share() -> None:
    plain = with_partner(7, max_share="50%")
    people = {("a", "bimtek", "TW1"): 4}
    halves = [paid(6, group="a"), paid(6, "unja", group="a")]
    assert not broken(plain, planned(plain, people, payments=halves))
    more = [paid(5, group="a"), paid(7, "unja", group="a")]
    assert broken(plain, planned(plain, people, payments=more)) == {"fund_max_share"}
    odd = {("a", "bimtek", "TW1"): 5}
    assert not broken(plain, planned(plain, odd, payments=[paid(7, group="a"), paid(8, "unja", group="a")]))
    over = [paid(6, group="a"), paid(9, "unja", group="a")]
    assert broken(plain, planned(plain, odd, payments=over)) == {"fund_max_share"}
