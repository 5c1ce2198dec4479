"""A changed scenario as a small file that says `extends`, with what differs and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import PydanticSerializationError

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import _
from planner.scenario_io.writing import SCHEMA_LINE, yaml_text

_SAME: Final = object()
"""Stands for what does not differ."""


def variation_text(file: str, identity: Mapping[str, str], base: Scenario, changed: Scenario) -> str:
    """Return the YAML text of `changed` as what differs from `base`, the scenario in `file`; `identity` is its id and
    name.

    The text may say less than `changed` where a list without ids differs in a way that no overlay can say: read it
    back before it is used. Raises InputError where a quantity has no exact decimal.
    """
    try:
        over = _over(base.to_plain(), changed.to_plain())
        data = {"extends": file, "scenario": dict(identity)}
        if isinstance(over, Mapping):
            data |= {key: value for key, value in over.items() if key != "scenario"}
        return f"{SCHEMA_LINE}\n{yaml_text(data)}"
    except (ArithmeticError, PydanticSerializationError):
        raise InputError(_("a quantity of this scenario has no exact decimal and cannot be written.")) from None


def _over(old: Any, new: Any) -> Any:
    """Return what has to be laid over `old` to get `new`; _SAME where nothing has to."""
    if old == new:
        return _SAME
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        laid = {key: _over(old[key], value) if key in old else value for key, value in new.items()}
        kept = {key: value for key, value in laid.items() if value is not _SAME}
        return kept | dict.fromkeys((key for key in old if key not in new), None)
    before, after = _by_id(old), _by_id(new)
    if before is None or after is None:
        return new
    records: list[Any] = []
    for name, record in after.items():
        laid = _over(before[name], record) if name in before else record
        if laid is not _SAME:
            records.append({"id": name} | laid)
    return records + [{"id": name, "remove": True} for name in before if name not in after]


def _by_id(value: Any) -> dict[str, Any] | None:
    """Return the records of a list that have an id, if those without one have none to be told apart by; else None."""
    if not isinstance(value, list | tuple) or not all(isinstance(part, Mapping) for part in value):
        return None
    with_id = {part["id"]: part for part in value if "id" in part}
    return with_id if with_id and len(with_id) == sum("id" in part for part in value) else None
