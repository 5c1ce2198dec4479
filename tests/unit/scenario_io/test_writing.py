"""The resolved scenario as a file: it reads back as exactly the same, and is written whole or not at all."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.scenario_io import SCHEMA_LINE, read_scenario, scenario_text, write_scenario
from tests.sampled import few
from tests.unit.scenario_io.minimal import MINIMAL, write

SCENARIOS = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SCENARIOS, ids=[path.name for path in SCENARIOS])
def test_shipped_scenarios_read_back_the_same(tmp_path: Path, path: Path) -> None:
    scenario = read_scenario(path)
    write_scenario(scenario, tmp_path / "s.yaml")
    again = read_scenario(tmp_path / "s.yaml", resolved=True)

    assert again == scenario
    assert again.sha256 == scenario.sha256
    assert (tmp_path / "s.yaml").read_text(encoding="utf-8").startswith(SCHEMA_LINE + "\n")


def test_tables_and_bases_become_part_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL, "base.yaml")
    write(tmp_path, "id,headcount,gap:keu\nguru,7,7\n", "groups.csv")
    scenario = read_scenario(write(tmp_path, "extends: base.yaml\ngroups: {table: groups.csv}\n"))
    (tmp_path / "lain").mkdir()
    write_scenario(scenario, tmp_path / "lain" / "s.yaml")

    assert read_scenario(tmp_path / "lain" / "s.yaml") == scenario


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path, MINIMAL))
    write_scenario(scenario, tmp_path / "a.yaml")
    write_scenario(read_scenario(tmp_path / "a.yaml"), tmp_path / "b.yaml")

    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()


ODD = [
    "no", "012", "1e9", "~", "null", "12:30", "- a", "a: b", "#x", "'", '"', "  x", "a\nb", "a\n\nb ", "\t", "=1+2",
    "{", "😀", "%", "2027-01-01", "1_000", "true", ".5", "a #b", "&a", "*a", "!a", "|", ">", "?", ": ", "-",
    "...", "---",
]  # fmt: skip
odd_text = st.text(max_size=20) | st.sampled_from(ODD)


@settings(max_examples=few(200), deadline=None)
@given(odd_text, odd_text, st.integers(0, 10**15 - 1), st.integers(1, 10**6), st.integers(1, 10**4))
def test_any_scenario_reads_back_the_same(name: str, text: str, amount: int, top: int, bottom: int) -> None:
    share = Fraction(min(top, 10**4), 10**4)
    data: dict[str, Any] = {
        "format": 1,
        "scenario": {"id": "a", "description": text, "sources": [text]},
        "competencies": [{"id": name, "kind": "technical", "weight": Fraction(top, 2**3 * 5**3)}],
        "groups": [{"id": name, "headcount": 5, "gaps": {name: 5}, "agency": name, "tags": [name], "uptake": share}],
        "programmes": [
            {
                "id": name,
                "closes": {name: share},
                "costs": [
                    {"item": name, "per": "participant", "price": {"by": "agency", "prices": {name: bottom}}},
                    {"item": name + "2", "per": "programme", "price": bottom},
                ],
            }
        ],
        "funds": [{"id": name, "kind": "own", "amount": amount, "seats_cover": {"item": [name]}}],
    }
    try:
        scenario = Scenario.model_validate(data)
    except ValueError:
        return
    if name in ("by", "default"):
        return
    # scenario_text itself refuses a text that does not read back the same.
    assert scenario_text(scenario).startswith(SCHEMA_LINE)


def test_a_quantity_without_a_decimal_cannot_be_written(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path, MINIMAL))
    group = scenario.groups[0].model_copy(update={"weight": Fraction(1, 3)})

    with pytest.raises(InputError, match="no exact decimal"):
        write_scenario(scenario.model_copy(update={"groups": (group,)}), tmp_path / "x.yaml")
    assert not (tmp_path / "x.yaml").exists()


def test_a_failed_write_keeps_the_old_file_and_leaves_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = read_scenario(write(tmp_path, MINIMAL))
    target = tmp_path / "hasil" / "s.yaml"
    target.parent.mkdir()
    target.write_text("lama", encoding="utf-8")

    for step in ("fsync", "replace"):
        with monkeypatch.context() as patched:

            def fail(*_arguments: object) -> None:
                raise OSError(28, "No space left on device")

            patched.setattr(os, step, fail)
            with pytest.raises(InputError, match=r"s\.yaml.*medium is full"):
                write_scenario(scenario, target)
        assert target.read_text(encoding="utf-8") == "lama"
        assert [path.name for path in target.parent.iterdir()] == ["s.yaml"]


@pytest.mark.parametrize("name", ["tidak/ada/s.yaml", "a\0b.yaml"])
def test_a_place_that_cannot_be_written_is_an_input_error(tmp_path: Path, name: str) -> None:
    scenario = read_scenario(write(tmp_path, MINIMAL))

    with pytest.raises(InputError, match="cannot be written"):
        write_scenario(scenario, tmp_path / name)
