"""The seats of a mixed group go to people who gain most from them, within what one person can take.

A plan knows how many people of a mixed group lack each competency, but not which competencies a person lacks together.
Its patterns may therefore give two courses to one person who gains by one of them alone, and none to somebody who lacks
what the other closes. The plan's seats stay; who takes which of them together is decided anew, for people who lack the
same:

    people who lack L and take the pattern S:  n_L,S >= 0 whole;  sum over S of n_L,S  <=  people who lack L
    sum over L and S with (p,t) of n_L,S  =  seats[p,t];  sum of n_L,S  =  people that the plan sends
    sum over L and S that uses a quota of n_L,S  <=  quota
    sum over L and S that reaches the target of a year  >=  people who reach it in the plan

Chosen is the way in which fewest people attend without a prerequisite, then most weighted gaps are closed, then fewest
seats close nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from planner.attendance.best_pattern import TooMany, all_patterns
from planner.attendance.task import Task, task_of
from planner.domain.attendance import History, Start
from planner.domain.best_chance import best_chance
from planner.domain.groups import Group
from planner.domain.scenario import Scenario

if TYPE_CHECKING:
    import pulp

MOST_PATTERNS: Final = 1000
"""Most patterns of a group that are all tried; where there are more, those of the plan, single starts and pairs."""
MOST_COLUMNS: Final = 6000
"""Most combinations of people who lack the same and patterns in the integer programme."""
UNREADY: Final = 1000.0
"""Penalty for each person without a prerequisite [weighted gaps]."""
NOTHING_CLOSED: Final = 1e-5
"""Penalty for each seat that closes no gap [weighted gaps]."""


@dataclass(frozen=True)
class Alike:
    """People of one part of a group who lack the same of what its seats teach."""

    lacks: frozenset[str]
    before: Fraction
    """JP done before the plan, where they decide whether somebody reaches a target [JP]."""
    people: int


@dataclass(frozen=True)
class SeatsGivenOut:
    """Who takes what: people of each of `Alike`, by its place, and the starts they take besides what they have
    attended."""

    rows: tuple[tuple[int, int, tuple[Start, ...]], ...]
    """(place, people, starts)."""
    best: bool
    """Whether no other way is better."""


class PartSeats:
    """The seats to come of one part of a mixed group, divided anew among its people."""

    def __init__(
        self, scenario: Scenario, group: Group, history: History, ways: Iterable[tuple[int, Sequence[Start]]],
        claimed: Mapping[str, int], *, alone: bool = True,
    ) -> None:  # fmt: skip
        """`ways` are people and what each of them attends, with what has happened.

        `claimed` is by year the number of people of the group who reach the target according to the plan; `alone` says
        whether the part is the whole group.
        """
        self.scenario, self.group, self.history = scenario, group, history
        self.claimed = claimed if alone and scenario.scenario.hours_target else {}
        self._alone = alone
        before = {*self.history.starts}
        self.taken = [(people, tuple(start for start in starts if start not in before)) for people, starts in ways]
        """(people, starts) of each way, without what these people have attended already."""
        self.seats: dict[Start, int] = {}
        for people, starts in self.taken:
            for start in starts:
                self.seats[start] = self.seats.get(start, 0) + people
        self.people = sum(people for people, starts in self.taken if starts)

    @property
    def done(self) -> frozenset[str]:
        """Programmes that all of the group have done before the plan."""
        return frozenset(q for q, people in self.group.completed.items() if people)

    def taught(self) -> frozenset[str]:
        """Return the competencies that matter here: what the seats close, and what their prerequisites teach."""
        programme = self.scenario.programme
        found = {c for p, _t in self.seats for c in programme[p].closes}
        for p, _t in self.seats:
            for needed in programme[p].prerequisites:
                found |= {c for q in needed for c in programme[q].closes}
        return frozenset(found)

    def worth_of(self, start: Start) -> dict[str, float]:
        """Return what a start alone closes of each competency of somebody who lacks it [weighted gaps]."""
        closes, weight = self.scenario.programme[start[0]].closes, self.scenario.competency
        return {c: float(weight[c].weight * chance) for c, chance in closes.items() if chance}

    @staticmethod
    def worth_together(worths: Iterable[Mapping[str, float]]) -> dict[str, float]:
        """Return what several starts close of each competency: the largest of them [weighted gaps]."""
        best: dict[str, float] = {}
        for each in worths:
            for c, worth in each.items():
                best[c] = max(worth, best.get(c, 0.0))
        return best

    def most(self, lacking: Mapping[str, int], worth_of: Mapping[Start, Mapping[str, float]]) -> float:
        """Return an upper limit of the weighted gaps closed where so many lack each competency: each seat closes a
        gap."""
        total = 0.0
        for c, left in lacking.items():
            for worth, n in sorted(((worth_of[start].get(c, 0.0), n) for start, n in self.seats.items()), reverse=True):
                taken = min(left, n)
                total += taken * worth
                left -= taken
        return total

    def chance(self, starts: Iterable[Start], competency: str) -> Fraction:
        """Return the largest chance that somebody of the part closes a gap, with these starts added [0-1]."""
        return best_chance(self.scenario, (*self.history.starts, *starts), competency, self.history)

    def worth(self, starts: Sequence[Start], lacks: Iterable[str]) -> Fraction:
        """Return the weighted gaps that somebody closes."""
        weight = self.scenario.competency
        return sum((weight[c].weight * self.chance(starts, c) for c in lacks), Fraction(0))

    def unready(self, starts: Sequence[Start], lacks: frozenset[str]) -> bool:
        """Return whether somebody takes a programme without its prerequisite, and lacks what every programme meeting it
        teaches."""
        programme = self.scenario.programme
        for p, t in starts:
            for needed in programme[p].prerequisites:
                taken = (*self.history.starts, *starts)
                met = self.done & {*needed} or any(q in needed and self._over(q, u, t) for q, u in taken)
                if not met and all(lacks & programme[q].closes.keys() for q in needed):
                    return True
        return False

    def _over(self, programme: str, started: str, period: str) -> bool:
        """Return whether a programme is over when another starts; one of a single period may be taken in the same
        period."""
        lasts = self.scenario.programme[programme].lasts
        place = self.scenario.place_of_period
        return place[started] + (0 if lasts == 1 else lasts) <= place[period]

    def value(self, rows: Iterable[tuple[frozenset[str], int, Sequence[Start]]]) -> tuple[int, Fraction]:
        """Return (people without a prerequisite, weighted gaps closed) for rows of (gaps, people, starts)."""
        unready, closed = 0, Fraction(0)
        for lacks, people, starts in rows:
            unready += people * self.unready(starts, lacks)
            closed += people * self.worth(starts, lacks)
        return unready, closed

    def filled(self, alike: Sequence[Alike]) -> SeatsGivenOut | None:
        """Return the best way to give the seats to these people; None where there are too many ways or none is
        found."""
        task = task_of(self.scenario, self.group, {**dict.fromkeys(self.history.starts, 1), **self.seats})
        place = {start: n for n, start in enumerate(task.starts)}
        patterns, every = self._patterns(task, place)
        if len(patterns) * len(alike) > MOST_COLUMNS:
            return None
        import pulp

        from planner.highs.checked import CheckedHighs

        problem = pulp.LpProblem("seats", pulp.LpMinimize)
        columns: list[tuple[int, int, pulp.LpVariable]] = []
        goal: list[tuple[pulp.LpVariable, float]] = []
        for a, those in enumerate(alike):
            for s, taken in enumerate(patterns):
                n = problem.add_variable(
                    f"n{a}_{s}", 0, min(those.people, min(self.seats[x] for x in taken)), "Integer"
                )
                columns.append((a, s, n))
                goal.append((n, self._cost(taken, those.lacks)))
        problem.setObjective(pulp.LpAffineExpression.from_list(goal))

        def total(terms: Iterable[tuple[pulp.LpVariable, float]]) -> pulp.LpAffineExpression:
            return pulp.LpAffineExpression.from_list(list(terms))

        for a, those in enumerate(alike):
            problem.addConstraint(total((n, 1.0) for b, _s, n in columns if b == a) <= those.people, f"a{a}")
        for at, (start, seats) in enumerate(self.seats.items()):
            problem.addConstraint(total((n, 1.0) for _a, s, n in columns if start in patterns[s]) == seats, f"x{at}")
        problem.addConstraint(total((n, 1.0) for _a, _s, n in columns) == self.people, "people")
        happened = [place[start] for start in self.history.starts]
        uses = [task.used([*happened, *(place[start] for start in taken)]) for taken in patterns]
        for q, most in enumerate(self._quotas(task, place, happened)):
            terms = [(n, float(uses[s].count(q))) for _a, s, n in columns if q in uses[s]]
            if terms:
                problem.addConstraint(total(terms) <= most, f"q{q}")
        for at, (year, least) in enumerate(self.claimed.items()):
            terms, sure = self._reaching(year, alike, patterns, columns)
            if least > sure:
                problem.addConstraint(total(terms) >= least - sure, f"t{at}")
        stats = problem.solve(CheckedHighs(msg=False, threads=1, mip_rel_gap=0.0, mip_max_nodes=2000))
        if not stats.has_solution:
            return None
        rows = []
        for a, s, n in columns:
            if people := round(float(n.varValue or 0.0)):
                rows.append((a, people, patterns[s]))
        found = SeatsGivenOut(tuple(rows), every and stats.status == pulp.LpSolveStatus.Optimal)
        return found if self._stands(found, alike) else None

    def _cost(self, taken: Sequence[Start], lacks: frozenset[str]) -> float:
        programme = self.scenario.programme
        useless = sum(not lacks & programme[p].closes.keys() for p, _t in taken)
        return UNREADY * self.unready(taken, lacks) + NOTHING_CLOSED * useless - float(self.worth(taken, lacks))

    def _patterns(self, task: Task, place: Mapping[Start, int]) -> tuple[list[tuple[Start, ...]], bool]:
        """Return what one person may start, and whether that is everything; the plan's own patterns are always
        included."""
        happened = [place[start] for start in self.history.starts]
        own = [tuple(sorted(place[start] for start in taken)) for _n, taken in self.taken if taken]
        open_to = [s for start, s in place.items() if start in self.seats]
        every = True
        try:
            found = all_patterns(task_of(self.scenario, self.group, self.seats), MOST_PATTERNS)
            found = [tuple(open_to[s] for s in taken) for taken in found]
        except TooMany:
            every = False
            found = [(s,) for s in open_to] + [(a, b) for a in open_to for b in open_to if a < b]
        fitting = [taken for taken in found if task.fits_after(happened, taken)]
        numbers = dict.fromkeys([*own, *(tuple(sorted(taken)) for taken in fitting)])
        return [tuple(task.starts[s] for s in taken) for taken in numbers], every

    def _quotas(self, task: Task, place: Mapping[Start, int], happened: Sequence[int]) -> list[int]:
        """Return how many may skip each prerequisite: for a part of a group as many as in the plan."""
        if self._alone:
            return [quota.people for quota in task.quotas]
        used = [0] * len(task.quotas)
        for people, taken in self.taken:
            for quota in task.used([*happened, *(place[start] for start in taken)]) if taken else ():
                used[quota] += people
        return used

    def _reaching(
        self, year: str, alike: Sequence[Alike], patterns: Sequence[Sequence[Start]],
        columns: Sequence[tuple[int, int, pulp.LpVariable]],
    ) -> tuple[list[tuple[pulp.LpVariable, float]], int]:  # fmt: skip
        """Return the terms of people who reach the target of a year by what they start, and how many reach it
        anyway."""
        one, target = self.scenario.one_person, self.scenario.scenario.hours_target or 0
        first = year == self.scenario.years[0]
        gained = [
            sum((one.hours(self.scenario.programme[p], t).get(year, Fraction(0)) for p, t in taken), Fraction(0))
            for taken in patterns
        ]
        due = [target - (those.before if first else 0) for those in alike]
        terms = [(n, 1.0) for a, s, n in columns if 0 < due[a] <= gained[s]]
        return terms, sum(those.people for those, left in zip(alike, due, strict=True) if left <= 0)

    def _stands(self, found: SeatsGivenOut, alike: Sequence[Alike]) -> bool:
        """Verify in whole numbers that the solution keeps all rows."""
        seats = dict.fromkeys(self.seats, 0)
        taking = [0] * len(alike)
        for a, people, taken in found.rows:
            taking[a] += people
            for start in taken:
                seats[start] += people
        within = all(n <= those.people for n, those in zip(taking, alike, strict=True))
        return within and seats == self.seats and sum(taking) == self.people
