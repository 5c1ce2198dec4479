"""The JSON Schema for editors accepts what the reader accepts, helps with every key, and is not stale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from planner.scenario_io import SCHEMA_LINE, json_schema, read_scenario, schema_text
from planner.scenario_io.encoding import decode
from planner.scenario_io.problems import Problems
from planner.scenario_io.tree import plain
from planner.scenario_io.yaml_tree import read_tree
from tests.unit.scenario_io.minimal import MINIMAL, changed, write

SCENARIOS = Path(__file__).parents[3] / "scenarios"
SHIPPED = sorted(SCENARIOS.glob("*.yaml"))
GROUPS = MINIMAL[MINIMAL.index("groups:") : MINIMAL.index("programmes:")]


@cache
def validator() -> Draft7Validator:
    """What judges texts by the schema, made when the first test asks."""
    return Draft7Validator(json_schema())


def as_json(value: Any) -> Any:
    """A value as an editor sees it."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


def faults(text: str) -> list[str]:
    node = read_tree(text, "", Problems(), 500_000)
    assert node is not None
    return [error.message for error in validator().iter_errors(as_json(plain(node)))]


def test_the_schema_is_a_schema() -> None:
    Draft7Validator.check_schema(json_schema())


def test_the_schema_beside_the_scenarios_is_not_stale() -> None:
    assert (SCENARIOS / "skema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", SHIPPED, ids=[path.name for path in SHIPPED])
def test_shipped_scenarios_fit_the_schema_and_name_it(path: Path) -> None:
    text = decode(path.read_bytes(), str(path))

    assert text.startswith(SCHEMA_LINE + "\n")
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        MINIMAL,
        "extends: base.yaml\n",
        "extends: base.yaml\nfunds: [{id: apbd, amount: null}, {id: unja, remove: true}]\n",
        "extends: base.yaml\nrules: [{id: r, at_most: 3}]\n",
        "extends: base.yaml\nperiods: null\nprogrammes: [{id: p, class_size: {max: 3}, costs: {table: c.csv}}]\n",
        changed("    headcount: 100\n", "    headcount: '1_200'\n    agency: 5\n    tags: satu\n    max_hours:\n"),
        changed(
            "groups:\n  - id: analis\n    headcount: 100\n    gaps: {keu: 60}\n", "groups: {table: b.xlsx, sheet: 1}\n"
        ),
        changed("price: 50_000", "price: {by: location, default: 0, Kerinci: 5 juta, Tebo: 7}"),
        changed("price: 50_000", "price: {by: location, table: p.csv}"),
        MINIMAL + "rules: [{name: a, measure: cost, at_least: 30%, at_most: 5 juta, soft: {penalty: 0.5}}]\n",
    ],
)
def test_what_files_may_say_fits_the_schema(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        changed("headcount: 100", "headcont: 100"),
        changed("    headcount: 100\n", ""),
        changed("kind: own", "kind: ours"),
        changed("amount: 10_000_000", "amount: banyak"),
        changed("keu: 0.8", "keu: 80"),
        "extends: base.yaml\ngroups: [{headcount: 5}]\n",
        "extends: base.yaml\ngroups: [{id: a, headcont: 5}]\n",
        "format: 2\n",
        "[]",
    ],
)
def test_what_the_reader_refuses_does_not_fit_the_schema(text: str) -> None:
    assert faults(text) != []


def records(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, definition in schema["definitions"].items():
        if "properties" in definition:
            yield name, definition


def test_every_key_has_a_description() -> None:
    bare = [
        f"{name}.{key}"
        for name, record in records(json_schema())
        for key, value in record["properties"].items()
        if not value.get("description")
    ]

    assert bare == []


def test_every_definition_is_used_and_every_reference_leads_somewhere() -> None:
    text, definitions = schema_text(), json_schema()["definitions"]
    for name in definitions:
        assert f'"#/definitions/{name}"' in text, name
    for reference in {part.split('"')[0] for part in text.split('"#/definitions/')[1:]}:
        assert reference in definitions


def test_a_scenario_of_tables_fits_the_schema(tmp_path: Path) -> None:
    write(tmp_path, "id,headcount\nanalis,5\n", "g.csv")
    text = MINIMAL[: MINIMAL.index("groups:")] + "groups: {table: g.csv}\n" + MINIMAL[MINIMAL.index("programmes:") :]

    assert faults(text) == []
    assert read_scenario(write(tmp_path, text)).groups[0].headcount == 5
