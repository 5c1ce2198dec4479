"""Duplicate names: two that are equal, or that a reader would take for the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from planner.domain.checks.problem import DomainProblem, Path
from planner.domain.checks.references import period_ids, records_of, text_of
from planner.domain.codes import read_account
from planner.locale import _
from planner.units.texts import name_key

_LISTS: Final = ("competencies", "groups", "mentor_pools", "resources", "programmes", "funds", "rules")


def duplicates(data: Mapping[str, Any]) -> Iterator[DomainProblem]:
    """Yield names of `data` (plain, as a file has it) that clash with an earlier one: ids, rule names, periods, cost
    lines."""
    for key in _LISTS:
        yield from _clashes(_named(data, key, "id"))
    yield from _clashes(_named(data, "rules", "name"))
    yield from _clashes(period_ids(data.get("periods"), ("periods",)))
    for p, programme in records_of(data, "programmes"):
        yield from _equal_cost_lines(programme, ("programmes", p))


def _named(data: Mapping[str, Any], key: str, attribute: str) -> Iterator[tuple[Path, str]]:
    for position, record in records_of(data, key):
        if (name := text_of(record.get(attribute))) is not None:
            yield (key, position, attribute), name


def _clashes(names: Iterable[tuple[Path, str]]) -> Iterator[DomainProblem]:
    first: dict[str, tuple[Path, str]] = {}
    for path, name in names:
        other_path, other = first.setdefault(name_key(name), (path, name))
        if other_path != path:
            message = (
                _("'{name}' is defined twice.").format(name=name)
                if other == name
                else _("'{name}' and '{other}' differ only in case, spaces or form of letters.").format(
                    name=name, other=other
                )
            )
            yield DomainProblem(path, message, _("Rename or remove one of them."), other=other_path)


def _equal_cost_lines(programme: Mapping[str, Any], path: Path) -> Iterator[DomainProblem]:
    """Yield cost lines of equal name and account: payments could not tell them apart, unless one is per participant."""
    first: dict[tuple[str, str, bool], int] = {}
    for position, line in records_of(programme, "costs"):
        item = text_of(line.get("item"))
        account = "" if line.get("account") is None else text_of(line["account"])
        if item is None or account is None:
            continue
        per_participant = line.get("per") == "participant"
        other = first.setdefault((name_key(item), _in_one_spelling(account), per_participant), position)
        if other != position:
            yield DomainProblem(
                (*path, "costs", position, "item"),
                _("'{programme}' has two cost lines '{item}' of the same account.").format(
                    programme=text_of(programme.get("id")), item=item
                ),
                _("Merge them, or give one another name."),
                other=(*path, "costs", other, "item"),
            )


def _in_one_spelling(account: str) -> str:
    """Return the code of an account in its one spelling; anything else unchanged."""
    try:
        return read_account(account)
    except ValueError:
        return name_key(account)
