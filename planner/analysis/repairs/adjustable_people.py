"""The dials of programmes, mentors and groups: classes, prerequisites, willingness, hours, release."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from planner.analysis.repairs.adjustable import TENTH, Dial, Goal, Path, Unit, missed_least, record, taken_out, written
from planner.domain.groups import Group, MentorPool
from planner.domain.programmes import ClassLimits, Programme
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector, ProgrammeSelector


def of_programme(scenario: Scenario, kind: str, programme: Programme) -> Iterator[Dial]:
    """The dials of one limit of `programme`, those first that change least of it."""
    match kind:
        case "classes":
            yield from _classes(scenario, programme)
        case "class_size":
            yield _class_size(programme)
        case _:
            yield from _requires(programme)


def _classes(scenario: Scenario, programme: Programme) -> Iterator[Dial]:
    limits, size = programme.classes, programme.class_size
    assert size is not None
    people = sum(scenario.need(group, programme) for group in scenario.groups_in(programme.for_))
    most = Fraction(people // size.min)

    def dial(key: str, old: int, loosest: Fraction, **more: Any) -> Dial:
        path: Path = ("programmes", programme.id, "classes", key)

        def change(changed: Scenario, value: Fraction) -> Scenario:
            now = changed.programme[programme.id].classes
            return record(changed, "programmes", programme.id, classes=now.model_copy(update={key: int(value)}))

        return Dial(
            f"classes.{key}",
            programme.id,
            path,
            "classes",
            Fraction(old),
            loosest,
            Fraction(1),
            change=change,
            writes=lambda value: ((path, written("classes", value)),),
            **more,
        )

    def held_at_most(changed: Scenario) -> Goal:
        free = changed.programme[programme.id].classes.model_copy(update={"max": None})
        where = Where(programmes=ProgrammeSelector(id=(programme.id,)))
        limit = Limit(value=Fraction(limits.max or 0), is_share=False)
        rule = Rule(name=f"classes of {programme.id}", measure="classes", where=where, at_most=limit)
        free_to_hold = record(changed, "programmes", programme.id, classes=free)
        return Goal(*missed_least(free_to_hold, rule, "at_most"), lambda missed: limit.value + missed)

    if limits.min:
        yield dial("min", limits.min, Fraction(0))
    if limits.max is not None and most > limits.max:
        yield dial("max", limits.max, most, goal=held_at_most)
    if limits.per_period is not None and most > limits.per_period:
        yield dial("per_period", limits.per_period, most)
    path: Path = ("programmes", programme.id, "classes")
    yield taken_out(
        "classes",
        programme.id,
        path,
        lambda changed: record(changed, "programmes", programme.id, classes=ClassLimits()),
    )


def _class_size(programme: Programme) -> Dial:
    path: Path = ("programmes", programme.id, "class_size", "min")
    size = programme.class_size
    assert size is not None

    def change(changed: Scenario, value: Fraction) -> Scenario:
        return record(changed, "programmes", programme.id, class_size=size.model_copy(update={"min": int(value)}))

    return Dial(
        "class_size",
        programme.id,
        path,
        "people",
        Fraction(size.min),
        Fraction(1),
        Fraction(1),
        change=change,
        writes=lambda value: ((path, written("people", value)),),
    )


def _requires(programme: Programme) -> Iterator[Dial]:
    """One of several prerequisites taken out, or else all."""
    path: Path = ("programmes", programme.id, "requires")

    def requiring(changed: Scenario, left: tuple[str, ...]) -> Scenario:
        return record(changed, "programmes", programme.id, requires=left)

    if len(programme.requires) > 1:
        for taken in programme.requires:
            left = tuple(other for other in programme.requires if other != taken)
            yield taken_out(
                f"requires.{taken}",
                programme.id,
                path,
                lambda changed, left=left: requiring(changed, left),  # type: ignore[misc]
                ((path, "[" + ", ".join(f'"{name}"' for name in left) + "]"),),
            )
    yield taken_out("requires", programme.id, path, lambda changed: requiring(changed, ()))


def of_pool(scenario: Scenario, pool: MentorPool) -> Iterator[Dial]:
    """More mentors out of the same groups, or else mentors from elsewhere."""
    path: Path = ("mentor_pools", pool.id, "share")
    if pool.share < 1:
        yield Dial(
            "mentors",
            pool.id,
            path,
            "share",
            pool.share,
            Fraction(1),
            TENTH,
            change=lambda changed, value: record(changed, "mentor_pools", pool.id, share=value),
            writes=lambda value: ((path, written("share", value)),),
        )
    users = [p.id for p in scenario.programmes if p.mentors and p.mentors.pool == pool.id]

    def unbound(changed: Scenario) -> Scenario:
        for name in users:
            changed = record(changed, "programmes", name, mentors=None)
        return changed

    writes = tuple((("programmes", name, "mentors"), "null") for name in users)
    yield taken_out("mentors", pool.id, path[:-1], unbound, writes)


def of_group(scenario: Scenario, kind: str, group: Group) -> Iterator[Dial]:
    """The dials of one limit of `group`."""
    match kind:
        case "uptake":
            yield from _uptake(group)
        case "max_hours":
            yield _max_hours(scenario, group)
        case _:
            yield _dial(kind, group, ("release",), "share", group.release, Fraction(1), TENTH)


def _uptake(group: Group) -> Iterator[Dial]:
    """More people willing after socialization where there is one, or of themselves."""
    uptake: Path = ("groups", group.id, "uptake")
    raised: Path = ("groups", group.id, "socialization", "raises_uptake_to")

    def change(changed: Scenario, value: Fraction) -> Scenario:
        now = changed.group[group.id].socialization
        if now is not None:
            now = now.model_copy(update={"raises_uptake_to": max(value, now.raises_uptake_to)})
        return record(changed, "groups", group.id, uptake=value, socialization=now)

    def change_after(changed: Scenario, value: Fraction) -> Scenario:
        now = changed.group[group.id].socialization
        assert now is not None
        return record(changed, "groups", group.id, socialization=now.model_copy(update={"raises_uptake_to": value}))

    def writes(value: Fraction) -> tuple[tuple[Path, str], ...]:
        text = written("share", value)
        after = group.socialization
        return ((raised, text), (uptake, text)) if after and after.raises_uptake_to < value else ((uptake, text),)

    after = group.socialization
    if after is not None and after.raises_uptake_to < 1:
        yield Dial(
            "socialization",
            group.id,
            raised,
            "share",
            after.raises_uptake_to,
            Fraction(1),
            TENTH,
            change=change_after,
            writes=lambda value: ((raised, written("share", value)),),
        )
    if group.uptake < 1:
        yield Dial("uptake", group.id, uptake, "share", group.uptake, Fraction(1), TENTH, change=change, writes=writes)


def _max_hours(scenario: Scenario, group: Group) -> Dial:
    """More JP for each person, at most those of all programmes together."""
    assert group.max_hours is not None
    old = group.max_hours
    most = max(old, sum((p.hours for p in scenario.programmes if scenario.need(group, p)), Fraction(0)))
    step = Fraction(1) if old.denominator == 1 else Fraction(1, 2)

    willing = group.headcount * group.uptake

    def goal(changed: Scenario) -> Goal:
        free = record(changed, "groups", group.id, max_hours=None)
        limit = Limit(value=old * willing, is_share=False)
        where = Where(groups=GroupSelector(id=(group.id,)))
        rule = Rule(name=f"hours of {group.id}", measure="hours", where=where, at_most=limit)
        return Goal(*missed_least(free, rule, "at_most"), lambda missed: old + missed / willing)

    at_once = None if group.socialization or not willing else goal
    return _dial("max_hours", group, ("max_hours",), "hours", old, most, step, goal=at_once)


def _dial(
    kind: str,
    group: Group,
    keys: tuple[str, ...],
    unit: Unit,
    old: Fraction,
    loosest: Fraction,
    step: Fraction,
    **more: Any,
) -> Dial:
    path: Path = ("groups", group.id, *keys)
    return Dial(
        kind,
        group.id,
        path,
        unit,
        old,
        loosest,
        step,
        change=lambda changed, value: record(changed, "groups", group.id, **{keys[-1]: value}),
        writes=lambda value: ((path, written(unit, value)),),
        **more,
    )
