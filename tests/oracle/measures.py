"""What decisions come to, exactly: gaps closed, and the planner's rules with their measures and bounds.

closed_gaps(instance, people, socialized) -> {(group, competency): Fraction}
RuleReading(instance, rule).result(...) -> Result(measure, at_least, at_most), with .missed
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from types import MappingProxyType
from typing import NamedTuple

from tests.oracle.instance import Instance
from tests.oracle.plain import Plain, limit, listed, number, selects
from tests.oracle.years import best_chances

People = Mapping[tuple[str, str, str], int]
"""Participants by (group, programme, period)."""
Classes = Mapping[tuple[str, str], int]
"""Classes by (programme, period)."""
Key = tuple[str | None, str | None, str, str | None, str]
"""A cost cell as plan.json names it: programme, group, item, account, period."""
OneOff = tuple[str | None, str | None, str, str | None]
"""A cell of a cost that is due once, without its period."""


def agencies_fit(instance: Instance, people: People, socialized: frozenset[str]) -> bool:
    """Whether no agency sends more people to a programme than its groups have willing people in need."""
    for p in instance.programmes:
        for those in instance.attending(p):
            for year in instance.years:
                started = [t for t in instance.allowed[p] if instance.year[t] <= year]
                sent = sum(people.get((g, p, t), 0) for g in those for t in started)
                if sent > sum(instance.need(g, p, year) * instance.willing(g, g in socialized) for g in those):
                    return False
    return True


def closed_gaps(
    instance: Instance, people: People, socialized: frozenset[str], until: str = ""
) -> dict[tuple[str, str], Fraction]:
    """Each gap's share of the chances of its agency: one for each willing person who lacks the competency.

    Participants get them one programme of one group after the other, the most worth per chance first; of equal worth
    the first in the file. Over several years, with the gaps by the end of each, the best way is sought (years.py).
    """
    years = [year for year in instance.years if year <= (until or instance.years[-1])]
    taking: dict[tuple[str, str, str], int] = {}
    for (g, p, t), number_of_people in people.items():
        year = instance.year_of_end(p, t)
        if year in years:
            taking[g, p, year] = taking.get((g, p, year), 0) + number_of_people
    closed = dict.fromkeys(instance.gaps_by[years[-1]], Fraction(0))
    for c in instance.competencies:
        for those in instance.lacking(c):
            queue = sorted(
                (-instance.worth(g, c) * instance.closes[p][c], order, year, g, p)
                for order, (g, p) in enumerate((g, p) for g in those for p in instance.programmes)
                for year in years
                if (g, p, year) in taking and c in instance.closes[p]
            )
            counts = [taking[g, p, year] for _worth, _order, year, g, p in queue]
            served = _served(instance, c, those, queue, counts, socialized, years)
            for (_worth, _order, _year, g, p), n in zip(queue, served, strict=True):
                closed[g, c] = closed.get((g, c), Fraction(0)) + instance.closes[p][c] * n
    return {key: n for key, n in closed.items() if n or key in instance.gaps_by[years[-1]]}


Queue = list[tuple[Fraction, int, str, str, str]]


def _served(
    instance: Instance,
    c: str,
    those: list[str],
    queue: Queue,
    counts: list[int],
    socialized: frozenset[str],
    years: list[str],
) -> tuple[Fraction, ...]:
    """The chances that each row of the queue gets."""
    limits: list[tuple[frozenset[int], Fraction]] = []
    for year in years:
        exact = {g: instance.gaps_by[year].get((g, c), 0) * instance.willing(g, g in socialized) for g in those}
        for g, most in exact.items():
            rows = frozenset(i for i, row in enumerate(queue) if row[3] == g and row[2] <= year)
            limits.append((rows, Fraction(ceil(most)) if len(those) > 1 else most))
        limits.append((frozenset(i for i, row in enumerate(queue) if row[2] <= year), sum(exact.values(), Fraction(0))))
    if len(years) > 1:
        return best_chances(tuple(counts), tuple(-row[0] for row in queue), tuple(limits))
    served: list[Fraction] = []
    for i, n in enumerate(counts):
        left = [limit - sum(served[j] for j in rows if j < i) for rows, limit in limits if i in rows]
        served.append(min(Fraction(n), *left))
    return tuple(served)


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

    def __init__(self, instance: Instance, rule: Plain, of: str | None = None) -> None:
        self.instance = instance
        self.of, self.by = of, rule.get("per")
        """Whom the bounds are for: one programme, group, agency or location."""
        self.hard = not rule.get("soft")
        self.name, self.measures = str(rule["name"]), str(rule["measure"])
        self.penalty = number(rule["soft"]["penalty"]) if rule.get("soft") else None
        self.bounds = {side: limit(rule[side]) for side in ("at_least", "at_most") if rule.get(side) is not None}
        self.share = any(share for _value, share in self.bounds.values())
        self.where: Plain = rule.get("where", {})
        w, i = self.where, instance
        self.programmes = {p for p in i.programmes if selects(w.get("programmes"), i.seen_programme(p))}
        self.groups = {g for g in i.groups if selects(w.get("groups"), i.seen_group(g))}
        self.competencies = {c for c in i.competencies if selects(w.get("competencies"), i.seen_competency(c))}
        self.funds = {f for f in i.funds if selects(w.get("funds"), i.seen_fund(f))}
        of_years = {t for t in i.periods if "years" not in w or i.year[t] in listed(w["years"])}
        self.periods = of_years & set(listed(w.get("periods")) or i.periods)
        self.same = bool(rule.get("of_years"))
        self.base_periods = of_years if self.same else set(i.periods)
        self.own_programmes, self.own_groups = set(i.programmes), set(i.groups)
        """All programmes or groups of the unit, whether selected or not: what shares are of."""
        if self.by == "programme":
            self.own_programmes = {str(of)}
        elif self.by:
            self.own_groups = {g for g, group in i.groups.items() if _unit(g, group, self.by) == of}
        self.programmes &= self.own_programmes
        self.groups &= self.own_groups

    def binds(self, running: Set[str]) -> bool:
        """Whether the bounds are for something that is there: a programme only if it runs."""
        return self.by != "programme" or self.of in running

    def _own(self, key: Key) -> bool:
        """Whether a cell belongs to the unit."""
        if self.by == "programme":
            return key[0] == self.of
        return self.by is None or key[1] in self.own_groups

    def counts(self, key: Key, per: str) -> bool:
        """Whether a cost rule counts payments for a cell; `per` is empty for socialization and agreements."""
        p, g, item, account, t = key
        if not self._own(key):
            return False
        seen = {"item": [item], "account": listed(account), "per": listed(per or None)}
        return (
            (self.where.get("programmes") is None or p in self.programmes)
            and (self.where.get("groups") is None or g in self.groups)
            and t in self.periods
            and (not self.share or p is not None or item in listed((self.where.get("items") or {}).get("item")))
            and selects(self.where.get("items"), seen)
        )

    def in_base(self, key: Key) -> bool:
        """Whether a cell belongs to what a share of cost is of: costs of programmes, and items named by `items`."""
        named = listed((self.where.get("items") or {}).get("item"))
        return self._own(key) and key[4] in self.base_periods and (key[0] is not None or key[2] in named)

    def cost_result(self, counted: int, whole: int) -> Result:
        """The result of a cost rule, from the payments it counts and those its shares are of, rounded to rupiah."""
        exact = self._result(Fraction(counted), Fraction(whole))
        low, high = exact.at_least, exact.at_most
        if low is not None and self.bounds["at_least"][1]:
            low = Fraction(floor(low))
        if high is not None and self.bounds["at_most"][1]:
            high = Fraction(ceil(high))
        return Result(exact.measure, low, high)

    def people_result(
        self,
        people: People,
        classes: Classes,
        closed: Mapping[tuple[str, str], Fraction],
        closed_by: Callable[[str], Mapping[tuple[str, str], Fraction]],
    ) -> Result:
        """The result of a rule about anything but cost; `closed_by` gives the gaps closed by the end of a year."""
        if self.measures == "classes":
            held = sum(n for (p, t), n in classes.items() if p in self.programmes and t in self.periods)
            base = ((p, t) for p, t in classes if p in self.own_programmes and t in self.base_periods)
            return self._result(Fraction(held), Fraction(sum(classes[key] for key in base)))
        if self.measures == "gaps_closed":
            gaps = [(g, c) for g, c in self.instance.gaps if g in self.groups and c in self.competencies]
            if "years" not in self.where:
                need = Fraction(sum(self.instance.gaps[key] for key in gaps))
                return self._result(sum((closed[key] for key in gaps), Fraction(0)), need)
            return self._of_years(gaps, closed_by)
        counted = whole = Fraction(0)
        for (g, p, t), n in people.items():
            each, within = Fraction(t in self.base_periods), Fraction(t in self.periods)
            if self.measures == "hours":
                each = self.instance.hours_in(p, t, self.base_periods)
                within = self.instance.hours_in(p, t, self.periods)
            if g not in self.own_groups or p not in self.own_programmes:
                continue
            whole += n * each
            if g in self.groups and p in self.programmes:
                counted += n * within
        return self._result(counted, whole)

    def _of_years(
        self, gaps: list[tuple[str, str]], closed_by: Callable[[str], Mapping[tuple[str, str], Fraction]]
    ) -> Result:
        """What the named years add to what is closed by then, year after year; shares are of the need in the end, or
        with `of_years` by the end of the last of them."""
        years, named = self.instance.years, listed(self.where["years"])
        until = [Fraction(0)]
        for year in years:
            then = closed_by(year)
            until.append(sum((then.get(key, Fraction(0)) for key in gaps), Fraction(0)))
        counted = sum((until[n + 1] - until[n] for n, year in enumerate(years) if year in named), Fraction(0))
        last = [year for year in years if year in named][-1] if self.same else years[-1]
        return self._result(counted, Fraction(sum(self.instance.gaps_by[last].get(key, 0) for key in gaps)))

    def _result(self, counted: Fraction, whole: Fraction) -> Result:
        out = {side: value * whole if share else value for side, (value, share) in self.bounds.items()}
        return Result(counted, out.get("at_least"), out.get("at_most"))


@lru_cache(maxsize=64)
def rule_readings(instance: Instance) -> tuple[RuleReading, ...]:
    """The rules of an instance in file order, their selectors resolved once; with `per` one for each unit."""
    return tuple(reading for rule in instance.rules for reading in readings_of(instance, rule))


def readings_of(instance: Instance, rule: Plain) -> list[RuleReading]:
    """A rule as it is read: once, or once for each programme, group, agency or location that it selects."""
    by, where = rule.get("per"), rule.get("where", {})
    if not by:
        return [RuleReading(instance, rule)]
    i = instance
    if by == "programme":
        units = [p for p in i.programmes if selects(where.get("programmes"), i.seen_programme(p))]
    else:
        chosen = [g for g in i.groups if selects(where.get("groups"), i.seen_group(g))]
        units = list(dict.fromkeys(_unit(g, i.groups[g], by) for g in chosen))
    return [RuleReading(instance, rule, of) for of in units]


def _unit(g: str, group: Plain, by: str) -> str:
    return g if by == "group" else str(group.get(by))


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
    when: Mapping[OneOff, str] = MappingProxyType({}),
) -> list[Charge]:
    """Every cell that costs something; the agreements of the funds in `agreed` are due.

    `when` says in which period what is due once is paid; in the first of the horizon where it says nothing.
    """
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
                    (p, g, line.item, line.account, t),
                    line.per,
                    instance.payers(p, line, g),
                    instance.unit(line, g, t) * (n - free),
                )
    for (p, t), n in classes.items():
        for line in instance.lines[p]:
            if line.per == "class":
                add(
                    (p, None, line.item, line.account, t),
                    line.per,
                    instance.payers(p, line, None),
                    instance.unit(line, "", t) * n,
                )

    def once(one_off: OneOff) -> Key:
        return (*one_off, when.get(one_off, instance.periods[0]))

    for p in dict.fromkeys(p for _g, p, _t in people):
        for line in instance.lines[p]:
            if line.per == "programme":
                key = once((p, None, line.item, line.account))
                add(key, line.per, instance.payers(p, line, None), instance.unit(line, "", key[4]))
    for g in socialized:
        measure = instance.groups[g]["socialization"]
        key = once((None, g, "socialization", measure.get("account")))
        add(
            key,
            "",
            instance.own_of(instance.groups[g]),
            Fraction(instance.grown(measure["cost"], instance.year[key[4]])),
        )
    for f in agreed:
        account = (instance.funds[f].get("agreement_cost") or {}).get("account")
        key = once((None, None, f"agreement:{f}", account))
        add(
            key,
            "",
            instance.own_of(instance.funds[f]),
            Fraction(instance.grown(instance.agreement(f), instance.year[key[4]])),
        )
    return list(found.values())
