"""Warnings about groups made from a list of people: rows left out, groups mixed, blank cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from planner.domain.checks.problem import Doubt
from planner.domain.people import PeopleRead
from planner.domain.scenario import Scenario
from planner.locale import _, ngettext
from planner.units.said import count_said
from planner.units.texts import near_key

MOST_LISTED: Final = 5
"""Most agencies that are named."""


def people_not_counted(scenario: Scenario) -> Iterator[Doubt]:
    """Yield what the groups do not tell about the people they were made from."""
    read = scenario.people.read if scenario.people is not None else None
    if read is not None:
        for sentence in people_sentences(read):
            yield Doubt(("people",), sentence)
        yield from _counted_twice(scenario)


def _counted_twice(scenario: Scenario) -> Iterator[Doubt]:
    """Yield that agencies of the list have written groups beside it too, whose people may be those of the list."""
    people: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    names: dict[str, str] = {}
    for group in scenario.groups:
        if group.agency:
            names.setdefault(near_key(group.agency), group.agency)
            people[group.id in scenario.listed_groups][near_key(group.agency)] += group.headcount
    written, listed = people
    both = [key for key in names if written[key] and listed[key]]
    if both:
        told = ", ".join(names[key] for key in both[:MOST_LISTED]) + (", …" if len(both) > MOST_LISTED else "")
        counts = [sum(of[key] for key in both) for of in (listed, written)]
        sentence = _(
            "agencies of the list of people are also those of groups that are written beside it: {listed} people of the"
            " list + {written} of written groups = {all} people ({agencies}). Whoever is in both is counted twice:"
            " remove the written groups, or keep in them only people who are not in the list."
        )
        listed_said, written_said, all_said = map(count_said, (*counts, sum(counts)))
        yield Doubt(("groups",), sentence.format(listed=listed_said, written=written_said, all=all_said, agencies=told))


def people_sentences(read: PeopleRead) -> Iterator[str]:
    """Yield sentences about what was lost when a list of people was read, as far as a plan does not show it."""
    reasons = "; ".join(
        f"{_(each.reason).format(name=each.column or each.field)}: {count_said(each.rows)}" for each in read.left_out
    )
    if read.rows_left_out:
        yield ngettext(
            "the plan does without {rows} row of the list of people that could not be read ({reasons}).",
            "the plan does without {rows} rows of the list of people that could not be read ({reasons}).",
            read.rows_left_out,
        ).format(rows=count_said(read.rows_left_out), reasons=reasons)
    elif read.left_out:
        words = _(
            "rows of tables that belong to the list of people could not be read and are not used ({reasons}): their"
            " people are planned without what these rows say, such as gaps."
        )
        yield words.format(reasons=reasons)
    if read.mixed_people:
        yield ngettext(
            "{people} of {all} people have gaps so rare that they were joined to {groups} mixed group: of these the"
            " plan knows how many lack each competency, and not who lacks several; without this there would be"
            " {profiles} groups.",
            "{people} of {all} people have gaps so rare that they were joined to {groups} mixed groups: of these the"
            " plan knows how many lack each competency, and not who lacks several; without this there would be"
            " {profiles} groups.",
            read.mixed_groups,
        ).format(
            people=count_said(read.mixed_people),
            all=count_said(read.people),
            groups=count_said(read.mixed_groups),
            profiles=count_said(read.profiles),
        )
    if read.without_jp:
        yield ngettext(
            "{rows} row of training histories has no JP, or no day that says of which year it is: it adds no JP.",
            "{rows} rows of training histories have no JP, or no day that says of which year they are: they add no JP.",
            read.without_jp,
        ).format(rows=count_said(read.without_jp))
    if read.not_assessed:
        yield ngettext(
            "{cells} cell of gaps is blank in the list of people; it counts as no gap.",
            "{cells} cells of gaps are blank in the list of people; they count as no gap.",
            read.not_assessed,
        ).format(cells=count_said(read.not_assessed))
