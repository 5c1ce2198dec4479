"""Repairs: the smallest changes that make a plan possible, each with a plan that passes the check.

A repair must change at least one limit of each minimal clash (irreducible infeasible subset). So the limits of one
clash are tried one by one. If none suffices alone, each is set aside, the clash that remains is found, and one limit of
each is changed, one after the other as little as possible. If two do not suffice, the first limit of clash after clash
is set aside until a plan exists, and then each is tightened as far as the others allow.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from planner.analysis.repairs.adjustable import AdjustableLimit, ChangeKind, Unit
from planner.analysis.repairs.adjustable_choices import choice_limit
from planner.analysis.repairs.adjustable_funds import fund_limits
from planner.analysis.repairs.adjustable_people import group_limits, pool_limits, programme_limits, promised_limit
from planner.analysis.repairs.adjustable_resources import resource_limits
from planner.analysis.repairs.adjustable_rules import rule_limit
from planner.analysis.repairs.repair_search import LimitSearch, run_searches
from planner.batch.points import Point, Result
from planner.batch.runner import BatchRunner
from planner.domain.checks.problem import Path
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits
from planner.plans.plan import Plan
from planner.solve.infeasible import clashing_limits, summarised
from planner.solve.limits_set_aside import Clash, RemovableLimit, families, without

ASK_SECONDS: Final = 15.0
"""Time limit of one search for a plan with a given value [s]."""

FEASIBILITY_GAP: Final = 0.5
"""Relative gap at which a violation of one half or more is told from none."""

DEFAULT_BATCH: Final = 8
"""Points solved at the same time if the number of processes is unknown."""

MOST_PAIRED: Final = 8
"""Most limits of a clash that are tried in pairs."""

MOST_TOGETHER: Final = 12
"""Most limits that are changed together."""


@dataclass(frozen=True)
class LimitChange:
    """The change of one limit to the value that is needed."""

    kind: ChangeKind
    owner: str
    path: Path
    unit: Unit
    old: Fraction
    new: Fraction
    """In `unit`; 1 if the limit is removed."""
    edits: tuple[tuple[Path, str], ...]
    """What to write as (path, text); "null" removes what is there."""
    size: Fraction
    """Size for ranking, see `size_of`."""
    named: str = ""
    """The prerequisite that is removed, where it is one of several."""


@dataclass(frozen=True)
class Repair:
    """Changes that are sufficient together, with a plan."""

    changes: tuple[LimitChange, ...]
    scenario: Scenario
    """Scenario with the changes."""
    plan: Plan
    proven_least: bool
    """Whether it is proven that no change can be one step smaller with the others unchanged."""
    best: Plan | None = None
    """Best plan of the changed scenario, if it was asked for."""

    @property
    def rank(self) -> tuple[int, bool, bool, Fraction]:
        """Sort key: fewer changes; no limit removed; no money from a fund that has none now; smaller changes."""
        out = any(change.unit == "removed" for change in self.changes)
        new = any(change.kind in ("fund_amount", "fund_amount.year") and not change.old for change in self.changes)
        return len(self.changes), out, new, sum((change.size for change in self.changes), Fraction(0))


@dataclass(frozen=True)
class Repairs:
    """The limits that clash in a scenario without a plan, and the repairs found."""

    clashes: tuple[Clash, ...]
    """Limits that cannot be kept together; several of one kind are one entry."""
    repairs: tuple[Repair, ...]
    """By rank."""
    insufficient: tuple[Path, ...]
    """Limits whose change alone is proven not to suffice."""
    finished: bool
    """Whether everything was tried; False if time or plans were used up or the user stopped the search."""
    places: Mapping[Path, str] = field(default_factory=dict)
    """File and line of the values, by path; set by the caller who has read the files."""


def adjustable_limits(scenario: Scenario, limit: RemovableLimit) -> list[AdjustableLimit]:
    """Return the ways to change one limit, the smallest changes first."""
    part, key, *side = limit.clash.path
    kind = limit.clash.kind
    match part:
        case "rules":
            assert isinstance(key, int)
            return [rule_limit(scenario, key, "at_least" if side == ["at_least"] else "at_most")]
        case "funds":
            return list(fund_limits(scenario, kind, scenario.fund[str(key)]))
        case "programmes":
            return list(programme_limits(scenario, kind, scenario.programme[str(key)]))
        case "mentor_pools":
            return list(pool_limits(scenario, scenario.mentor_pool[str(key)]))
        case "choices":
            return [choice_limit(str(key))]
        case "actuals":
            return [promised_limit(scenario, int(side[0]))]
        case "resources":
            return list(resource_limits(scenario, scenario.resource[str(key)]))
        case _:
            return list(group_limits(scenario, kind, scenario.group[str(key)]))


def size_of(scenario: Scenario, unit: Unit, old: Fraction, new: Fraction) -> Fraction:
    """Return the size of a change, comparable between units [0-1].

    rupiah     |new - old| / sum of all funds
    share      |new - old|
    others     |new - old| / max(old, new)
    removed    1
    """
    if unit == "removed":
        return Fraction(1)
    if unit == "share":
        return abs(new - old)
    whole = Fraction(sum(fund.amount for fund in scenario.funds)) if unit == "rupiah" else max(old, new)
    return abs(new - old) / whole if whole else Fraction(1)


class RepairSearch:
    """The search for repairs of one scenario. `found` can be read at any time."""

    def __init__(
        self,
        scenario: Scenario,
        limits: Sequence[Path],
        solving: SearchLimits,
        seconds: float | None = None,
        *,
        fixed: Sequence[Path] = (),
        most_plans: int | None = None,
    ) -> None:
        """Prepare a search over `limits`, the paths of the limits that clash; those in `fixed` must not be changed.

        `seconds` is the time limit of the whole search. With `most_plans` it ends after about so many plans, and no
        clock of its own ends the search for one: the same scenario has the same repairs on any machine.
        """
        known = {limit.clash.path: limit for family in families(scenario) for limit in family}
        self.scenario = scenario
        self.members = [known[path] for path in limits if path in known]
        self.solving = replace(solving, polish=False)
        if most_plans is None:
            self.solving = replace(self.solving, time_limit=ASK_SECONDS)
        self.seconds, self.fixed, self.most_plans = seconds, frozenset(fixed), most_plans
        self._plans_left = most_plans or 0
        self._began = time.monotonic()
        self._single_searches: list[tuple[RemovableLimit, list[LimitSearch]]] = []
        self._joint_repairs: list[Repair] = []
        self._best: dict[int, Plan] = {}
        self._finished = False

    def run(self, runner: BatchRunner) -> None:
        """Search until everything is tried or time is over."""
        self._single_searches = [
            (limit, searches_of(self.scenario, limit, self.members, str(n)))
            for n, limit in enumerate(self._changeable(self.members))
        ]
        self._run_searches(runner, [each for _, searches in self._single_searches for each in searches])
        if not self._single_repairs() and self._has_time():
            self._search_pairs(runner)
        if not self._single_repairs() and not self._joint_repairs and self._has_time():
            self._search_chain(runner)
        self._finished = self._has_time()

    def add_best_plans(self, runner: BatchRunner, limits: SearchLimits, most: int) -> None:
        """Add the best plan to each of the first `most` repairs."""
        first = self.found().repairs[:most]
        points = [Point(str(n), repair.scenario) for n, repair in enumerate(first)]
        for name, result in runner.solve(points, limits).items():
            if result.plan is not None:
                self._best[int(name)] = result.plan

    def found(self) -> Repairs:
        """Return the repairs found so far."""
        repairs = sorted([*self._single_repairs(), *self._joint_repairs], key=lambda repair: repair.rank)
        return Repairs(
            summarised(self._changeable(self.members)),
            tuple(replace(repair, best=self._best.get(n)) for n, repair in enumerate(repairs)),
            tuple(
                limit.clash.path
                for limit, searches in self._single_searches
                if all(each.insufficient and each.proven for each in searches)
            ),
            self._finished,
        )

    def _changeable(self, limits: Sequence[RemovableLimit]) -> list[RemovableLimit]:
        """Return those of `limits` that may be changed."""
        return [limit for limit in limits if limit.clash.path not in self.fixed]

    def _has_time(self) -> bool:
        if self.most_plans is not None and self._plans_left <= 0:
            return False
        return self.seconds is None or time.monotonic() - self._began < self.seconds

    def _run_searches(self, runner: BatchRunner, searches: Sequence[LimitSearch]) -> None:
        def solve(points: list[Point], exact: bool) -> dict[str, Result]:
            self._plans_left -= len(points)
            return runner.solve(points, self.solving if exact else replace(self.solving, gap=FEASIBILITY_GAP))

        counted = self.most_plans is not None  # then the same plans are asked for with any number of processes
        run_searches(searches, solve, (not counted and 2 * runner.jobs) or DEFAULT_BATCH, self._has_time)

    def _single_repairs(self) -> list[Repair]:
        return [self._repair([each]) for _, searches in self._single_searches for each in preferred(searches)]

    def _repair(self, searches: Sequence[LimitSearch]) -> Repair:
        last = searches[-1]
        assert last.plan is not None
        return Repair(
            tuple(self._change(each) for each in searches),
            last.repaired,
            last.plan,
            all(each.proven_least for each in searches),
        )

    def _change(self, chosen_searches: LimitSearch) -> LimitChange:
        adjustable, value = chosen_searches.adjustable, chosen_searches.value
        size = size_of(self.scenario, adjustable.unit, adjustable.old, value)
        return LimitChange(
            adjustable.kind,
            adjustable.owner,
            adjustable.path,
            adjustable.unit,
            adjustable.old,
            value,
            adjustable.edits(value),
            size,
            adjustable.named,
        )

    def _search_pairs(self, runner: BatchRunner) -> None:
        """Search for repairs of two limits: one of the clash, and one of the clash that remains without it.

        One is changed as little as possible while the other is set aside, then the other. Both orders are tried, and
        the one with the smaller changes is kept.
        """
        starts: list[tuple[LimitSearch, RemovableLimit, Sequence[RemovableLimit]]] = []
        for n, limit in enumerate(self._changeable(self.members)[:MOST_PAIRED]):
            free = without(self.scenario, [limit])
            others = clashing_limits(free).members if self._has_time() else ()
            for m, other in enumerate(self._changeable(others)[:MOST_PAIRED]):
                name, rest = f"{n}.{m}", without(self.scenario, [other])
                starts += [(each, limit, self.members) for each in searches_of(free, other, others, name)]
                starts += [(each, other, others) for each in searches_of(rest, limit, self.members, f"{name}'")]
        self._run_searches(runner, [each for each, _, _ in starts])
        ends: list[tuple[LimitSearch, list[LimitSearch]]] = []
        for first, limit, clash in starts:
            if first.found:
                base = first.adjustable.change(self.scenario, first.value)
                ends.append((first, searches_of(base, limit, clash, f"{first.name}/")))
        self._run_searches(runner, [each for _, searches in ends for each in searches])
        self._joint_repairs = _cheapest_per_limits(
            [self._repair([first, last]) for first, searches in ends for last in preferred(searches)]
        )

    def _search_chain(self, runner: BatchRunner) -> None:
        """Search for a repair of several limits: one of each clash that remains, each changed as little as possible."""
        aside: list[RemovableLimit] = []
        clashes: list[tuple[RemovableLimit, ...]] = []
        while len(aside) < MOST_TOGETHER and self._has_time():
            members = clashing_limits(without(self.scenario, aside)).members
            if not self._changeable(members):
                break
            aside.append(self._changeable(members)[0])
            clashes.append(members)
        base, chosen_searches = self.scenario, list[LimitSearch]()
        for n, limit in enumerate(aside):
            searches = searches_of(without(base, aside[n + 1 :]), limit, clashes[n], str(n))
            self._run_searches(runner, searches)
            chosen = min(preferred(searches), key=lambda each: self._change(each).size, default=None)
            if chosen is None:
                return
            chosen_searches.append(replace(chosen, scenario=base))
            base = chosen.adjustable.change(base, chosen.value)
        if chosen_searches:
            self._joint_repairs = [self._repair(chosen_searches)]


def searches_of(
    scenario: Scenario, limit: RemovableLimit, clash: Sequence[RemovableLimit], name: str
) -> list[LimitSearch]:
    """Return the searches for `limit` in `scenario`; the violation of a rule of its clash is minimised."""
    rules = [other for other in clash if other.clash.path[0] == "rules"]
    rules.sort(key=lambda rule: (rule is not limit, rule.clash.kind != "rule_at_least"))
    asked_rule = (rules[0].clash.path[1], rules[0].clash.path[2]) if rules else None
    return [
        LimitSearch(scenario, adjustable, f"{name}.{n}", asked_rule)  # type: ignore[arg-type]  # the path of a rule: index and side
        for n, adjustable in enumerate(adjustable_limits(scenario, limit))
    ]


def preferred(searches: Sequence[LimitSearch]) -> list[LimitSearch]:
    """Return the successful searches for one limit: those in steps; else those that remove a part of it; else all."""
    found = [each for each in searches if each.found]
    by_degrees = [each for each in found if each.adjustable.unit != "removed"]
    parts = [each for each in found if each.adjustable.is_part]
    return by_degrees or parts or found


def _cheapest_per_limits(repairs: Sequence[Repair]) -> list[Repair]:
    """Return the best repair for each set of changed limits."""
    best: dict[frozenset[Path], Repair] = {}
    for repair in repairs:
        key = frozenset(change.path for change in repair.changes)
        if key not in best or repair.rank < best[key].rank:
            best[key] = repair
    return list(best.values())
