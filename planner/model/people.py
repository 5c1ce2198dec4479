"""The number of people of a group in attendance patterns, as terms of a row."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pulp

from planner.model.ingredients import Parts

Exact = tuple[pulp.LpVariable, Fraction]
"""A variable and its exact coefficient."""


def people_today(parts: Parts, group_id: str, socialized: bool) -> int:
    """Return the most people of a group in patterns: headcount x r, rounded up where its agency has other groups."""
    circle = parts.scenario.willingness.people.get(group_id)
    if circle is None:  # only facts have people of this group: no programme is for it
        group = parts.scenario.group[group_id]
        return floor(group.headcount * group.willing(socialized))
    return circle.most_whole(parts.scenario.group[group_id], socialized)


def times_people(parts: Parts, group_id: str, factor: Fraction) -> tuple[list[Exact], Fraction]:
    """Return factor x people of the group: terms for the left side of a row, and a number for its right side."""
    spared = factor * parts.learnt.spared.get(group_id, 0)
    attendees = parts.variables.attendees.get(group_id)
    if attendees is not None:
        return [(attendees, -factor)], -spared
    raised, right = times_willing(parts, group_id, factor)
    return raised, right - spared


def times_willing(parts: Parts, group_id: str, factor: Fraction) -> tuple[list[Exact], Fraction]:
    """Return factor x the most people of the group who may attend, whatever others of its agency do."""
    today, most = (people_today(parts, group_id, socialized) for socialized in (False, True))
    socialized = parts.variables.socialized.get(group_id)
    raised = [] if socialized is None or most == today else [(socialized, -factor * (most - today))]
    return raised, factor * today
