"""JP that people have done before a plan, and who reaches the target of JP with them, whoever is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from planner.domain.scenario import Scenario


def done_before(scenario: Scenario) -> Mapping[str, Mapping[str, int]]:
    """Return people by the JP that each has done before the plan, by group: from the list of people, or from the
    group."""
    done: dict[str, Mapping[str, int]] = {
        g.id: {str(g.hours_before): g.headcount} for g in scenario.groups if g.hours_before
    }
    if scenario.people is not None and scenario.people.read is not None:
        # a group made from a list may state the same JP again
        done |= {g: rows for g, rows in scenario.people.read.hours_done.items() if g in scenario.group}
    return done


def surely_reached(headcount: int, done: Mapping[str, int], sent: Sequence[tuple[Fraction, int]], target: int) -> int:
    """Return the fewest people of a group who reach the target of JP, whichever of them are sent [people].

    `done` says how many JP so many people have taken before, `sent` (JP, people) what the plan gives to others each
    time. In the worst case the longest courses go to people who stay below the target even so, while there are any;
    then the next longest. Whoever is left over reaches it.
    """
    before = [(Fraction(jp), people) for jp, people in done.items()]
    before.append((Fraction(0), headcount - sum(people for _jp, people in before)))
    taken = [*sent, (Fraction(0), headcount - sum(people for _jp, people in sent))]
    short = 0
    for hours, people in sorted(taken, key=lambda each: each[0], reverse=True):
        below = sum(number for jp, number in before if jp + hours < target)
        short = max(short, min(short + people, below))
    return headcount - short
