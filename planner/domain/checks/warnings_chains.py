"""Programmes that nobody can attend, by themselves or because of what they require, and gaps that thus stay open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from planner.domain.chains import Chains, Obstacle
from planner.domain.checks.new_gaps import place_of_gap
from planner.domain.checks.problem import Doubt, listed
from planner.domain.groups import Group
from planner.domain.programmes import Programme
from planner.domain.scenario import Scenario
from planner.locale import N_, _, ngettext
from planner.units.said import decimal_said

_REASONS: Final = {
    "no_start": N_("no period in which it may start lets it end within the horizon (lasts: {lasts})."),
    "later": N_("it may start only in years in which nobody of them needs it yet."),
    "not_for": N_("it requires '{required}', which is not for them."),
    "no_gap": N_("it requires '{required}', which closes no gap of theirs, and nobody has completed it."),
    "order": N_("it requires '{required}', which cannot be finished before it starts for the last time."),
    "chain": N_("it requires '{required}', which they cannot attend either."),
}
"""What prevents attendance, by kind of obstacle; too many hours have a warning of their own."""


def programmes_closed_by_hours(scenario: Scenario, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield programmes with more hours than one person of some groups may take."""
    for p, programme in enumerate(scenario.programmes):
        shut = [group for group in takers[programme.id] if not scenario.one_person.admits(group, programme)]
        taken = [group for group in shut if scenario.one_person.closed_by_hours_before(group, programme)]
        if closed := [group for group in shut if group not in taken]:
            yield Doubt(
                ("programmes", p, "hours"),
                ngettext(
                    "'{id}' has {hours} JP, more than one person of {count} group may take (max_hours); it is closed"
                    " to {people} people with a gap: {groups}.",
                    "'{id}' has {hours} JP, more than one person of {count} groups may take (max_hours); it is closed"
                    " to {people} people with a gap: {groups}.",
                    len(closed),
                ).format(groups=listed(group.id for group in closed), **_closed(scenario, programme, closed)),
            )
        if taken:
            yield Doubt(
                ("programmes", p, "hours"),
                ngettext(
                    "'{id}' has {hours} JP, more than is left to one person of {count} group after the JP taken already"
                    " (hours_before); it is closed to {people} people with a gap: {groups}.",
                    "'{id}' has {hours} JP, more than is left to one person of {count} groups after the JP taken"
                    " already (hours_before); it is closed to {people} people with a gap: {groups}.",
                    len(taken),
                ).format(groups=_with_hours_before(taken), **_closed(scenario, programme, taken)),
            )


def counted_without_a_gap(scenario: Scenario, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield programmes that close the same gap as one they require, where people may skip the required one.

    People who skip it lack nothing that it teaches, but a plan of groups may count them as people with that gap.
    """
    for p, programme in enumerate(scenario.programmes):
        for name in dict.fromkeys(name for enough in programme.prerequisites for name in enough):
            common = sorted(set(programme.closes) & set(scenario.programme[name].closes))
            skipping = {
                group.id: number
                for group in takers[programme.id]
                if (number := scenario.may_skip(group, programme, (name,), scenario.horizon[-1]))
                and any(group.needs.get(c) for c in common)
            }
            if skipping:
                words = _(
                    "'{id}' requires '{required}', and both close {competencies}: {people} people of {groups} may skip"
                    " '{required}', as they lack nothing that it teaches, and may yet be counted as closing that in"
                    " '{id}'. Make them groups of their own, with their own gaps."
                )
                yield Doubt(
                    ("programmes", p, "requires"),
                    words.format(
                        id=programme.id,
                        required=name,
                        competencies=listed(common),
                        people=sum(skipping.values()),
                        groups=listed(skipping),
                    ),
                )


def _closed(scenario: Scenario, programme: Programme, groups: Sequence[Group]) -> dict[str, object]:
    return {
        "id": programme.id,
        "hours": decimal_said(programme.hours),
        "count": len(groups),
        "people": sum(scenario.need(group, programme) for group in groups),
    }


def _with_hours_before(groups: Sequence[Group], most: int = 5) -> str:
    """Return the first few groups, each with the JP that its people have taken and may take."""
    each = _("'{group}' ({taken} JP taken, max_hours {most})")
    told = [
        each.format(
            group=group.id, taken=decimal_said(group.hours_before), most=decimal_said(group.max_hours or Fraction(0))
        )
        for group in groups[:most]
    ]
    return ", ".join(told) + (", …" if len(groups) > most else "")


def impossible_chains(scenario: Scenario, takers: Mapping[str, tuple[Group, ...]]) -> Iterator[Doubt]:
    """Yield programmes that some groups, or all, cannot attend: a prerequisite is impossible, or no start ends in
    time."""
    chains = Chains(scenario)
    blocked: dict[tuple[str, str], Obstacle] = {}
    for p, programme in enumerate(scenario.programmes):
        reasons: dict[Obstacle, list[Group]] = defaultdict(list)
        able = takers[programme.id]
        for group in able:
            if (obstacle := chains.obstacle(group, programme)) is not None:
                blocked[group.id, programme.id] = obstacle
                if obstacle.kind != "hours":  # programmes_closed_by_hours reports it
                    reasons[obstacle].append(group)
        if reasons and sum(map(len, reasons.values())) == len(able):
            because = " ".join(_reason(programme, obstacle) for obstacle in reasons)
            sentence = _("nobody can attend '{id}': {because}").format(id=programme.id, because=because)
            yield Doubt(_place(p, programme, next(iter(reasons))), sentence)
            continue
        for obstacle, groups in reasons.items():
            sentence = _("nobody of {groups} can attend '{id}': {because}").format(
                groups=listed(group.id for group in groups), id=programme.id, because=_reason(programme, obstacle)
            )
            yield Doubt(_place(p, programme, obstacle), sentence)
    if blocked:
        yield from _gaps_without_way(scenario, takers, blocked)


def _place(p: int, programme: Programme, obstacle: Obstacle) -> tuple[str | int, ...]:
    if not obstacle.required:
        return ("programmes", p, "lasts") if programme.lasts > 1 else ("programmes", p, "periods")
    place = next(n for n, enough in enumerate(programme.prerequisites) if obstacle.required in enough)
    return ("programmes", p, "requires", place)


def _reason(programme: Programme, obstacle: Obstacle) -> str:
    return _(_REASONS[obstacle.kind]).format(required=obstacle.required, lasts=programme.lasts)


def _gaps_without_way(
    scenario: Scenario, takers: Mapping[str, tuple[Group, ...]], blocked: Mapping[tuple[str, str], Obstacle]
) -> Iterator[Doubt]:
    """Yield gaps that only programmes close which the group cannot attend."""
    closing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for programme in scenario.programmes:
        for group in takers[programme.id]:
            for competency in programme.closes:
                if group.needs.get(competency):
                    closing[group.id, competency].append(programme.id)
    shut: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    place = {group.id: number for number, group in enumerate(scenario.groups)}
    for (group_id, competency), programmes in closing.items():
        if all((group_id, name) in blocked for name in programmes):
            shut[competency, tuple(programmes)].append(place[group_id])
    for (competency, names), places in shut.items():
        groups = [scenario.groups[number] for number in sorted(places)]
        yield Doubt(
            ("groups", min(places), *place_of_gap(scenario.groups[min(places)], competency)),
            ngettext(
                "the gap in '{competency}' of {count} group ({people} people) has no way to be closed, since it cannot"
                " attend {programmes}: {groups}.",
                "the gap in '{competency}' of {count} groups ({people} people) has no way to be closed, since they"
                " cannot attend {programmes}: {groups}.",
                len(groups),
            ).format(
                competency=competency,
                count=len(groups),
                people=sum(group.needs[competency] for group in groups),
                programmes=listed(names),
                groups=listed(group.id for group in groups),
            ),
        )
