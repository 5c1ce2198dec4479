"""The dials of funds: more money, money that comes earlier, conditions of partners that are eased."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Final

from planner.analysis.repairs.adjustable import (
    TENTH,
    Dial,
    Goal,
    Path,
    missed_least,
    money_step,
    record,
    taken_out,
    written,
)
from planner.domain.funds import Fund, Match
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import FundSelector, Selector
from planner.planning import Aim
from planner.units import MAX_RUPIAH

RATIO: Final = Fraction(1000)
"""The largest ratio of a match that is tried."""


def of_fund(scenario: Scenario, kind: str, fund: Fund) -> Iterator[Dial]:
    """The dials of one condition of `fund`, those first that change least of it."""
    match kind:
        case "fund_amount":
            yield _amount(scenario, fund)
        case "fund_releases":
            yield from _releases(scenario, fund)
        case "fund_max_share":
            yield _plain(kind, fund, "max_share", fund.max_share, Fraction(1))
        case "fund_match":
            yield from _match(fund)
        case "fund_minimum":
            yield _minimum(fund)
        case _:
            yield from _pays(fund)


def _amount(scenario: Scenario, fund: Fund) -> Dial:
    """More money. What is released by a period is a share of it, and grows with it."""
    path: Path = ("funds", fund.id, "amount")
    most = MAX_RUPIAH - 1 - sum(f.amount for f in scenario.funds if f.id != fund.id)
    largest = max(f.amount for f in scenario.funds)

    def change(changed: Scenario, value: Fraction) -> Scenario:
        return record(changed, "funds", fund.id, amount=int(value))

    return Dial(
        "fund_amount",
        fund.id,
        path,
        "rupiah",
        Fraction(fund.amount),
        Fraction(most),
        money_step(fund.amount or largest),
        change=change,
        writes=lambda value: ((path, written("rupiah", value)),),
        goal=lambda changed: Goal(change(changed, Fraction(most)), Aim(least=fund.id, alone=True), lambda least: least),
    )


def _minimum(fund: Fund) -> Dial:
    path: Path = ("funds", fund.id, "minimum")

    def change(changed: Scenario, value: Fraction) -> Scenario:
        return record(changed, "funds", fund.id, minimum=int(value))

    where = Where(funds=FundSelector(id=(fund.id,)))
    limit = Limit(value=Fraction(fund.minimum), is_share=False)
    spending = Rule(name=f"minimum of {fund.id}", measure="cost", where=where, at_least=limit)

    return Dial(
        "fund_minimum",
        fund.id,
        path,
        "rupiah",
        Fraction(fund.minimum),
        Fraction(0),
        money_step(fund.minimum),
        change=change,
        writes=lambda value: ((path, written("rupiah", value)),),
        goal=lambda changed: Goal(
            *missed_least(change(changed, Fraction(0)), spending, "at_least"), lambda missed: fund.minimum - missed
        ),
    )


def _plain(kind: str, fund: Fund, key: str, old: Fraction, loosest: Fraction) -> Dial:
    """A share that stands by itself."""
    path: Path = ("funds", fund.id, key)
    return Dial(
        kind,
        fund.id,
        path,
        "share",
        old,
        loosest,
        TENTH,
        change=lambda changed, value: record(changed, "funds", fund.id, **{key: value}),
        writes=lambda value: ((path, written("share", value)),),
    )


def _match(fund: Fund) -> Iterator[Dial]:
    assert fund.match is not None
    path: Path = ("funds", fund.id, "match", "ratio")
    other, old = fund.match.with_, fund.match.ratio

    def change(changed: Scenario, value: Fraction) -> Scenario:
        return record(changed, "funds", fund.id, match=Match.model_validate({"with": other, "ratio": value}))

    if old < RATIO:
        step = Fraction(1, 10) if old >= 1 else Fraction(1, 100)
        yield Dial(
            "fund_match",
            fund.id,
            path,
            "ratio",
            old,
            RATIO,
            step,
            change=change,
            writes=lambda value: ((path, written("ratio", value)),),
        )
    yield taken_out("fund_match", fund.id, path[:-1], lambda changed: record(changed, "funds", fund.id, match=None))


def _releases(scenario: Scenario, fund: Fund) -> Iterator[Dial]:
    """More of the money released by the end of one period; later periods have at least as much."""
    for period in scenario.horizon:
        share = fund.releases.get(period, Fraction(1))
        if share < 1:
            yield Dial(
                "fund_releases",
                fund.id,
                ("funds", fund.id, "releases", period),
                "share",
                share,
                Fraction(1),
                TENTH,
                change=partial(_released, fund.id, period),
                writes=partial(_releases_written, scenario, fund, period),
            )
    path: Path = ("funds", fund.id, "releases")
    yield taken_out("fund_releases", fund.id, path, lambda changed: record(changed, "funds", fund.id, releases={}))


def _released(fund_id: str, period: str, scenario: Scenario, share: Fraction) -> Scenario:
    raised = _raised(scenario, scenario.fund[fund_id], period, share)
    return record(scenario, "funds", fund_id, releases=raised)


def _raised(scenario: Scenario, fund: Fund, period: str, share: Fraction) -> dict[str, Fraction]:
    later = scenario.horizon[scenario.horizon.index(period) :]
    return {t: max(old, share) if t in later else old for t, old in fund.releases.items()}


def _releases_written(scenario: Scenario, fund: Fund, period: str, value: Fraction) -> tuple[tuple[Path, str], ...]:
    raised = _raised(scenario, fund, period, value)
    return tuple(
        (("funds", fund.id, "releases", t), written("share", share))
        for t, share in raised.items()
        if share != fund.releases[t]
    )


def _pays(fund: Fund) -> Iterator[Dial]:
    """What the fund may pay, widened in one respect, or else in all."""
    named = [key for key in ("programmes", "groups", "items") if getattr(fund.pays, key).named()]
    for key in named:
        selector: Selector = getattr(fund.pays, key)
        everything = type(selector)()

        def widen(changed: Scenario, key: str = key, everything: Selector = everything) -> Scenario:
            pays = changed.fund[fund.id].pays.model_copy(update={key: everything})
            return record(changed, "funds", fund.id, pays=pays)

        yield taken_out(f"fund_pays.{key}", fund.id, ("funds", fund.id, "pays", key), widen)
    if len(named) > 1:
        path: Path = ("funds", fund.id, "pays")
        yield taken_out(
            "fund_pays", fund.id, path, lambda changed: record(changed, "funds", fund.id, pays=type(fund.pays)())
        )
