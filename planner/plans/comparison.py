"""Plans side by side: how the inputs differ, and how that changes the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from planner.domain.scenario import Scenario
from planner.plans.coverage import Coverage
from planner.plans.measures import Measures
from planner.plans.plan import Plan
from planner.plans.stored_figures import as_written


@dataclass(frozen=True, slots=True)
class Difference:
    """One input that differs from the base scenario.

    `path` is dotted, with records named by their id as in `--set funds.unja.amount=0`; `old` and
    `new` are plain values in the words of the file, None where there is no such input. An input
    that stands in one of the two files alone is added or removed; it has its default in the other.
    """

    path: str
    change: Literal["added", "removed", "changed"]
    old: Any
    new: Any
    steps: tuple[str, ...] = field(default=(), compare=False)
    """The parts of `path`: keys of mappings, and records by id, name or item."""


@dataclass(frozen=True)
class Item:
    """One of the plans compared."""

    scenario: Scenario
    plan: Plan
    measures: Measures
    differences: tuple[Difference, ...]
    """Inputs that differ from the base; none for the base itself."""

    @property
    def label(self) -> str:
        return self.scenario.scenario.label


@dataclass(frozen=True)
class Across[V]:
    """One quantity in all plans compared, in their order; None where a scenario does not have it."""

    key: str
    label: str
    values: tuple[V | None, ...]


@dataclass(frozen=True)
class Comparison:
    """Plans of several scenarios; the first is the base of the comparison."""

    items: tuple[Item, ...]

    @property
    def base(self) -> Item:
        return self.items[0]

    @cached_property
    def cost_by_fund(self) -> tuple[Across[int], ...]:
        """Paid by each fund [rupiah]."""
        return self._across(lambda i: i.scenario.fund, lambda i, fund: i.measures.cost_by_fund[fund])

    @cached_property
    def coverage_by_competency(self) -> tuple[Across[Coverage], ...]:
        return self._across(lambda i: i.scenario.competency, lambda i, c: i.measures.coverage_by_competency[c])

    @cached_property
    def coverage_by_group(self) -> tuple[Across[Coverage], ...]:
        return self._across(lambda i: i.scenario.group, lambda i, group: i.measures.coverage_by_group[group])

    @cached_property
    def classes_by_programme(self) -> tuple[Across[int], ...]:
        """Classes held of each programme."""
        return self._across(lambda i: i.scenario.programme, lambda i, p: i.measures.classes_by_programme[p])

    @cached_property
    def participants_by_programme(self) -> tuple[Across[int], ...]:
        """Participants of each programme [people]."""
        return self._across(lambda i: i.scenario.programme, lambda i, p: i.measures.participants_by_programme[p])

    @cached_property
    def changed_programmes(self) -> tuple[tuple[Across[int], Across[int]], ...]:
        """(classes, participants) of the programmes whose classes or participants differ between plans."""
        both = zip(self.classes_by_programme, self.participants_by_programme, strict=True)
        return tuple(
            (classes, people)
            for classes, people in both
            if len({value or 0 for value in classes.values}) > 1 or len({value or 0 for value in people.values}) > 1
        )

    def _across[V](
        self, records: Callable[[Item], Mapping[str, Any]], value: Callable[[Item, str], V]
    ) -> tuple[Across[V], ...]:
        labels: dict[str, str] = {}
        for item in self.items:
            for key, record in records(item).items():
                labels.setdefault(key, record.label)
        return tuple(
            Across(key, label, tuple(value(item, key) if key in records(item) else None for item in self.items))
            for key, label in labels.items()
        )


def compare(items: Sequence[tuple[Scenario, Plan]]) -> Comparison:
    """Compare the plans with the first of them.

    Raises ValueError when there is nothing to compare.
    """
    if not items:
        raise ValueError("a comparison needs at least one plan")
    base = items[0][0]
    return Comparison(
        tuple(
            Item(scenario, plan, Measures(scenario, plan), differences(base, scenario) if scenario is not base else ())
            for scenario, plan in ((scenario, as_written(plan)) for scenario, plan in items)
        )
    )


_TITLES = frozenset({"scenario.id", "scenario.name", "scenario.description"})
"""Inputs that name a scenario; they always differ, and change no plan."""


def differences(old: Scenario, new: Scenario) -> tuple[Difference, ...]:
    """Return the inputs of `new` that differ from those of `old`, in the order of the files."""
    return tuple(d for d in _differences((), old.to_plain(), new.to_plain()) if d.path not in _TITLES)


def with_differences(old: Any, new: Any, chosen: Callable[[tuple[str, ...]], bool], steps: tuple[str, ...] = ()) -> Any:
    """Return the plain data `old` with the `chosen` differences to `new`, identified by their steps."""
    if old == new:
        return old
    before, after = _named(old), _named(new)
    if before is None or after is None:
        return new if chosen(steps) else old
    made: dict[str, Any] = {}
    for key in [*before, *(key for key in after if key not in before)]:
        inner = (*steps, key)
        if key in before and key in after:
            made[key] = with_differences(before[key], after[key], chosen, inner)
        elif (key in after) == chosen(inner):
            made[key] = after[key] if key in after else before[key]
    return made if isinstance(old, Mapping) else list(made.values())


def _differences(steps: tuple[str, ...], old: Any, new: Any) -> Iterable[Difference]:
    if old == new:
        return
    before, after = _named(old), _named(new)
    if before is None or after is None:
        yield Difference(".".join(steps), "changed", old, new, steps)
        return
    for key in [*before, *(key for key in after if key not in before)]:
        inner = (*steps, key)
        if key not in after:
            yield Difference(".".join(inner), "removed", before[key], None, inner)
        elif key not in before:
            yield Difference(".".join(inner), "added", None, after[key], inner)
        else:
            yield from _differences(inner, before[key], after[key])


def _named(value: Any) -> dict[str, Any] | None:
    """Return the parts of a block by name: of a mapping by key, of a list of records by id, name or item; else None.

    A list in which two records have the same name counts as one value.
    """
    if isinstance(value, Mapping):
        return {str(key): part for key, part in value.items()}
    if not isinstance(value, list | tuple) or not value or not all(isinstance(part, Mapping) for part in value):
        return None
    names = [next((str(part[key]) for key in ("id", "name", "item") if key in part), "") for part in value]
    return dict(zip(names, value, strict=True)) if all(names) and len(set(names)) == len(names) else None
