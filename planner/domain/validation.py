"""What is wrong in a scenario beyond the form of its records; all of it at once.

Four questions, each in its own module: do names point to something (references), are two names the
same (twins), does a record contradict itself (consistency), do the parts fit together (coherence).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from planner.domain.base import Record
from planner.domain.circles import circles
from planner.domain.coherence import incoherences
from planner.domain.consistency import fund_problems, group_problems, level_problems, programme_problems, rule_problems
from planner.domain.funds import Fund
from planner.domain.groups import Group
from planner.domain.objectives import Level
from planner.domain.problem import DomainProblem
from planner.domain.programmes import Programme
from planner.domain.references import Path, records_of, unknown_references
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.domain.twins import twins

__all__ = ["DomainProblem", "find_problems", "find_problems_in_part"]

_HARMLESS: Final = frozenset({"name", "agency", "location", "level", "employment", "provider", "form", "chance"})
"""Keys that no check of a single record reads: a record is checked even if one of these is wrong."""


def find_problems(scenario: Scenario) -> list[DomainProblem]:
    """All problems of a scenario whose records are well formed; none means it can be planned."""
    data = scenario.model_dump(by_alias=True, exclude_defaults=True)
    named = [*twins(data), *unknown_references(data), *circles(data)]
    alone = list(_inconsistencies(scenario.groups, scenario.programmes, scenario.funds, scenario.rules))
    alone.extend(level_problems(scenario.objective))
    return [*named, *alone, *incoherences(scenario, [problem.path for problem in named])]


def find_problems_in_part(data: Mapping[str, Any]) -> list[DomainProblem]:
    """The problems that are certain in a document (plain data) of which some records are not well formed."""
    levels = _well_formed(data, "objective", Level)
    listed = data.get("objective")
    whole = isinstance(listed, list | tuple) and len(levels) == len(listed)
    return [
        *twins(data),
        *unknown_references(data),
        *circles(data),
        *_each(group_problems, "groups", _well_formed(data, "groups", Group)),
        *_each(programme_problems, "programmes", _well_formed(data, "programmes", Programme)),
        *_each(fund_problems, "funds", _well_formed(data, "funds", Fund)),
        *_each(rule_problems, "rules", _well_formed(data, "rules", Rule)),
        *(level_problems([level for _position, level in levels]) if whole else ()),
    ]


def _inconsistencies(
    groups: Sequence[Group], programmes: Sequence[Programme], funds: Sequence[Fund], rules: Sequence[Rule]
) -> Iterator[DomainProblem]:
    yield from _each(group_problems, "groups", enumerate(groups))
    yield from _each(programme_problems, "programmes", enumerate(programmes))
    yield from _each(fund_problems, "funds", enumerate(funds))
    yield from _each(rule_problems, "rules", enumerate(rules))


def _each[T](
    check: Callable[[T, Path], Iterator[DomainProblem]],
    key: str,
    records: Iterator[tuple[int, T]] | list[tuple[int, T]],
) -> Iterator[DomainProblem]:
    for position, record in records:
        yield from check(record, (key, position))


def _well_formed[T: Record](data: Mapping[str, Any], key: str, record: type[T]) -> list[tuple[int, T]]:
    """The records of a list that can be read, with their positions."""
    found: list[tuple[int, T]] = []
    for position, raw in records_of(data, key):
        try:
            found.append((position, record.model_validate(raw, by_alias=True, by_name=False)))
        except ValidationError as error:
            places = [details["loc"] for details in error.errors(include_url=False, include_context=False)]
            kept = {name: value for name, value in raw.items() if (name,) not in places}
            unknown = {name for name in raw if name not in kept and name not in record_keys(record)}
            if all(len(place) == 1 and (place[0] in _HARMLESS or place[0] in unknown) for place in places):
                found.append((position, record.model_validate(kept, by_alias=True, by_name=False)))
    return found


def record_keys(record: type[Record]) -> frozenset[str]:
    """The keys of a record, in the words of the file."""
    return frozenset(field.alias or name for name, field in record.model_fields.items())
