"""Scenario files in and out: YAML with its tables and overlays to a Scenario, and back.

The schema, the writing and the table libraries are imported when first used, so that reading starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner.scenario_io.reading import LoadedScenario, read_located, read_located_text, read_scenario, read_text

if TYPE_CHECKING:
    from planner.scenario_io.schema import json_schema as json_schema
    from planner.scenario_io.schema import schema_text as schema_text
    from planner.scenario_io.variation import variation_text as variation_text
    from planner.scenario_io.writing import SCHEMA_LINE as SCHEMA_LINE
    from planner.scenario_io.writing import scenario_text as scenario_text
    from planner.scenario_io.writing import write_scenario as write_scenario

_LATER = {
    "SCHEMA_LINE": "planner.scenario_io.writing",
    "json_schema": "planner.scenario_io.schema",
    "scenario_text": "planner.scenario_io.writing",
    "schema_text": "planner.scenario_io.schema",
    "variation_text": "planner.scenario_io.variation",
    "write_scenario": "planner.scenario_io.writing",
}
__all__ = [
    "SCHEMA_LINE",
    "LoadedScenario",
    "json_schema",
    "read_located",
    "read_located_text",
    "read_scenario",
    "read_text",
    "scenario_text",
    "schema_text",
    "variation_text",
    "write_scenario",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'planner.scenario_io' has no attribute {name!r}")
