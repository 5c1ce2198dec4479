"""Adjustable limits of funds: amount, releases, and conditions of partners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Final

from planner.analysis.repairs.adjustable import (
    TENTH,
    AdjustableLimit,
    ChangeKind,
    LeastChange,
    PartKind,
    as_written,
    money_step,
    removable,
    unknown_limit,
    with_least_violation,
    with_values,
)
from planner.domain.checks.problem import Path
from planner.domain.funds import Fund, Match
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import FundSelector, Selector
from planner.planning import Aim
from planner.solve.limits_set_aside import ClashKind
from planner.units.numbers import MAX_RUPIAH

RATIO: Final = Fraction(1000)
"""Largest ratio of a match that is tried."""


def fund_limits(scenario: Scenario, kind: ClashKind, fund: Fund) -> Iterator[AdjustableLimit]:
    """Yield the adjustable limits of one condition of `fund`, the smallest changes first."""
    match kind:
        case "fund_amount" if fund.amounts:
            open_years = dict.fromkeys(scenario.year_of[t] for t in scenario.facts.rest)
            yield from (_amount_of_year(scenario, fund, year) for year in open_years)
        case "fund_amount":
            yield _amount(scenario, fund)
        case "fund_releases":
            yield from _releases(scenario, fund)
        case "fund_max_share":
            yield _share(kind, fund, "max_share", fund.max_share, Fraction(1))
        case "fund_match":
            yield from _match(fund)
        case "fund_minimum":
            yield _minimum(fund)
        case "fund_pays":
            yield from _pays(fund)
        case _:
            raise unknown_limit(kind)


def _amount(scenario: Scenario, fund: Fund) -> AdjustableLimit:
    """Return the amount as a limit. Releases are shares of it and grow with it."""
    path: Path = ("funds", fund.id, "amount")
    most = MAX_RUPIAH - 1 - sum(f.amount for f in scenario.funds if f.id != fund.id)
    largest = max(f.amount for f in scenario.funds)

    def change(changed: Scenario, value: Fraction) -> Scenario:
        return with_values(changed, "funds", fund.id, amount=int(value))

    return AdjustableLimit(
        "fund_amount",
        fund.id,
        path,
        "rupiah",
        Fraction(fund.amount),
        Fraction(most),
        money_step(fund.amount or largest),
        change=change,
        least_change=lambda changed: LeastChange(
            change(changed, Fraction(most)), Aim(least=fund.id, alone=True), lambda least: least
        ),
    )


def _amount_of_year(scenario: Scenario, fund: Fund, year: str) -> AdjustableLimit:
    """Return the amount of one year as a limit."""
    old = fund.amounts.get(year, 0)
    most = MAX_RUPIAH - 1 - sum(f.amount for f in scenario.funds) + old
    largest = max(f.amount for f in scenario.funds)

    def change(changed: Scenario, value: Fraction) -> Scenario:
        amounts = changed.fund[fund.id].amounts | {year: int(value)}
        return with_values(changed, "funds", fund.id, amounts=amounts, amount=sum(amounts.values()))

    path: Path = ("funds", fund.id, "amounts", year)
    step = money_step(old or largest)
    return AdjustableLimit(
        "fund_amount.year", fund.id, path, "rupiah", Fraction(old), Fraction(most), step, change=change
    )


def _minimum(fund: Fund) -> AdjustableLimit:
    path: Path = ("funds", fund.id, "minimum")

    def change(changed: Scenario, value: Fraction) -> Scenario:
        return with_values(changed, "funds", fund.id, minimum=int(value))

    where = Where(funds=FundSelector(id=(fund.id,)))
    limit = Limit(value=Fraction(fund.minimum), is_share=False)
    spending = Rule(name=f"minimum of {fund.id}", measure="cost", where=where, at_least=limit)

    return AdjustableLimit(
        "fund_minimum",
        fund.id,
        path,
        "rupiah",
        Fraction(fund.minimum),
        Fraction(0),
        money_step(fund.minimum),
        change=change,
        least_change=lambda changed: LeastChange(
            *with_least_violation(change(changed, Fraction(0)), spending, "at_least"),
            lambda missed: fund.minimum - missed,
        ),
    )


def _share(kind: ChangeKind, fund: Fund, key: str, old: Fraction, loosest: Fraction) -> AdjustableLimit:
    """Return a share of the fund as a limit."""
    path: Path = ("funds", fund.id, key)
    return AdjustableLimit(
        kind,
        fund.id,
        path,
        "share",
        old,
        loosest,
        TENTH,
        change=lambda changed, value: with_values(changed, "funds", fund.id, **{key: value}),
    )


def _match(fund: Fund) -> Iterator[AdjustableLimit]:
    assert fund.match is not None
    path: Path = ("funds", fund.id, "match", "ratio")
    other, old = fund.match.with_, fund.match.ratio

    def change(changed: Scenario, value: Fraction) -> Scenario:
        return with_values(changed, "funds", fund.id, match=Match.model_validate({"with": other, "ratio": value}))

    if old < RATIO:
        step = Fraction(1, 10) if old >= 1 else Fraction(1, 100)
        yield AdjustableLimit(
            "fund_match",
            fund.id,
            path,
            "ratio",
            old,
            RATIO,
            step,
            change=change,
        )
    yield removable(
        "fund_match", fund.id, path[:-1], lambda changed: with_values(changed, "funds", fund.id, match=None)
    )


def _releases(scenario: Scenario, fund: Fund) -> Iterator[AdjustableLimit]:
    """Yield the share released by the end of each period, which raises later ones to at least as much; then all."""
    for period, share in scenario.released(fund).items():
        if share < 1 and period not in scenario.facts.over:
            yield AdjustableLimit(
                "fund_releases",
                fund.id,
                ("funds", fund.id, "releases", period),
                "share",
                share,
                Fraction(1),
                TENTH,
                change=partial(_released, fund.id, period),
                custom_edits=partial(_releases_written, scenario, fund, period),
            )
    path: Path = ("funds", fund.id, "releases")
    yield removable("fund_releases", fund.id, path, lambda changed: with_values(changed, "funds", fund.id, releases={}))


def _released(fund_id: str, period: str, scenario: Scenario, share: Fraction) -> Scenario:
    raised = _raised(scenario, scenario.fund[fund_id], period, share)
    return with_values(scenario, "funds", fund_id, releases=raised)


def _raised(scenario: Scenario, fund: Fund, period: str, share: Fraction) -> dict[str, Fraction]:
    """Return the shares to name: those named so far, later ones raised, and that of `period`.

    Periods that stay unnamed keep the share before them, which is at least as much. Of amounts per year only the
    shares of that year are raised.
    """
    later = scenario.horizon[scenario.horizon.index(period) :]
    if fund.amounts:
        later = tuple(t for t in later if scenario.year_of[t] == scenario.year_of[period])
    released = scenario.released(fund)
    named = {t: old for t, old in released.items() if t in fund.releases or (t == period and share > old)}
    return {t: max(old, share) if t in later else old for t, old in named.items()}


def _releases_written(scenario: Scenario, fund: Fund, period: str, value: Fraction) -> tuple[tuple[Path, str], ...]:
    raised = _raised(scenario, fund, period, value)
    return tuple(
        (("funds", fund.id, "releases", t), as_written("share", share))
        for t, share in raised.items()
        if share != fund.releases.get(t)
    )


def _pays(fund: Fund) -> Iterator[AdjustableLimit]:
    """Yield the selectors of what the fund may pay for, each removed; then all of them together."""
    parts: Mapping[PartKind, str] = {
        "fund_pays.programmes": "programmes",
        "fund_pays.groups": "groups",
        "fund_pays.items": "items",
    }
    named = {kind: key for kind, key in parts.items() if getattr(fund.pays, key).named()}
    for kind, key in named.items():
        selector: Selector = getattr(fund.pays, key)
        everything = type(selector)()

        def widen(changed: Scenario, key: str = key, everything: Selector = everything) -> Scenario:
            pays = changed.fund[fund.id].pays.model_copy(update={key: everything})
            return with_values(changed, "funds", fund.id, pays=pays)

        yield removable(kind, fund.id, ("funds", fund.id, "pays", key), widen)
    if len(named) > 1:
        path: Path = ("funds", fund.id, "pays")
        yield removable(
            "fund_pays", fund.id, path, lambda changed: with_values(changed, "funds", fund.id, pays=type(fund.pays)())
        )
