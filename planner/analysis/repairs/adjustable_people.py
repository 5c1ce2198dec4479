"""Adjustable limits of programmes, mentors and groups: classes, prerequisites, willingness, hours, release."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Any

from planner.analysis.repairs.adjustable import (
    TENTH,
    AdjustableLimit,
    ChangeKind,
    LeastChange,
    Unit,
    as_written,
    removable,
    unknown_limit,
    with_least_violation,
    with_values,
)
from planner.domain.checks.problem import Path
from planner.domain.groups import Group, MentorPool
from planner.domain.programmes import AnyOf, ClassLimits, Programme
from planner.domain.rules import Limit, Rule, Where
from planner.domain.scenario import Scenario
from planner.domain.selectors import GroupSelector, ProgrammeSelector
from planner.solve.limits_set_aside import ClashKind


def programme_limits(scenario: Scenario, kind: ClashKind, programme: Programme) -> Iterator[AdjustableLimit]:
    """Yield the adjustable limits of one kind of `programme`, the smallest changes first."""
    match kind:
        case "classes":
            yield from _classes(scenario, programme)
        case "class_size":
            yield _class_size(programme)
        case "smallest":
            yield _smallest(programme)
        case "requires":
            yield from _requires(programme)
        case _:
            raise unknown_limit(kind)


def _classes(scenario: Scenario, programme: Programme) -> Iterator[AdjustableLimit]:
    limits, size = programme.classes, programme.class_size
    assert size is not None
    people = sum(scenario.need(group, programme) for group in scenario.groups_in(programme.for_))
    most = Fraction(people // size.min)

    def adjustable(kind: ChangeKind, key: str, old: int, loosest: Fraction, **options: Any) -> AdjustableLimit:
        path: Path = ("programmes", programme.id, "classes", key)

        def change(changed: Scenario, value: Fraction) -> Scenario:
            now = changed.programme[programme.id].classes
            return with_values(changed, "programmes", programme.id, classes=now.model_copy(update={key: int(value)}))

        return AdjustableLimit(
            kind,
            programme.id,
            path,
            "classes",
            Fraction(old),
            loosest,
            Fraction(1),
            change=change,
            **options,
        )

    def held_at_most(changed: Scenario) -> LeastChange:
        free = changed.programme[programme.id].classes.model_copy(update={"max": None})
        where = Where(programmes=ProgrammeSelector(id=(programme.id,)))
        limit = Limit(value=Fraction(limits.max or 0), is_share=False)
        rule = Rule(name=f"classes of {programme.id}", measure="classes", where=where, at_most=limit)
        free_to_hold = with_values(changed, "programmes", programme.id, classes=free)
        return LeastChange(*with_least_violation(free_to_hold, rule, "at_most"), lambda missed: limit.value + missed)

    if limits.min:
        yield adjustable("classes.min", "min", limits.min, Fraction(0))
    if limits.max is not None and most > limits.max:
        yield adjustable("classes.max", "max", limits.max, most, least_change=held_at_most)
    if limits.per_period is not None and most > limits.per_period:
        yield adjustable("classes.per_period", "per_period", limits.per_period, most)
    path: Path = ("programmes", programme.id, "classes")
    yield removable(
        "classes",
        programme.id,
        path,
        lambda changed: with_values(changed, "programmes", programme.id, classes=ClassLimits()),
    )


def promised_limit(scenario: Scenario, number: int) -> AdjustableLimit:
    """Return the classes that row `number` of what is committed promises."""
    assert scenario.actuals is not None
    row = scenario.actuals.committed[number]
    path: Path = ("actuals", "committed", number, "classes")

    def change(changed: Scenario, value: Fraction) -> Scenario:
        assert changed.actuals is not None
        rows = list(changed.actuals.committed)
        rows[number] = rows[number].model_copy(update={"classes": int(value)})
        return changed.changed(actuals=changed.actuals.model_copy(update={"committed": tuple(rows)}))

    return AdjustableLimit(
        "committed", row.programme, path, "classes", Fraction(row.classes), Fraction(0), Fraction(1), change=change
    )


def _class_size(programme: Programme) -> AdjustableLimit:
    path: Path = ("programmes", programme.id, "class_size", "min")
    size = programme.class_size
    assert size is not None

    def change(changed: Scenario, value: Fraction) -> Scenario:
        return with_values(changed, "programmes", programme.id, class_size=size.model_copy(update={"min": int(value)}))

    return AdjustableLimit(
        "class_size",
        programme.id,
        path,
        "people",
        Fraction(size.min),
        Fraction(1),
        Fraction(1),
        change=change,
    )


def _smallest(programme: Programme) -> AdjustableLimit:
    return AdjustableLimit(
        "smallest",
        programme.id,
        ("programmes", programme.id, "smallest"),
        "people",
        Fraction(programme.smallest),
        Fraction(1),
        Fraction(1),
        change=lambda changed, value: with_values(changed, "programmes", programme.id, smallest=int(value)),
    )


def _requires(programme: Programme) -> Iterator[AdjustableLimit]:
    """Yield each of several prerequisites as removable; then all of them together."""
    path: Path = ("programmes", programme.id, "requires")

    def requiring(changed: Scenario, left: tuple[str | AnyOf, ...]) -> Scenario:
        return with_values(changed, "programmes", programme.id, requires_=left)

    if len(programme.requires_) > 1:
        for number, enough in enumerate(programme.prerequisites):
            left = (*programme.requires_[:number], *programme.requires_[number + 1 :])
            yield removable(
                "requires.one",
                programme.id,
                path,
                partial(requiring, left=left),
                ((path, "[" + ", ".join(map(_as_written, left)) + "]"),),
                " / ".join(enough),
            )
    yield removable("requires", programme.id, path, lambda changed: requiring(changed, ()))


def _as_written(requirement: str | AnyOf) -> str:
    if isinstance(requirement, str):
        return f'"{requirement}"'
    return "{any: [" + ", ".join(f'"{name}"' for name in requirement.any) + "]}"


def pool_limits(scenario: Scenario, pool: MentorPool) -> Iterator[AdjustableLimit]:
    """Yield the share of mentors in the groups of the pool; then the need for mentors of this pool as removable."""
    path: Path = ("mentor_pools", pool.id, "share")
    if pool.share < 1:
        yield AdjustableLimit(
            "mentors",
            pool.id,
            path,
            "share",
            pool.share,
            Fraction(1),
            TENTH,
            change=lambda changed, value: with_values(changed, "mentor_pools", pool.id, share=value),
        )
    users = [p.id for p in scenario.programmes if p.mentors and p.mentors.pool == pool.id]

    def unbound(changed: Scenario) -> Scenario:
        for name in users:
            changed = with_values(changed, "programmes", name, mentors=None)
        return changed

    edits = tuple((("programmes", name, "mentors"), "null") for name in users)
    yield removable("mentors", pool.id, path[:-1], unbound, edits)


def group_limits(scenario: Scenario, kind: ClashKind, group: Group) -> Iterator[AdjustableLimit]:
    """Yield the adjustable limits of one kind of `group`."""
    match kind:
        case "uptake":
            yield from _uptake(group)
        case "max_hours":
            yield _max_hours(scenario, group)
        case "release":
            yield from _release(group)
        case _:
            raise unknown_limit(kind)


def _uptake(group: Group) -> Iterator[AdjustableLimit]:
    """Yield the willingness after socialization, if there is one; then the willingness without it."""
    uptake: Path = ("groups", group.id, "uptake")
    raised: Path = ("groups", group.id, "socialization", "raises_uptake_to")

    def change(changed: Scenario, value: Fraction) -> Scenario:
        now = changed.group[group.id].socialization
        if now is not None:
            now = now.model_copy(update={"raises_uptake_to": max(value, now.raises_uptake_to)})
        return with_values(changed, "groups", group.id, uptake=value, socialization=now)

    def change_after(changed: Scenario, value: Fraction) -> Scenario:
        now = changed.group[group.id].socialization
        assert now is not None
        return with_values(
            changed, "groups", group.id, socialization=now.model_copy(update={"raises_uptake_to": value})
        )

    def edits(value: Fraction) -> tuple[tuple[Path, str], ...]:
        text = as_written("share", value)
        after = group.socialization
        return ((raised, text), (uptake, text)) if after and after.raises_uptake_to < value else ((uptake, text),)

    after = group.socialization
    if after is not None and after.raises_uptake_to < 1:
        yield AdjustableLimit(
            "socialization",
            group.id,
            raised,
            "share",
            after.raises_uptake_to,
            Fraction(1),
            TENTH,
            change=change_after,
        )
    if group.uptake < 1:
        yield AdjustableLimit(
            "uptake", group.id, uptake, "share", group.uptake, Fraction(1), TENTH, change=change, custom_edits=edits
        )


def _max_hours(scenario: Scenario, group: Group) -> AdjustableLimit:
    """Return the hours per person as a limit; the loosest value is the sum over all programmes [JP]."""
    assert group.max_hours is not None
    old = group.max_hours
    needed = sum((p.hours for p in scenario.programmes if scenario.need(group, p)), group.hours_before)
    most = max(old, needed)
    step = Fraction(1) if old.denominator == 1 else Fraction(1, 2)

    willing = group.headcount * group.uptake

    def least_change(changed: Scenario) -> LeastChange:
        free = with_values(changed, "groups", group.id, max_hours=None)
        limit = Limit(value=old * willing, is_share=False)
        where = Where(groups=GroupSelector(id=(group.id,)))
        rule = Rule(name=f"hours of {group.id}", measure="hours", where=where, at_most=limit)
        return LeastChange(*with_least_violation(free, rule, "at_most"), lambda missed: old + missed / willing)

    at_once = None if group.socialization or group.hours_before or not willing else least_change
    return _group_limit("max_hours", group, ("max_hours",), "hours", old, most, step, least_change=at_once)


def _release(group: Group) -> Iterator[AdjustableLimit]:
    """Yield the share of working days released; then release without limit."""
    assert group.release is not None
    if group.release < 1:
        yield _group_limit("release", group, ("release",), "share", group.release, Fraction(1), TENTH)
    path: Path = ("groups", group.id, "release")
    yield removable("release", group.id, path, lambda changed: with_values(changed, "groups", group.id, release=None))


def _group_limit(
    kind: ChangeKind,
    group: Group,
    keys: tuple[str, ...],
    unit: Unit,
    old: Fraction,
    loosest: Fraction,
    step: Fraction,
    **options: Any,
) -> AdjustableLimit:
    path: Path = ("groups", group.id, *keys)
    return AdjustableLimit(
        kind,
        group.id,
        path,
        unit,
        old,
        loosest,
        step,
        change=lambda changed, value: with_values(changed, "groups", group.id, **{keys[-1]: value}),
        **options,
    )
