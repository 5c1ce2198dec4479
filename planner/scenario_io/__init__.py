"""Scenario files in and out: YAML with its tables and overlays to a Scenario, and back.

Table libraries are imported when the first table is met, so that commands that read none start at once.
"""

from planner.scenario_io.reading import LoadedScenario, read_located, read_located_text, read_scenario, read_text
from planner.scenario_io.schema import json_schema, schema_text
from planner.scenario_io.writing import SCHEMA_LINE, scenario_text, write_scenario

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
    "write_scenario",
]
