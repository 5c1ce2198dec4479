"""Names that may stand in a field: ids of the scenario's records, and what its records are marked with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planner.domain.base import Record
from planner.domain.periods import period_id
from planner.domain.scenario import Scenario
from planner.scenario_io.tree import Bare


@dataclass(frozen=True)
class Name:
    """One name that may be chosen."""

    value: str
    label: str

    @property
    def told(self) -> str:
        """Name and id together."""
        return self.label if self.label == self.value else f"{self.label} ({self.value})"


class Candidates:
    """The names that fields of forms offer: those of the scenario where it can be read, and those in its files."""

    def __init__(self, scenario: Scenario | None, *files: Mapping[str, Bare]) -> None:
        self._scenario, self._files = scenario, files
        self._known: dict[str, tuple[Name, ...]] = {}

    def of(self, refers: str) -> tuple[Name, ...]:
        """Return the names that `refers` asks for: "funds", "groups.agency", "items", "years"."""
        if refers not in self._known:
            named: dict[str, Name] = {}
            for name in self._found(refers):
                if name.value and (name.value not in named or named[name.value].label == name.value):
                    named[name.value] = name
            self._known[refers] = tuple(named.values())
        return self._known[refers]

    def label(self, refers: str, value: str) -> str:
        """Return what a name is called."""
        return self._labels(refers).get(value, value)

    def _labels(self, refers: str) -> dict[str, str]:
        return {name.value: name.label for name in self.of(refers)}

    def _found(self, refers: str) -> Iterator[Name]:
        record, _dot, attribute = refers.partition(".")
        if refers == "years":
            yield from map(_bare_name, self._years)
        elif refers in ("items", "accounts", "units"):
            for line in self._cost_lines:
                yield _bare_name(line.get({"items": "item", "accounts": "account", "units": "unit"}[refers]))
        elif refers == "price_lists":
            for file in self._files:
                listed = file.get("price_lists")
                yield from map(_bare_name, listed if isinstance(listed, dict) else ())
        else:
            for each in self._records(record):
                values = each.get(attribute) if attribute else _id(each)
                for value in values if isinstance(values, list | tuple) else [values]:
                    yield Name(str(value or ""), str(each.get("name") or value)) if not attribute else _bare_name(value)

    def _records(self, key: str) -> Iterator[Mapping[str, Any]]:
        if self._scenario is not None:
            for record in getattr(self._scenario, key, None) or (self._scenario.horizon if key == "periods" else ()):
                yield {"id": period_id(record)} if key == "periods" else vars(record)
        for file in self._files:
            listed = file.get(key)
            for record in listed if isinstance(listed, list) else ():
                yield record if isinstance(record, dict) else {"id": record}

    @cached_property
    def _years(self) -> tuple[str, ...]:
        if self._scenario is not None:
            return self._scenario.years
        said = [file["scenario"] for file in self._files if isinstance(file.get("scenario"), dict)]
        first = next((each["fiscal_year"] for each in said if each.get("fiscal_year")), 1)
        years = [str(each["year"]) for each in self._records("periods") if each.get("year")]
        return tuple(dict.fromkeys(years)) or (str(first),)

    @property
    def _cost_lines(self) -> Iterator[Mapping[str, Any]]:
        for programme in self._records("programmes"):
            lines = programme.get("costs")
            for line in lines if isinstance(lines, list | tuple) else ():
                if isinstance(line, dict | Record):
                    yield line if isinstance(line, dict) else vars(line)


def _id(record: Mapping[str, Any]) -> Any:
    return record.get("id", record.get("code"))


def _bare_name(value: Any) -> Name:
    text = str(value or "") if not isinstance(value, dict | list) else ""
    return Name(text, text)
