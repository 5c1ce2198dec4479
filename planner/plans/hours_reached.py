"""How many people reach the target of JP in a year, counted from attendance patterns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from planner.domain.attendance import Pattern
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.plans.plan_rows import HoursTarget

BASIC: Final = ("latsar", "pelatihan dasar")
"""Forms of the basic training of new civil servants, which alone has more JP than a year's target."""


def is_basic(programme: Programme) -> bool:
    """Return whether a programme is the basic training (Latsar): by its form, or where its id says so."""
    return programme.form.casefold() in BASIC or "latsar" in programme.id.casefold()


def counts_facts(scenario: Scenario, attendance: Sequence[Pattern]) -> bool:
    """Return whether the patterns include what has happened already; where they do not, nobody's hours are known."""
    held: dict[tuple[str, str, str], int] = {}
    for pattern in attendance:
        for p, t in pattern.programmes:
            held[pattern.group, p, t] = held.get((pattern.group, p, t), 0) + pattern.people
    return all(held.get(seat, 0) >= people for seat, people in scenario.facts.participants.items())


def hours_reached(
    scenario: Scenario, attendance: Sequence[Pattern], *, without_basic: bool = False, at_most: bool = False
) -> Iterator[HoursTarget]:
    """Yield, for each year and group, how many people have at least `hours_target` JP; others may have none.

    JP done before the plan count in its first year. Which people of a group are sent is only known from lists of names:
    the figure is how many reach the target in any case, or `at_most`. Where something has happened, this holds for the
    patterns alone: lists of names may combine past attendance with what is left in other ways.

    Nothing is counted where patterns cover only what is left of a plan. `without_basic` leaves out the hours of basic
    training: they say nothing about people who have been civil servants for long.
    """
    target = scenario.scenario.hours_target
    if target is None or (scenario.facts and not counts_facts(scenario, attendance)):
        return
    one = scenario.one_person
    before = jp_before(scenario)
    reached: dict[tuple[str, str], int] = {}
    sent: dict[str, list[tuple[Fraction, int]]] = {}
    for pattern in attendance:
        hours: dict[str, Fraction] = {}
        for p, t in pattern.programmes:
            if without_basic and is_basic(scenario.programme[p]):
                continue
            for year, n in one.hours(scenario.programme[p], t).items():
                hours[year] = hours.get(year, Fraction(0)) + n
        sent.setdefault(pattern.group, []).append((hours.get(one.years[0], Fraction(0)), pattern.people))
        for year in one.years:
            if hours.get(year, 0) >= target:
                reached[year, pattern.group] = reached.get((year, pattern.group), 0) + pattern.people
    for year in one.years:
        for group in scenario.groups:
            count = reached.get((year, group.id), 0) if target else group.headcount
            if year == one.years[0] and target and (done := before.get(group.id)):
                count = together([*done.items()], sent.get(group.id, []), target, group.headcount, at_most=at_most)
            yield HoursTarget(year, group.id, group.headcount, count)


def jp_before(scenario: Scenario) -> Mapping[str, Mapping[Fraction, int]]:
    """Return people by the JP that each has done before the plan, by group; empty where nobody has done any.

    Where groups come from a list of people, its figures count rather than `hours_before`, which states the same JP.
    """
    read = scenario.people.read if scenario.people is not None else None
    listed = read.hours_done if read is not None else {}
    found: dict[str, Mapping[Fraction, int]] = {}
    for group in scenario.groups:
        if group.id in listed:
            found[group.id] = {Fraction(done): people for done, people in listed[group.id].items()}
        elif group.hours_before:
            found[group.id] = {group.hours_before: group.headcount}
    return found


def together(
    done: Sequence[tuple[Fraction, int]], sent: Sequence[tuple[Fraction, int]], target: int, headcount: int, *,
    at_most: bool,
) -> int:  # fmt: skip
    """Return how many people reach a target with what they have done and what they attend, each given as (JP, people)
    [people].

    Anybody may be sent to anything. With `at_most`, as many reach it as can be matched with d + s >= target; otherwise
    all but those who can be matched with d + s < target. Whoever has the fewest partners is matched first, which is
    optimal.
    """
    done = [*done, (Fraction(0), headcount - sum(people for _jp, people in done))]
    sent = [*sent, (Fraction(0), headcount - sum(people for _jp, people in sent))]
    joined = 0
    for jp, people in sorted(sent, reverse=not at_most):
        partners = sum(n for before, n in done if (before + jp >= target) == at_most)
        joined += min(people, max(0, partners - joined))
    return joined if at_most else headcount - joined
