"""All errors of a scenario beyond the form of its records, reported together.

Each question has its own module: do names exist (references), are two names the same (duplicate_names), does a record
contradict itself (one_record), do the parts fit together (between_records).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from planner.domain.base import Record
from planner.domain.checks.between_records import incoherences
from planner.domain.checks.choice_problems import choice_problems
from planner.domain.checks.circular_requires import circles
from planner.domain.checks.duplicate_names import duplicates
from planner.domain.checks.narrative_problems import narrative_problems
from planner.domain.checks.one_record import (
    fund_problems,
    group_problems,
    level_problems,
    programme_problems,
    rule_problems,
)
from planner.domain.checks.problem import DomainProblem, Path, written
from planner.domain.checks.record_forms import form_problems
from planner.domain.checks.references import records_of, unknown_references
from planner.domain.checks.rule_units import groups_of_no_unit, unknown_years
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.like_scenarios import same_but_amounts
from planner.domain.objectives import Level
from planner.domain.programmes import Programme
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem

__all__ = ["DomainProblem", "ensure_valid", "find_problems", "find_problems_in_part"]

_READ_TOGETHER: Final = {"uptake": ("socialization",), "class_size": ("classes", "costs"), "lasts": ("days",)}
"""Keys that are checked together with other keys: where one of those cannot be read, the key is not checked."""

_ESSENTIAL: Final = frozenset(
    {"at_least", "at_most", "measure", "per", "of_years", "where", "maximize", "minimize", "by"}
)
"""Keys without which a record means something else: where one cannot be read, the record is not checked further."""


def find_problems(
    scenario: Scenario, data: Mapping[str, Any] | None = None, *, named_like: Scenario | None = None
) -> list[DomainProblem]:
    """Return all problems of a scenario whose records are well formed; where there are none, it can be planned.

    `data` is the plain data that the scenario was read from, if any. Where it differs from the valid scenario
    `named_like` in amounts alone, names are not checked again.
    """
    named: list[DomainProblem] = []
    if named_like is None or not same_but_amounts(named_like, scenario):
        if data is None:
            data = scenario.model_dump(by_alias=True, exclude_defaults=True)
        named = [*duplicates(data), *unknown_references(data), *circles(data)]
    alone = list(_inconsistencies(scenario, named_like))
    alone.extend(level_problems(scenario.objective))
    alone.extend(choice_problems(scenario.choices))
    alone.extend(groups_of_no_unit(scenario))
    alone.extend(unknown_years(scenario))
    alone.extend(narrative_problems(scenario))
    return [*named, *alone, *incoherences(scenario, [problem.path for problem in named])]


def ensure_valid(scenario: Scenario, like: Scenario | None = None) -> None:
    """Raise InputError with all problems of a scenario that was made in Python rather than read from a file.

    Records shared with the valid scenario `like` are not checked again. Raises TypeError where `scenario` is not one.
    """
    if not isinstance(scenario, Scenario):
        raise TypeError(f"expected a Scenario, not {type(scenario).__name__}; read_scenario makes one of a file")
    problems = list(form_problems(scenario, like)) or find_problems(scenario, named_like=like)
    if problems:
        raise InputError([Problem(found.message, found.remedy, written(found.path)) for found in problems])


def find_problems_in_part(data: Mapping[str, Any]) -> list[DomainProblem]:
    """Return the problems that are certain in a document (plain data) of which some records are not well formed."""
    levels = _well_formed(data, "objective", Level)
    listed = data.get("objective")
    whole = isinstance(listed, list | tuple) and len(levels) == len(listed)
    return [
        *duplicates(data),
        *unknown_references(data),
        *circles(data),
        *_each(group_problems, "groups", _well_formed(data, "groups", Group)),
        *_each(programme_problems, "programmes", _well_formed(data, "programmes", Programme)),
        *_each(fund_problems, "funds", _well_formed(data, "funds", Fund)),
        *_each(rule_problems, "rules", _well_formed(data, "rules", Rule)),
        *(level_problems([level for _position, level in levels]) if whole else ()),
    ]


def _inconsistencies(scenario: Scenario, valid: Scenario | None) -> Iterator[DomainProblem]:
    """Yield what contradicts itself within one record; records that a `valid` scenario has too do not."""

    def others[T: Record](records: Sequence[T], known: Sequence[T]) -> list[tuple[int, T]]:
        ids = set(map(id, known))
        return [(number, record) for number, record in enumerate(records) if id(record) not in ids]

    known = (valid.groups, valid.programmes, valid.funds, valid.rules) if valid is not None else ((), (), (), ())
    yield from _each(group_problems, "groups", others(scenario.groups, known[0]))
    yield from _each(programme_problems, "programmes", others(scenario.programmes, known[1]))
    yield from _each(fund_problems, "funds", others(scenario.funds, known[2]))
    yield from _each(rule_problems, "rules", others(scenario.rules, known[3]))


def _each[T](
    check: Callable[[T, Path], Iterator[DomainProblem]],
    key: str,
    records: Iterator[tuple[int, T]] | list[tuple[int, T]],
) -> Iterator[DomainProblem]:
    for position, record in records:
        yield from check(record, (key, position))


def _well_formed[T: Record](data: Mapping[str, Any], key: str, record: type[T]) -> list[tuple[int, T]]:
    """Return the records of a list that can be read, with their positions."""
    found: list[tuple[int, T]] = []
    for position, raw in records_of(data, key):
        try:
            found.append((position, record.model_validate(raw, by_alias=True, by_name=False)))
        except ValidationError as error:
            wrong = {str(details["loc"][0]) for details in error.errors(include_url=False, include_context=False)}
            wrong |= {key for name in wrong for key in _READ_TOGETHER.get(name, ())}
            kept = {name: value for name, value in raw.items() if name not in wrong}
            if wrong.isdisjoint(_ESSENTIAL):
                with contextlib.suppress(ValidationError):  # a key that cannot be read was needed
                    found.append((position, record.model_validate(kept, by_alias=True, by_name=False)))
    return found
