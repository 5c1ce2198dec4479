"""What decisions come to, exactly: gaps closed, and the planner's rules with their measures and bounds.

closed_gaps(instance, people, socialized) -> {(group, competency): Fraction}
RuleReading(instance, rule).result(...) -> Result(measure, at_least, at_most), with .missed
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from tests.oracle.instance import Instance, Plain, limit, listed, number, selects

People = Mapping[tuple[str, str, str], int]
"""Participants by (group, programme, period)."""
Classes = Mapping[tuple[str, str], int]
"""Classes by (programme, period)."""
Key = tuple[str | None, str | None, str, str | None, str]
"""A cost cell as plan.json names it: programme, group, item, account, period."""


def closed_gaps(instance: Instance, people: People, socialized: frozenset[str]) -> dict[tuple[str, str], Fraction]:
    """min(gap x r, sum closes x x) for each gap."""
    by_group: dict[str, dict[tuple[str, str, str], int]] = {g: {} for g in instance.groups}
    for seat, n in people.items():
        by_group[seat[0]][seat] = n
    closed: dict[tuple[str, str], Fraction] = {}
    for g, placed in by_group.items():
        closed |= closed_gaps_of(instance, g, placed, g in socialized)
    return closed


def closed_gaps_of(instance: Instance, g: str, people: People, socialized: bool) -> dict[tuple[str, str], Fraction]:
    """The gaps of one group that training of its people closes."""
    reached = dict.fromkeys(instance.gaps_of[g], Fraction(0))
    for (_g, p, _t), n in people.items():
        for c, effect in instance.closes[p].items():
            if (g, c) in reached:
                reached[g, c] += effect * n
    most = instance.willing(g, socialized)
    return {key: min(instance.gaps[key] * most, gained) for key, gained in reached.items()}


def smallest_coverage(instance: Instance, by: str | None, closed: Mapping[tuple[str, str], Fraction]) -> Fraction:
    """closed / need of the worst-off bucket with a need; groups without the attribute are one bucket."""
    need: dict[str, int] = {}
    gained: dict[str, Fraction] = {}
    for (g, c), gap in instance.gaps.items():
        bucket = c if by == "competency" else g if by in (None, "group") else str(instance.groups[g].get(str(by), ""))
        need[bucket] = need.get(bucket, 0) + gap
        gained[bucket] = gained.get(bucket, Fraction(0)) + closed[g, c]
    return min((gained[b] / need[b] for b in need), default=Fraction(1))


class Result(NamedTuple):
    """A rule's measure and its bounds in the unit of the measure."""

    measure: Fraction
    at_least: Fraction | None
    at_most: Fraction | None

    @property
    def missed(self) -> Fraction:
        below = Fraction(0) if self.at_least is None else max(Fraction(0), self.at_least - self.measure)
        above = Fraction(0) if self.at_most is None else max(Fraction(0), self.measure - self.at_most)
        return below + above


class RuleReading:
    """One rule with its selectors resolved."""

    def __init__(self, instance: Instance, rule: Plain) -> None:
        self.instance = instance
        self.name, self.measures = str(rule["name"]), str(rule["measure"])
        self.penalty = number(rule["soft"]["penalty"]) if rule.get("soft") else None
        self.bounds = {side: limit(rule[side]) for side in ("at_least", "at_most") if rule.get(side) is not None}
        self.where: Plain = rule.get("where", {})
        w, i = self.where, instance
        self.programmes = {p for p in i.programmes if selects(w.get("programmes"), i.seen_programme(p))}
        self.groups = {g for g in i.groups if selects(w.get("groups"), i.seen_group(g))}
        self.competencies = {c for c in i.competencies if selects(w.get("competencies"), i.seen_competency(c))}
        self.funds = {f for f in i.funds if selects(w.get("funds"), i.seen_fund(f))}
        self.periods = set(listed(w.get("periods")) or i.periods)

    def counts(self, key: Key, per: str) -> bool:
        """Whether a cost rule counts payments for a cell; `per` is empty for socialization and agreements."""
        p, g, item, account, t = key
        seen = {"item": [item], "account": listed(account), "per": listed(per or None)}
        return (
            (self.where.get("programmes") is None or p in self.programmes)
            and (self.where.get("groups") is None or g in self.groups)
            and t in self.periods
            and selects(self.where.get("items"), seen)
        )

    def cost_result(self, counted: int, whole: int) -> Result:
        """The result of a cost rule, from the payments it counts and all payments; shares give way to whole rupiah."""
        exact = self._result(Fraction(counted), Fraction(whole))
        low, high = exact.at_least, exact.at_most
        if low is not None and self.bounds["at_least"][1]:
            low = Fraction(floor(low))
        if high is not None and self.bounds["at_most"][1]:
            high = Fraction(ceil(high))
        return Result(exact.measure, low, high)

    def people_result(self, people: People, classes: Classes, closed: Mapping[tuple[str, str], Fraction]) -> Result:
        """The result of a rule about anything but cost."""
        if self.measures == "classes":
            held = sum(n for (p, t), n in classes.items() if p in self.programmes and t in self.periods)
            return self._result(Fraction(held), Fraction(sum(classes.values())))
        if self.measures == "gaps_closed":
            gaps = [(g, c) for g, c in self.instance.gaps if g in self.groups and c in self.competencies]
            need = Fraction(sum(self.instance.gaps[key] for key in gaps))
            return self._result(sum((closed[key] for key in gaps), Fraction(0)), need)
        counted = whole = Fraction(0)
        for (g, p, t), n in people.items():
            units = n * (number(self.instance.programmes[p].get("hours", 0)) if self.measures == "hours" else 1)
            whole += units
            if g in self.groups and p in self.programmes and t in self.periods:
                counted += units
        return self._result(counted, whole)

    def _result(self, counted: Fraction, whole: Fraction) -> Result:
        out = {side: value * whole if share else value for side, (value, share) in self.bounds.items()}
        return Result(counted, out.get("at_least"), out.get("at_most"))


@lru_cache(maxsize=64)
def rule_readings(instance: Instance) -> tuple[RuleReading, ...]:
    """The rules of an instance in file order, their selectors resolved once."""
    return tuple(RuleReading(instance, rule) for rule in instance.rules)


class Charge(NamedTuple):
    """A cost cell of a plan, what it costs, on which basis, and who may pay it."""

    key: Key
    per: str
    payers: tuple[str, ...]
    cost: int


def charges(
    instance: Instance,
    people: People,
    classes: Classes,
    socialized: frozenset[str],
    seats: Mapping[tuple[str, str, str, str], int],
    agreed: frozenset[str],
) -> list[Charge]:
    """Every cell that costs something; the agreements of the funds in `agreed` are due."""
    found: dict[tuple[Key, str], Charge] = {}

    def add(key: Key, per: str, payers: tuple[str, ...], cost: Fraction) -> None:
        assert cost.denominator == 1, "tiny scenarios cost whole rupiah"
        if cost:
            before = found[key, per].cost if (key, per) in found else 0
            found[key, per] = Charge(key, per, payers, before + int(cost))

    for (g, p, t), n in people.items():
        for line in instance.lines[p]:
            if line.per == "participant":
                free = sum(v for (f, *seat), v in seats.items() if seat == [p, g, t] and instance.covers(f, line))
                add(
                    (p, g, line.item, line.account, t), line.per, instance.payers(p, line, g), line.unit[g] * (n - free)
                )
    for (p, t), n in classes.items():
        for line in instance.lines[p]:
            if line.per == "class":
                add((p, None, line.item, line.account, t), line.per, instance.payers(p, line, None), line.unit[""] * n)
    for p in dict.fromkeys(p for _g, p, _t in people):
        for line in instance.lines[p]:
            if line.per == "programme":
                add(
                    (p, None, line.item, line.account, instance.allowed[p][0]),
                    line.per,
                    instance.payers(p, line, None),
                    line.unit[""],
                )
    own = tuple(f for f in instance.funds if instance.own(f))
    for g in socialized:
        measure = instance.groups[g]["socialization"]
        key = (None, g, "socialization", measure.get("account"), instance.periods[0])
        add(key, "", own, Fraction(measure["cost"]))
    for f in agreed:
        account = (instance.funds[f].get("agreement_cost") or {}).get("account")
        add((None, None, f"agreement:{f}", account, instance.periods[0]), "", own, Fraction(instance.agreement(f)))
    return list(found.values())
