"""The ways of a plan: what one person of a group attends, what that closes, and why gaps are left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Final

from planner.domain.attendance import NO_HISTORY, History, Start
from planner.domain.best_chance import best_chance
from planner.domain.groups import Group
from planner.domain.running import hours_by_year
from planner.domain.scenario import Scenario
from planner.locale import _

_NOTHING: Final = Fraction(0)

type Part = tuple[str, History]
"""A group, and what some of its people have attended already: people who are alike when seats are given out."""
type Follower = tuple[str, History, int, Sequence[Start]]
"""(group, history, people, what each of them starts in addition)."""


@dataclass(frozen=True)
class Way:
    """What some people of one group attend; nothing for people who are not sent."""

    number: int
    group: str
    people: int
    """How many people attend exactly this [people]."""
    starts: tuple[Start, ...]
    """(programme, period), in the order in which they begin."""
    hours: tuple[Fraction, ...]
    """JP of one person in each year of the scenario."""
    history: History = NO_HISTORY
    """The part of it that has happened already, and its results."""

    def best(self, scenario: Scenario, competency: str) -> Fraction:
        """Return the largest chance that the way closes a gap in a competency [0-1].

        Courses after which the person was examined and found to lack it still close nothing more.
        """
        return best_chance(scenario, self.starts, competency, self.history)


def followers(attendance: Sequence[Mapping[str, Any]]) -> Iterator[Follower]:
    """Yield who follows the patterns of a plan of which nothing has happened."""
    for row in attendance:
        starts = [(str(each["programme"]), str(each["period"])) for each in row["programmes"]]
        yield str(row["group"]), NO_HISTORY, row["people"], starts


def ways_of(scenario: Scenario, rows: Iterable[Follower]) -> dict[Part, list[Way]]:
    """Return the ways of the people of each group by what they have attended already, in their order.

    First the ways that close most of the group's gaps, then those of most JP in the first year of which anything is
    left, then in the order of periods and of the file. People who are left over attend nothing.
    """
    place = {p.id: n for n, p in enumerate(scenario.programmes)}
    first = scenario.years.index(scenario.first_open_year)
    of_start = cache(lambda p, t: hours_by_year(scenario, scenario.programme[p], t))
    hours = cache(
        lambda starts: tuple(sum((of_start(*s).get(y, _NOTHING) for s in starts), _NOTHING) for y in scenario.years)
    )
    found: dict[Part, list[tuple[int, tuple[Start, ...]]]] = {}
    for group, history, people, added in rows:
        starts = [*history.starts, *added]
        if len(starts) > 1:
            starts.sort(key=lambda start: (scenario.place_of_period[start[1]], place[start[0]]))
        found.setdefault((group, history), []).append((people, tuple(starts)))
    made: dict[Part, list[Way]] = {}
    number = 0
    for part, of_part in found.items():
        group, history = part
        if len(of_part) > 1:
            lacks = scenario.group[group].needs.keys() - history.passed

            def order(
                way: tuple[int, tuple[Start, ...]], lacks: Set[str] = lacks, history: History = history
            ) -> tuple[Any, ...]:
                when = [(scenario.place_of_period[t], place[p]) for p, t in way[1]]
                closing = sum(_chances(scenario, way[1], lacks, history).values(), _NOTHING)
                return -closing, -hours(way[1])[first], when

            of_part.sort(key=order)
        ways = made[part] = []
        for people, taken in of_part:
            number += 1
            ways.append(Way(number, group, people, taken, hours(taken), history))
    return made


def groups_taught(scenario: Scenario) -> dict[str, set[str]]:
    """Return the ids of the groups for which some programme closes each competency."""
    picked = {s: {group.id for group in scenario.groups_in(s)} for s in {p.for_ for p in scenario.programmes}}
    found: dict[str, set[str]] = {}
    for programme in scenario.programmes:
        for c in programme.closes:
            found.setdefault(c, set()).update(picked[programme.for_])
    return found


def told_gaps(
    scenario: Scenario, group: Group, starts: Sequence[Start], lacks: Sequence[str],
    reasons: Mapping[tuple[str, str], str], history: History = NO_HISTORY,
    taught: Mapping[str, Collection[str]] | None = None,
) -> Iterator[str]:  # fmt: skip
    """Return what is left of each gap of a person and why, as sentences, with the certain reason where there is one.

    `history` is the part of the starts that has happened; `taught` is the result of `groups_taught`, for many people.
    """
    known = groups_taught(scenario) if taught is None else taught
    for c in lacks:
        name = scenario.competency[c].name or c
        best = best_chance(scenario, starts, c, history)
        if best == 1:
            continue
        if best:
            yield _("{competency}: trained; expected to close for {share} of the participants").format(
                competency=name, share=_percent(best)
            )
        elif c in history.failed:
            yield _("{competency}: trained, but the gap was not found closed").format(competency=name)
        elif group.id not in known.get(c, ()):
            yield _("{competency}: no programme of the plan is for it").format(competency=name)
        elif reason := reasons.get((group.id, c)):
            yield _("{competency}: no seat; {reason}").format(competency=name, reason=reason)
        else:
            yield _("{competency}: no seat; the plan gives seats to others or has no money for more").format(
                competency=name
            )


def _chances(
    scenario: Scenario, starts: Collection[Start], lacks: Collection[str], history: History
) -> dict[str, Fraction]:
    """Return the largest chance to close each gap of somebody who lacks `lacks`, where there is one [0-1]."""
    found: dict[str, Fraction] = {}
    for p, t in starts:
        spent = history.failed if (p, t) in history.starts else ()
        for c, share in scenario.programme[p].closes.items():
            if c in lacks and c not in spent and share > found.get(c, _NOTHING):
                found[c] = share
    return found


def _percent(share: Fraction) -> str:
    from planner.domain.checks.problem import percent

    return percent(share).replace(".", ",")
