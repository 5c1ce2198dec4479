"""Who could be the same people: attendance patterns of tiny groups, by trying all of them.

Attending(instance).fewest(group, placed) -> int | None     fewest people who could attend what is placed; None if none
attending_fits(instance, people, socialized) -> bool         whether every group, and every agency, has people enough
attendance_rows(instance, people, socialized) -> list        rows for plan.json: of tiny groups with most people who
                                                             reach the target, of larger ones by giving out in turn
hours_target_rows(instance, rows) -> list                    how many reach the target, by year and group
attendance_holds(instance, people, socialized, rows) -> bool whether stated rows are patterns of the plan
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from math import ceil, floor, prod
from typing import Any

from tests.oracle.instance import Instance, remembered
from tests.oracle.plain import Plain, number

Start = tuple[str, str]
Placed = Mapping[tuple[str, str, str], int]

MOST_STATES = 3000
"""Most ways to leave seats open in which every way to fill them is tried."""


class Attending:
    """The patterns of one instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.target = instance.scenario["scenario"].get("hours_target")
        self._single: dict[str, list[tuple[Start, ...]]] = {}
        self.best = cache(self._best)

    def hours(self, taken: tuple[Start, ...]) -> dict[str, Fraction]:
        i = self.instance
        found: dict[str, Fraction] = {}
        for p, t in taken:
            for year, n in i.in_years(p, t).items():
                found[year] = found.get(year, Fraction(0)) + n
        return found

    def one_person(self, g: str, taken: tuple[Start, ...]) -> bool:
        """Whether one person can attend all of it."""
        i = self.instance
        if len({p for p, _t in taken}) < len(taken):
            return False
        if not i.bears(g, self.hours(taken)):
            return False
        days: dict[str, Fraction] = {}
        for p, start in taken:
            for t, n in i.away(p, start).items():
                days[t] = days.get(t, Fraction(0)) + n
        return all(n <= i.working_days[t] for t, n in days.items())

    def single(self, g: str) -> list[tuple[Start, ...]]:
        """Everything that one person of the group could attend."""
        if g not in self._single:
            by_programme: dict[str, list[Start | None]] = {}
            for p, t in self.instance.slots[g]:
                by_programme.setdefault(p, [None]).append((p, t))
            chosen = (tuple(s for s in choice if s) for choice in product(*by_programme.values()))
            self._single[g] = [taken for taken in chosen if taken and self.one_person(g, taken)]
        return self._single[g]

    def quotas(self, g: str) -> list[tuple[str, tuple[str, ...], int]]:
        """(programme, programmes of which one is required, people who may skip them)."""
        i, found = self.instance, []
        for p in dict.fromkeys(p for p, _t in i.slots[g]):
            for needed in i.programmes[p].get("requires", []):
                enough = tuple(dict.fromkeys(needed["any"])) if isinstance(needed, dict) else (needed,)
                ready = max(0, *(i.need(g, p, year) - i.need(g, q, year) for year in i.years for q in enough))
                ready += sum(i.groups[g].get("completed", {}).get(q, 0) for q in enough)
                found.append((p, enough, ready))
        return found

    def skips(self, taken: tuple[Start, ...], p: str, enough: tuple[str, ...]) -> bool:
        begins = [t for q, t in taken if q == p]
        return bool(begins) and not any(q in enough and u in self.instance.finished(q, begins[0]) for q, u in taken)

    def before(self, g: str, year: str) -> Fraction:
        """JP that each of the group has taken in a year before the plan."""
        i = self.instance
        return number(i.groups[g].get("hours_before", 0)) if year == i.years[0] else Fraction(0)

    def reached(self, g: str, taken: tuple[Start, ...]) -> int:
        """In how many years this makes one person reach the target, who would not without it."""
        hours = self.hours(taken)
        return sum(
            self.before(g, year) < self.target <= hours.get(year, 0) + self.before(g, year)
            for year in (self.instance.years if self.target else ())
        )

    def _best(
        self, g: str, counts: tuple[int, ...], left: tuple[int, ...], people: int | None
    ) -> tuple[int, int, tuple[tuple[Start, ...], ...]] | None:
        """(people who reach the target, less people who attend, what each attends), the most; None if nobody can.

        Within `people`; where it is None, the fewest people who attend.
        """
        if not any(counts):
            return 0, 0, ()
        if people == 0:
            return None
        slots = self.instance.slots[g]
        first = slots[next(n for n, count in enumerate(counts) if count)]
        best: tuple[int, int, tuple[tuple[Start, ...], ...]] | None = None
        for taken in self.single(g):
            if first not in taken or any(not counts[slots.index(s)] for s in taken):
                continue
            quotas = tuple(
                n - self.skips(taken, p, enough) for n, (p, enough, _r) in zip(left, self.quotas(g), strict=True)
            )
            if any(n < 0 for n in quotas):
                continue
            rest = tuple(count - (slot in taken) for slot, count in zip(slots, counts, strict=True))
            found = self.best(g, rest, quotas, None if people is None else people - 1)
            if found is not None:
                reached = 0 if people is None else self.reached(g, taken)
                this = (found[0] + reached, found[1] - 1, (taken, *found[2]))
                if best is None or this[:2] > best[:2]:
                    best = this
        return best

    def fewest(self, g: str, placed: Placed) -> int | None:
        counts = tuple(placed.get((g, p, t), 0) for p, t in self.instance.slots[g])
        found = self.best(g, counts, tuple(n for *_pq, n in self.quotas(g)), None)
        return None if found is None else -found[1]


@remembered
def attending(instance: Instance) -> Attending:
    return Attending(instance)


@remembered
def circles(instance: Instance) -> list[list[str]]:
    """Groups that may attend anything, by agency."""
    return instance.colleagues(
        [g for g in instance.groups if any(instance.may_take(g, p) for p in instance.programmes)]
    )


@remembered
def most_people(instance: Instance, g: str, socialized: bool) -> int:
    """headcount x r in whole people: of an agency's group what is begun counts."""
    exact: Fraction = instance.groups[g]["headcount"] * instance.willing(g, socialized)
    return ceil(exact) if any(g in those and len(those) > 1 for those in circles(instance)) else floor(exact)


def attending_fits(instance: Instance, people: Placed, socialized: frozenset[str]) -> bool:
    """Whether people are enough for patterns of all that is placed."""
    for those in circles(instance):
        fewest = {g: attending(instance).fewest(g, people) for g in those}
        if any(n is None or n > most_people(instance, g, g in socialized) for g, n in fewest.items()):
            return False
        exact = sum(instance.groups[g]["headcount"] * instance.willing(g, g in socialized) for g in those)
        if sum(n or 0 for n in fewest.values()) > exact:
            return False
    return True


def attendance_rows(instance: Instance, people: Placed, socialized: frozenset[str]) -> list[Plain]:
    rows: list[Plain] = []
    for those in circles(instance):
        exact = sum(instance.groups[g]["headcount"] * instance.willing(g, g in socialized) for g in those)
        fewest = {g: _fewest(instance, g, people) for g in those}
        left = floor(exact) - sum(fewest.values())
        for g in those:
            more = max(0, min(left, most_people(instance, g, g in socialized) - fewest[g]))
            left -= more
            rows += _of_group(instance, g, people, fewest[g] + more)
    able = {g for those in circles(instance) for g in those}
    for g in dict.fromkeys(g for g, _p, _t in people):
        rows += [] if g in able else _of_group(instance, g, people, _fewest(instance, g, people))
    return rows


def _is_tiny(instance: Instance, g: str, people: Placed) -> bool:
    return (
        prod(people.get((g, p, t), 0) + 1 for p, t in instance.slots[g]) <= MOST_STATES
        and len({p for p, _t in instance.slots[g]}) <= 4
    )


def _fewest(instance: Instance, g: str, people: Placed) -> int:
    if _is_tiny(instance, g, people) and (least := attending(instance).fewest(g, people)) is not None:
        return least
    of_programme: dict[str, int] = {}
    for (of, p, _t), n in people.items():
        if of == g:
            of_programme[p] = of_programme.get(p, 0) + n
    return max(of_programme.values(), default=0)


def _of_group(instance: Instance, g: str, people: Placed, most: int) -> list[Plain]:
    chosen: list[tuple[Start, ...]] = []
    if _is_tiny(instance, g, people):
        a = attending(instance)
        counts = tuple(people.get((g, p, t), 0) for p, t in instance.slots[g])
        best = a.best(g, counts, tuple(n for *_pq, n in a.quotas(g)), most)
        chosen = list(best[2]) if best is not None else []
    if not chosen:
        chosen = _in_turn(instance, g, people, most)
    counted: dict[tuple[Start, ...], int] = {}
    for taken in chosen:
        counted[taken] = counted.get(taken, 0) + 1
    return [
        {"group": g, "people": n, "programmes": [{"programme": p, "period": t} for p, t in taken]}
        for taken, n in counted.items()
    ]


def _in_turn(instance: Instance, g: str, people: Placed, most: int) -> list[tuple[Start, ...]]:
    """Each seat to whoever can take it, has what it requires, and has least so far; where nobody can, to somebody."""
    a = attending(instance)
    persons: list[tuple[Start, ...]] = [()] * max(most, 1)
    quotas = {(p, enough): n for p, enough, n in a.quotas(g)}
    order = sorted(
        ((p, t) for (of, p, t) in people if of == g),
        key=lambda s: (instance.periods.index(s[1]), bool(instance.programmes[s[0]].get("requires"))),
    )
    for p, t in order:
        for _ in range(people[g, p, t]):

            def cost(n: int, p: str = p, t: str = t) -> tuple[bool, int, Fraction]:
                taken = (*persons[n], (p, t))
                skipped = sum(of == p and a.skips(taken, of, enough) for of, enough in quotas)
                return not a.one_person(g, taken), skipped, sum(a.hours(persons[n]).values(), Fraction(0))

            able = [n for n in range(len(persons)) if p not in {q for q, _u in persons[n]}]
            if not able:
                persons.append(())
                able = [len(persons) - 1]
            best = min(able, key=cost)
            persons[best] = (*persons[best], (p, t))
    return [tuple(sorted(taken)) for taken in persons if taken]


def hours_target_rows(instance: Instance, rows: list[Plain]) -> list[Plain]:
    a = attending(instance)
    if a.target is None:
        return []
    found = []
    for year in dict.fromkeys(instance.year.values()):
        for g, group in instance.groups.items():
            count, followed = (group["headcount"] if not a.target else 0), 0
            before = a.before(g, year)
            for row in rows if a.target else ():
                if row["group"] == g:
                    followed += row["people"]
                    taken = tuple((each["programme"], each["period"]) for each in row["programmes"])
                    count += row["people"] * (a.hours(taken).get(year, Fraction(0)) + before >= a.target)
            if a.target and before >= a.target:
                count += group["headcount"] - followed
            found.append({"year": year, "group": g, "people": group["headcount"], "reached": count})
    return found


def attendance_holds(instance: Instance, people: Placed, socialized: frozenset[str], rows: Any) -> bool:
    """Whether every row can be followed by one person, and all rows are the plan."""
    a, seats = attending(instance), dict.fromkeys(people, 0)
    follow: dict[str, int] = {}
    skipping: dict[tuple[str, str, tuple[str, ...]], int] = {}
    seen = set()
    for row in rows:
        g, n, taken = (
            row["group"],
            row["people"],
            tuple((each["programme"], each["period"]) for each in row["programmes"]),
        )
        if g not in instance.groups or type(n) is not int or n < 1 or not taken:
            return False
        if any((g, *start) not in seats for start in taken) or not a.one_person(g, taken):
            return False
        if (g, frozenset(taken)) in seen:
            return False
        seen.add((g, frozenset(taken)))
        follow[g] = follow.get(g, 0) + n
        for start in taken:
            seats[g, *start] += n
        for p, enough, _ready in a.quotas(g):
            skipping[g, p, enough] = skipping.get((g, p, enough), 0) + n * a.skips(taken, p, enough)
    if seats != dict(people):
        return False
    if any(
        n > ready
        for g in instance.groups
        for p, enough, ready in a.quotas(g)
        for n in [skipping.get((g, p, enough), 0)]
    ):
        return False
    for those in circles(instance):
        if any(follow.get(g, 0) > most_people(instance, g, g in socialized) for g in those):
            return False
        if sum(follow.get(g, 0) for g in those) > sum(
            instance.groups[g]["headcount"] * instance.willing(g, g in socialized) for g in those
        ):
            return False
    return True
