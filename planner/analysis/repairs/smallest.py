"""Repairs: the least changes with which a scenario without a plan has one, each shown by a plan that passes the check.

Every smallest clash of limits must be broken, so that a repair which changes one limit changes one of any clash found:
its members are tried one by one. Where none of them suffices alone, each is set aside, what clashes then is found, and
the two are changed together, one after the other as little as possible. Where two do not suffice, the first limits of
clash after clash are set aside until there is a plan, and then each is turned back as far as the others allow.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from planner.analysis.repairs.adjustable import Dial, Path, Unit
from planner.analysis.repairs.adjustable_funds import of_fund
from planner.analysis.repairs.adjustable_people import of_group, of_pool, of_programme
from planner.analysis.repairs.adjustable_rules import of_rule
from planner.analysis.repairs.repair_search import Turn, turn
from planner.batch.crew import Crew
from planner.batch.points import Point, Result
from planner.domain.scenario import Scenario
from planner.planning import SearchLimits
from planner.plans.plan import Plan
from planner.solve.infeasible import clashing_limits, summarised
from planner.solve.limits_set_aside import Clash, RemovableLimit, families, without

ASK_SECONDS: Final = 15.0
"""Time for one question "is there a plan with this value?" [seconds]."""

COARSE: Final = 0.5
"""The relative gap at which it is known whether anything is missed, save for what is less than a half."""

SEVERAL: Final = 8
"""Questions asked at a time where the number of processes is not known."""

MOST_PAIRED: Final = 8
"""Members of a clash that are tried together with others."""

MOST_TOGETHER: Final = 12
"""Limits that are changed together at most."""


@dataclass(frozen=True)
class Change:
    """One limit changed: from what the scenario says to the value that is needed."""

    kind: str
    """The kind of limit, as in planner.solve.limits_set_aside, with what of it is changed: "classes.max"."""
    owner: str
    path: Path
    unit: Unit
    old: Fraction
    new: Fraction
    """In the unit; 1 where the limit is taken out."""
    writes: tuple[tuple[Path, str], ...]
    """What is to be written, and where; "null" takes out what stands there."""
    size: Fraction
    """How much it is, for ranking: see `size_of`."""


@dataclass(frozen=True)
class Repair:
    """Changes that are enough together, and a plan that shows it."""

    changes: tuple[Change, ...]
    scenario: Scenario
    """The scenario with the changes."""
    plan: Plan
    least: bool
    """Whether it is proven that no change could be a step smaller, the others being as they are."""
    best: Plan | None = None
    """The best plan of the scenario with the changes, where it was asked for."""

    @property
    def rank(self) -> tuple[int, bool, bool, Fraction]:
        """Fewer changes first, then those that do not take a limit out, then those that ask nobody for money who gives
        none today, then smaller ones."""
        out = any(change.unit == "aside" for change in self.changes)
        new = any(change.kind == "fund_amount" and not change.old for change in self.changes)
        return len(self.changes), out, new, sum((change.size for change in self.changes), Fraction(0))


@dataclass(frozen=True)
class Repairs:
    """What clashes in a scenario without a plan, and what would repair it, cheapest first."""

    clashes: tuple[Clash, ...]
    """Limits that cannot hold together; many of one kind are one."""
    repairs: tuple[Repair, ...]
    single: tuple[Path, ...]
    """Limits of the clash that were tried alone."""
    hopeless: tuple[Path, ...]
    """Those of them whose change alone is proven not to be enough."""
    finished: bool
    """Whether everything was tried, or time was over, or the user stopped it."""
    places: Mapping[Path, str] = field(default_factory=dict)
    """Where in which file the values stand, by path; given by whoever has read the files."""


def dials_of(scenario: Scenario, limit: RemovableLimit) -> list[Dial]:
    """How one limit can be changed, the least changes first."""
    part, key, *more = limit.clash.path
    kind = limit.clash.kind
    match part:
        case "rules":
            assert isinstance(key, int)
            return [of_rule(scenario, key, "at_least" if more == ["at_least"] else "at_most")]
        case "funds":
            return list(of_fund(scenario, kind, scenario.fund[str(key)]))
        case "programmes":
            return list(of_programme(scenario, kind, scenario.programme[str(key)]))
        case "mentor_pools":
            return list(of_pool(scenario, scenario.mentor_pool[str(key)]))
        case _:
            return list(of_group(scenario, kind, scenario.group[str(key)]))


def size_of(scenario: Scenario, unit: Unit, old: Fraction, new: Fraction) -> Fraction:
    """How large a change is, so that changes of all kinds can be ranked.

    money      |new - old| / all funds together
    shares     |new - old|
    the rest   |new - old| / the larger of the two
    taken out  1
    """
    if unit == "aside":
        return Fraction(1)
    if unit == "share":
        return abs(new - old)
    whole = Fraction(sum(fund.amount for fund in scenario.funds)) if unit == "rupiah" else max(old, new)
    return abs(new - old) / whole if whole else Fraction(1)


class RepairSearch:
    """The search for repairs of one scenario. What it has found so far can be read at any time."""

    def __init__(
        self,
        scenario: Scenario,
        limits: Sequence[Path],
        solving: SearchLimits,
        seconds: float | None = None,
        *,
        kept: Sequence[Path] = (),
    ) -> None:
        """`limits` are the paths of the limits that clash, of which those of `kept` are not to be changed; `seconds` is
        the time for the whole search."""
        known = {limit.clash.path: limit for family in families(scenario) for limit in family}
        self.scenario = scenario
        self.members = [known[path] for path in limits if path in known]
        self.solving = replace(solving, time_limit=ASK_SECONDS, polish=False)
        self.seconds, self.kept = seconds, frozenset(kept)
        self._began = time.monotonic()
        self._alone: list[tuple[RemovableLimit, list[Turn]]] = []
        self._together: list[Repair] = []
        self._best: dict[int, Plan] = {}
        self._finished = False

    def run(self, crew: Crew) -> None:
        """Search until everything is tried or time is over."""
        self._alone = [
            (limit, turns_of(self.scenario, limit, self.members, str(n)))
            for n, limit in enumerate(self._free(self.members))
        ]
        self._turn(crew, [each for _, turns in self._alone for each in turns])
        if not self._singles() and self._more():
            self._pairs(crew)
        if not self._singles() and not self._together and self._more():
            self._chain(crew)
        self._finished = self._more()

    def improve(self, crew: Crew, limits: SearchLimits, most: int) -> None:
        """Make the best plan of the scenarios that the first `most` repairs lead to."""
        first = self.found().repairs[:most]
        points = [Point(str(n), repair.scenario) for n, repair in enumerate(first)]
        for name, result in crew.solve(points, limits).items():
            if result.plan is not None:
                self._best[int(name)] = result.plan

    def found(self) -> Repairs:
        """What is known so far."""
        repairs = sorted([*self._singles(), *self._together], key=lambda repair: repair.rank)
        return Repairs(
            summarised(self._free(self.members)),
            tuple(replace(repair, best=self._best.get(n)) for n, repair in enumerate(repairs)),
            tuple(limit.clash.path for limit, _ in self._alone),
            tuple(
                limit.clash.path for limit, turns in self._alone if all(each.useless and each.proven for each in turns)
            ),
            self._finished,
        )

    def _free(self, limits: Sequence[RemovableLimit]) -> list[RemovableLimit]:
        """Those of `limits` that may be changed."""
        return [limit for limit in limits if limit.clash.path not in self.kept]

    def _more(self) -> bool:
        return self.seconds is None or time.monotonic() - self._began < self.seconds

    def _turn(self, crew: Crew, turns: Sequence[Turn]) -> None:
        def solve(points: list[Point], fine: bool) -> dict[str, Result]:
            return crew.solve(points, self.solving if fine else replace(self.solving, gap=COARSE))

        turn(turns, solve, 2 * crew.jobs or SEVERAL, self._more)

    def _singles(self) -> list[Repair]:
        return [self._repair([each]) for _, turns in self._alone for each in preferred(turns)]

    def _repair(self, turns: Sequence[Turn]) -> Repair:
        last = turns[-1]
        assert last.plan is not None
        return Repair(
            tuple(self._change(each) for each in turns), last.repaired, last.plan, all(each.least for each in turns)
        )

    def _change(self, turned: Turn) -> Change:
        dial, value = turned.dial, turned.value
        size = size_of(self.scenario, dial.unit, dial.old, value)
        return Change(dial.kind, dial.owner, dial.path, dial.unit, dial.old, value, dial.writes(value), size)

    def _pairs(self, crew: Crew) -> None:
        """Two limits changed together: one of the clash, and one of what clashes without it.

        Each of the two is turned first, as little as can be while the other is set aside; then the other, as little as
        can be beside that. Of the two orders the one with the smaller changes is kept.
        """
        starts: list[tuple[Turn, RemovableLimit, Sequence[RemovableLimit]]] = []
        for n, limit in enumerate(self._free(self.members)[:MOST_PAIRED]):
            free = without(self.scenario, [limit])
            others = clashing_limits(free).members if self._more() else ()
            for m, other in enumerate(self._free(others)[:MOST_PAIRED]):
                name, rest = f"{n}.{m}", without(self.scenario, [other])
                starts += [(each, limit, self.members) for each in turns_of(free, other, others, name)]
                starts += [(each, other, others) for each in turns_of(rest, limit, self.members, f"{name}'")]
        self._turn(crew, [each for each, _, _ in starts])
        ends: list[tuple[Turn, list[Turn]]] = []
        for first, limit, clash in starts:
            if first.found:
                base = first.dial.change(self.scenario, first.value)
                ends.append((first, turns_of(base, limit, clash, f"{first.name}/")))
        self._turn(crew, [each for _, turns in ends for each in turns])
        self._together = _different([self._repair([first, last]) for first, turns in ends for last in preferred(turns)])

    def _chain(self, crew: Crew) -> None:
        """As many limits as it takes, one of each clash that remains, each changed as little as the others allow."""
        aside: list[RemovableLimit] = []
        clashes: list[tuple[RemovableLimit, ...]] = []
        while len(aside) < MOST_TOGETHER and self._more():
            members = clashing_limits(without(self.scenario, aside)).members
            if not self._free(members):
                break
            aside.append(self._free(members)[0])
            clashes.append(members)
        base, turned = self.scenario, list[Turn]()
        for n, limit in enumerate(aside):
            turns = turns_of(without(base, aside[n + 1 :]), limit, clashes[n], str(n))
            self._turn(crew, turns)
            chosen = min(preferred(turns), key=lambda each: self._change(each).size, default=None)
            if chosen is None:
                return
            turned.append(replace(chosen, scenario=base))
            base = chosen.dial.change(base, chosen.value)
        if turned:
            self._together = [self._repair(turned)]


def turns_of(scenario: Scenario, limit: RemovableLimit, clash: Sequence[RemovableLimit], name: str) -> list[Turn]:
    """The dials of `limit` to be turned in `scenario`; a rule of the clash that it belongs to is asked about."""
    rules = [other for other in clash if other.clash.path[0] == "rules"]
    rules.sort(key=lambda rule: (rule is not limit, rule.clash.kind != "rule_at_least"))
    pivot = (rules[0].clash.path[1], rules[0].clash.path[2]) if rules else None
    return [
        Turn(scenario, dial, f"{name}.{n}", pivot)  # type: ignore[arg-type]  # the path of a rule: index and side
        for n, dial in enumerate(dials_of(scenario, limit))
    ]


def preferred(turns: Sequence[Turn]) -> list[Turn]:
    """Of the ways to change one limit that do: those by degrees; else those that take out a part of it; else all."""
    found = [each for each in turns if each.found]
    by_degrees = [each for each in found if each.dial.unit != "aside"]
    parts = [each for each in found if "." in each.dial.kind]
    return by_degrees or parts or found


def _different(repairs: Sequence[Repair]) -> list[Repair]:
    """One of each set of limits changed, that of the least size."""
    best: dict[frozenset[Path], Repair] = {}
    for repair in repairs:
        key = frozenset(change.path for change in repair.changes)
        if key not in best or repair.rank < best[key].rank:
            best[key] = repair
    return list(best.values())
