"""docs/format-skenario.md against the format: every key is there, and every example can be read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.scenario_io import json_schema, read_scenario
from planner.scenario_io.problems import Problems
from planner.scenario_io.tree import Mapping
from planner.scenario_io.yaml_tree import read_tree
from tests.unit.scenario_io.minimal import write

PAGE = (Path(__file__).parents[3] / "docs" / "format-skenario.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@cache
def definitions() -> dict[str, Any]:
    """The records of the format; they are described once, for that takes longer than to read an example."""
    found: dict[str, Any] = json_schema()["definitions"]
    return found


def test_every_key_of_the_format_is_on_the_page() -> None:
    keys = {key for definition in definitions().values() for key in definition.get("properties", {})}
    told = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", PAGE) + EXAMPLES)))

    assert keys - told == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.split("\n")[0] for example in EXAMPLES])
def test_every_example_is_yaml_without_fault_and_uses_known_keys(example: str) -> None:
    problems = Problems()
    tree = read_tree(example, "", problems)

    assert problems.found == []
    if tree is not None:
        assert isinstance(tree, Mapping)
        assert set(tree.entries) <= set(definitions()["Scenario"]["properties"])


def test_the_smallest_scenario_of_the_page_is_right(tmp_path: Path) -> None:
    (whole,) = [example for example in EXAMPLES if example.startswith("format: 1")]

    assert read_scenario(write(tmp_path, whole)).fund["apbd"].amount == 100_000_000


def test_the_examples_together_are_a_right_scenario(tmp_path: Path) -> None:
    parts = {example.split(":")[0]: example for example in reversed(EXAMPLES)}
    text = "format: 1\nperiods: [TW1, TW2, TW3, TW4]\n" + "".join(
        parts[key]
        for key in ("scenario", "groups", "resources", "programmes", "funds", "choices", "rules", "objective")
    )
    text += "competencies:\n  - {id: keu-daerah, kind: technical}\n  - {id: komunikasi, kind: managerial}\n"
    text += "mentor_pools:\n  - {id: senior, from: {level: fungsional}, share: 20%}\n"
    more = """
  - {id: dasar-keu, closes: {keu-daerah: 1}}
  - id: pel-komunikasi
    closes: {komunikasi: 1}
    costs: [{item: Konsumsi, per: participant, price: 55_000}]
funds:
"""
    write(tmp_path, text.replace("\nfunds:\n", more).replace("[BPKAD, Inspektorat]", "BPKAD"), "jambi-2027.yaml")
    variant = read_scenario(write(tmp_path, parts["extends"]))

    assert list(variant.fund) == ["apbd"]
    assert variant.group["bpkad-analis"].max_hours is None
