"""`write_scenario`: the resolved scenario as one YAML file that reads back as exactly the same scenario."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic_core import PydanticSerializationError

from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem, reason_of
from planner.locale import _
from planner.scenario_io.documents import RESOLVED
from planner.scenario_io.problems import Problems
from planner.scenario_io.scalars import AmbiguousScalar, read_plain
from planner.scenario_io.tree import plain
from planner.scenario_io.yaml_tree import read_tree
from planner.whole_file import write_whole

SCHEMA_LINE: Final = "# yaml-language-server: $schema=skema.json"
"""First line of a scenario file: where editors find the format, as `planner schema` prints it."""

GROUPED_FROM: Final = 10_000
"""Whole numbers from here on are written with their thousands apart."""


class _Dumper(yaml.CSafeDumper):
    """Writes text so that the strict reading takes it for text, and numbers exactly."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    try:
        as_text = read_plain(text) == text and isinstance(read_plain(text), str)
    except AmbiguousScalar:
        as_text = False
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if as_text else "'")


def _whole(dumper: _Dumper, number: int) -> yaml.ScalarNode:
    text = f"{number:_}" if number >= GROUPED_FROM else str(number)
    return dumper.represent_scalar("tag:yaml.org,2002:int", text)


def _decimal(dumper: _Dumper, number: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(number, "f"))


_Dumper.add_representer(str, _text)
_Dumper.add_representer(int, _whole)
_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(tuple, yaml.CSafeDumper.represent_list)


def yaml_text(data: Mapping[str, Any]) -> str:
    """Return plain data as YAML that reads back as the same data. Raises what writing raises."""
    written: str = yaml.dump(
        dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )
    return written


def flow_text(data: Any) -> str:
    """Return plain data as YAML on one line, as a setting takes it."""
    written: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=True
    )
    return written.strip()


def scenario_text(scenario: Scenario) -> str:
    """Return the YAML text of a scenario; tables and extended files are part of it.

    Raises InputError if the text would not read back as the same scenario: a quantity without an
    exact decimal, or more text than a file may hold.
    """
    try:
        body = yaml_text(scenario.to_plain())
    except (ArithmeticError, PydanticSerializationError):
        raise InputError(_("a quantity of this scenario has no exact decimal and cannot be written.")) from None
    text = f"{SCHEMA_LINE}\n{body}"
    problems = Problems()
    tree = read_tree(text, "", problems, RESOLVED.values)
    if problems.found or tree is None:
        raise InputError(_("this scenario cannot be written so that it reads back the same."))
    again = Scenario.model_validate(plain(tree), by_alias=True, by_name=False)
    if again != scenario or again.sha256 != scenario.sha256 or len(text.encode()) > RESOLVED.size:
        raise InputError(_("this scenario cannot be written so that it reads back the same."))
    return text


def write_scenario(scenario: Scenario, path: str | os.PathLike[str]) -> None:
    """Write the resolved scenario to `path`: whole or not at all; raises InputError."""
    text = scenario_text(scenario)
    try:
        write_whole(Path(path), text)
    except (OSError, ValueError) as error:
        raise InputError(
            [Problem(_("the file cannot be written ({reason}).").format(reason=reason_of(error)), file=str(path))]
        ) from None
