"""The scenarios of the scan: for each number one scenario as plain data, the same whenever it is asked for.

    scenario_of(number: int) -> Case       kind_of(number: int) -> str

Kinds take turns. Those in TRIED are so small that every plan can be tried:

    tiny      a tiny scenario as the oracle's generator draws it; now and then a part of it has happened already
    scaled    every amount times one large number, budgets a rupiah more or less
    mixed     every price at its own scale, from a rupiah to 10^12, and budgets that fit some plan or miss it by one
    effects   effects of 0.001 and 0.01, weights from 0.0001 to 10,000 side by side, at any scale
    single    many groups of one person
    years     a tiny scenario over two years: amounts and prices by year, what lapses and what is carried over; now and
              then a part of it has happened already, also into the second year
    shares    two funds whose shares meet at 100%, beside it or just short of it, and funds that match each other

The others are beyond that: `ordinary` uses every feature of the file with ten to two hundred people a group, `wide` is
in the style of the scenarios that solvers got wrong, a price that nobody can pay beside small ones.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from planner.domain.checks.validation import find_problems
from planner.domain.scenario import Scenario
from tests.oracle.brute_force import count
from tests.oracle.generate import tiny_scenarios
from tests.oracle.generate_facts import with_facts, with_facts_of_years
from tests.oracle.generate_year_rules import add_years_rules
from tests.oracle.generate_years import add_years
from tests.oracle.plain import limit, number
from tests.scan.budgets import divided, fitted
from tests.scan.exact_oracle import OutOfTime, best
from tests.scan.ordinary import ordinary, wide

Plain = dict[str, Any]

MOST_PLANS: Final = 3_000
"""Ways to place people up to which every plan is tried."""

FACTORS: Final = (7, 1_000, 851_371, 1_000_003, 35_000_000, 10**9, 1_000_000_007, 999_999_999_989)
"""What amounts are multiplied with: round numbers and primes, up to a trillion."""

BASES: Final = 100
"""Tiny scenarios that one number may begin from."""

TINY_FROM: Final = 1_000_000
"""Tiny scenarios begin with this number of the oracle's generator: its own tests have seen those before."""


BEGUN_YEARS: Final = 47
"""Of each hundred numbers the one whose scenario of years has begun."""

ENOUGH_SECONDS: Final = 600.0
"""So long that no time limit decides which scenario a number means."""


@dataclass(frozen=True)
class Case:
    """One scenario of the scan."""

    number: int
    kind: str
    plain: Plain

    @property
    def tried(self) -> bool:
        """Whether every plan of it can be tried."""
        return self.kind in TRIED


def kind_of(number: int) -> str:
    """The kind that a number has."""
    return TURNS[number % len(TURNS)]


def scenario_of(number: int) -> Case:
    """The scenario of a number: the first that is well formed among those its dice give."""
    kind = kind_of(number)
    dice = random.Random(f"scan {kind} {number}")
    while True:
        plain = MAKE[kind](dice, number)
        plain["scenario"] = {"id": f"{kind}-{number}", "fiscal_year": 2027}
        if not well_formed(plain):
            continue
        if kind not in TRIED or (count(plain) <= MOST_PLANS and (dice.random() < 0.2 or something_closes(plain))):
            return Case(number, kind, plain)


def well_formed(plain: Plain) -> bool:
    """Whether the program takes a scenario: it refuses sums of 10^15, among other things."""
    try:
        return not find_problems(Scenario.model_validate(plain))
    except ValidationError:
        return False


def something_closes(plain: Plain) -> bool:
    """Whether the best plan closes more than it loses: tiny scenarios are often so narrow that nothing is possible."""
    try:
        truth = best(plain, ENOUGH_SECONDS)
    except OutOfTime:
        return True
    return truth is not None and truth.values[truth.goals.index("gaps_closed")] > 0


def tiny(dice: random.Random, number: int) -> Plain:
    """A tiny scenario as it is, in most cases one in which money matters."""
    while True:
        plain = tiny_scenarios(TINY_FROM + number * BASES + dice.randrange(BASES), MOST_PLANS)
        paid = sum(1 for p in plain["programmes"] if any(line["price"] for line in p.get("costs", [])))
        if (paid and any(fund["amount"] for fund in plain["funds"])) or dice.random() < 0.1:
            return plain


def tiny_or_begun(dice: random.Random, number: int) -> Plain:
    """A tiny scenario; of every tenth of them a part has happened already."""
    if number % 100 != 20:
        return tiny(dice, number)
    while True:
        begun = with_facts(TINY_FROM + number * BASES + dice.randrange(BASES), MOST_PLANS // 2)
        if begun is not None:
            return begun


def years(dice: random.Random, number: int) -> Plain:
    """A tiny scenario whose second period is of the next year, at any scale of rupiah; every tenth has begun.

    Half of them have rules about the gaps closed in some years.
    """
    while number % 100 == BEGUN_YEARS:
        begun = with_facts_of_years(TINY_FROM + number * BASES + dice.randrange(BASES), MOST_PLANS // 6)
        if begun is not None:
            if number % 200 == BEGUN_YEARS:
                add_years_rules(dice, begun)
            return begun
    while True:
        plain = scaled(dice, number) if dice.random() < 0.5 else tiny(dice, number)
        if len(plain.get("periods", ())) > 1:
            add_years(dice, plain)
            if number % 20 == 17:
                add_years_rules(dice, plain)
            return plain


def scaled(dice: random.Random, number: int) -> Plain:
    """Every amount times one number; budgets then off by a rupiah or none."""
    plain, factor = tiny(dice, number), dice.choice(FACTORS)
    _repriced(plain, lambda amount: amount * factor)
    if dice.random() < 0.5:
        divided(dice, plain)
    else:
        for fund in plain["funds"]:
            _nudged(dice, fund)
    return plain


def mixed(dice: random.Random, number: int) -> Plain:
    """Every price with a factor of its own; a fund then fits some plan, or misses it by a rupiah."""
    plain = tiny(dice, number)
    scales = dice.choice([(0, 3), (0, 12), (4, 9), (0, 7), (8, 12)])

    def drawn(amount: int) -> int:
        return amount * round(10 ** dice.uniform(*scales)) + (dice.choice([-2, 0, 0, 2]) if amount > 2 else 0)

    _repriced(plain, drawn)
    dice.choice([fitted, divided, divided])(dice, plain)
    return plain


def effects(dice: random.Random, number: int) -> Plain:
    """Effects of a thousandth beside large ones, and weights eight orders of magnitude apart."""
    plain = dice.choice([tiny, tiny, scaled, mixed])(dice, number)
    for programme in plain["programmes"]:
        for competency in programme["closes"]:
            if dice.random() < 0.6:
                programme["closes"][competency] = dice.choice([0.001, 0.002, 0.01, 0.013, "0.1%", 0.999, 0.33, 1])
    weights = [0.0001, 0.001, 0.01, 0.5, 1, 3, 100, 10_000]
    for record in (*plain["groups"], *plain["competencies"]):
        if dice.random() < 0.6:
            record["weight"] = dice.choice(weights)
    for rule in plain.get("rules", []):
        if "soft" in rule and dice.random() < 0.5:
            rule["soft"]["penalty"] = dice.choice([0.0001, 0.0003, 0.01, 7, 1_000])
    return plain


def single(dice: random.Random, number: int) -> Plain:
    """Groups of one person: each gap is closed or not, and everything about them is whole."""
    plain = dice.choice([tiny, scaled, mixed])(dice, number)
    pattern = plain["groups"]
    groups = []
    for n in range(dice.randint(3, 6)):
        group = copy.deepcopy(pattern[n % len(pattern)])
        lacking = {c: dice.choice([1, 1, 1, 0]) for c in group.get("gaps", {})}
        group |= {"headcount": 1, "gaps": lacking, "weight": dice.choice([1, 1, 2, 0.25, 1.001])}
        if "new_gaps" in group:
            group["new_gaps"] = {
                year: {c: min(people, 1 - lacking.get(c, 0)) for c, people in new.items()}
                for year, new in group["new_gaps"].items()
            }
        if n >= len(pattern):
            group["id"] = f"s{n}"
        if "uptake" in group and dice.random() < 0.7:
            del group["uptake"]
            group.pop("socialization", None)
        if "completed" in group:
            group["completed"] = {p: min(1, people) for p, people in group["completed"].items()}
        if "release" in group and dice.random() < 0.7:
            del group["release"]
        groups.append(group)
    plain["groups"] = groups
    if dice.random() < 0.7:
        dice.choice([fitted, divided])(dice, plain)
    return plain


def shares(dice: random.Random, number: int) -> Plain:
    """Two funds that may only pay shares of a programme, which meet at 100% or nearly so."""
    plain = dice.choice([tiny, scaled, mixed, mixed])(dice, number)
    pairs = [
        ("70%", "30%"),
        ("50%", "50%"),
        ("33%", "67%"),
        ("33.3%", "66.7%"),
        ("33.33%", "66.66%"),
        (0.125, 0.875),
        ("99.9%", "0.1%"),
        ("100%", "0%"),
        ("49%", "50%"),
        (0.333333, 0.666667),
    ]
    pair = dice.choice(pairs)
    funds = plain["funds"]
    if len(funds) == 1:
        funds.append({"id": "f1", "kind": "partner", "amount": dice.choice([0, 1, funds[0]["amount"]])})
    for fund, share in zip(funds, pair, strict=False):
        fund["max_share"] = share
        if dice.random() < 0.8:
            fund.pop("pays", None)
        if dice.random() < 0.7:
            fund.pop("minimum", None)
    if dice.random() < 0.4:
        giver, other = dice.sample(funds, 2)
        ratio = dice.choice([0.333, 0.5, 1, 0.4286, 2.3333, 1.5, 0.001, 3])
        giver["match"] = {"with": other["id"], "ratio": ratio}
    if dice.random() < 0.8:
        divided(dice, plain)
    else:
        for fund in funds:
            _nudged(dice, fund)
    return plain


def _repriced(plain: Plain, new: Callable[[int], int]) -> None:
    """Every price, cost and amount of money anew; prices of missed goals of money fall as the amounts rise."""
    for group in plain["groups"]:
        if "socialization" in group:
            group["socialization"]["cost"] = new(group["socialization"]["cost"])
    for programme in plain["programmes"]:
        for line in programme.get("costs", []):
            halves = line.get("quantity") == 0.5  # such a price stays even
            price = line["price"]
            if isinstance(price, dict):
                line["price"] = {key: value if key == "by" else new(value) for key, value in price.items()}
            else:
                line["price"] = 2 * new(price // 2) if halves else new(price)
                if line["price"] % number(line.get("tax", 0)).denominator:
                    del line["tax"]  # of the new price it is no whole rupiah
    for fund in plain["funds"]:
        fund["amount"] = new(fund["amount"])
        if "minimum" in fund:
            fund["minimum"] = min(new(fund["minimum"]), fund["amount"])
        if "agreement_cost" in fund:
            fund["agreement_cost"]["amount"] = new(fund["agreement_cost"]["amount"])
    for rule in plain.get("rules", []):
        if rule["measure"] == "cost":
            for side in ("at_least", "at_most"):
                if side in rule and not limit(rule[side])[1]:
                    rule[side] = new(rule[side])
            if "at_least" in rule and "at_most" in rule:
                rule["at_least"] = min(rule["at_least"], rule["at_most"])
            if "soft" in rule:
                rule["soft"]["penalty"] = float(f"{rule['soft']['penalty'] / max(1, new(1)):.3g}")


def _nudged(dice: random.Random, fund: Plain) -> None:
    """A rupiah more or less, or none."""
    fund["amount"] = max(fund.get("minimum", 0), fund["amount"] + dice.choice([-1, 0, 0, 1]))


MAKE: Final[dict[str, Callable[[random.Random, int], Plain]]] = {
    "tiny": tiny_or_begun,
    "scaled": scaled,
    "mixed": mixed,
    "effects": effects,
    "years": years,
    "single": single,
    "shares": shares,
    "ordinary": lambda dice, number: ordinary(dice),
    "wide": lambda dice, number: wide(dice),
}

TRIED: Final = ("tiny", "scaled", "mixed", "effects", "single", "years", "shares")

TURNS: Final = ("tiny", "ordinary", "scaled", "effects", "wide", "mixed", "single", "years", "shares", "wide")
"""The kinds in turn."""
