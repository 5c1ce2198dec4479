"""The ways of a plan: what one person of a group attends, what it closes, and why gaps are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.running import hours_by_year, run_of
from planner.domain.scenario import Scenario
from planner.locale import _

Start = tuple[str, str]


@dataclass(frozen=True)
class Way:
    """What some people of one group attend; nothing, for those who are not sent."""

    number: int
    group: str
    people: int
    """How many follow it [people]."""
    starts: tuple[Start, ...]
    """(programme, period), in the order in which they begin."""
    hours: Fraction
    """JP of one person in the year that counts."""

    def closing(self, scenario: Scenario, lacks: Sequence[str]) -> Fraction:
        """Gaps that one person who lacks `lacks` closes, as expected [gaps]."""
        return sum((self.best(scenario, c) for c in lacks), Fraction(0))

    def best(self, scenario: Scenario, competency: str) -> Fraction:
        """The largest chance that the way closes a gap in a competency [0-1]."""
        shares = [scenario.programme[p].closes.get(competency, Fraction(0)) for p, _t in self.starts]
        return max(shares, default=Fraction(0))


def ways_of(scenario: Scenario, attendance: Sequence[Mapping[str, Any]], year: str) -> dict[str, list[Way]]:
    """The ways of each group in their order: those that close most of its gaps first, then those of most JP, then in
    the order of periods and of the file. Whoever is left attends nothing."""
    place = {p.id: n for n, p in enumerate(scenario.programmes)}
    found: dict[str, list[Way]] = {}
    for row in attendance:
        starts = [(str(each["programme"]), str(each["period"])) for each in row["programmes"]]
        starts.sort(key=lambda start: (scenario.place_of_period[start[1]], place[start[0]]))
        hours = sum(
            (hours_by_year(scenario, scenario.programme[p], t).get(year, Fraction(0)) for p, t in starts), Fraction(0)
        )
        found.setdefault(str(row["group"]), []).append(Way(0, str(row["group"]), row["people"], tuple(starts), hours))
    number = 0
    for group, ways in found.items():
        lacks = list(scenario.group[group].needs)

        def order(way: Way, lacks: list[str] = lacks) -> tuple[Any, ...]:
            when = [(scenario.place_of_period[t], place[p]) for p, t in way.starts]
            return -way.closing(scenario, lacks), -way.hours, when

        numbered = []
        for way in sorted(ways, key=order):
            number += 1
            numbered.append(Way(number, way.group, way.people, way.starts, way.hours))
        found[group] = numbered
    return found


def told_gaps(
    scenario: Scenario, group: Group, starts: Sequence[Start], lacks: Sequence[str],
    reasons: Mapping[tuple[str, str], str],
) -> Iterator[str]:  # fmt: skip
    """What is left of each gap of a person, and why, as sentences: for the certain reason where there is one."""
    attributes = group.attributes()
    for c in lacks:
        name = scenario.competency[c].name or c
        best = max((scenario.programme[p].closes.get(c, Fraction(0)) for p, _t in starts), default=Fraction(0))
        if best == 1:
            continue
        if best:
            yield _("{competency}: trained; expected to close for {share} of the participants").format(
                competency=name, share=_percent(best)
            )
        elif not any(c in each.closes and each.for_.matches(attributes) for each in scenario.programmes):
            yield _("{competency}: no programme of the plan is for it").format(competency=name)
        elif reason := reasons.get((group.id, c)):
            yield _("{competency}: no seat; {reason}").format(competency=name, reason=reason)
        else:
            yield _("{competency}: no seat; the plan gives seats to others or has no money for more").format(
                competency=name
            )


def closes(scenario: Scenario, programme: Programme, group: Group, competency: str) -> bool:
    """Whether a programme is for a group and closes a competency."""
    return competency in programme.closes and programme.for_.matches(group.attributes())


def periods_taken(scenario: Scenario, starts: Sequence[Start]) -> set[str]:
    """The periods in which somebody is in class."""
    return {t for p, start in starts for t in run_of(scenario, scenario.programme[p], start)}


def _percent(share: Fraction) -> str:
    from planner.domain.checks.problem import percent

    return percent(share).replace(".", ",")
