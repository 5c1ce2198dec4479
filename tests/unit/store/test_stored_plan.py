"""A plan.json that two readers may understand in two ways is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli.group import cli
from planner.errors import InputError
from planner.store.stored_plan import read_plan_data, read_stored

CONTOH = Path(__file__).parents[3] / "reports" / "gallery" / "contoh-kecil"


def changed(folder: Path, before: str, after: str) -> Path:
    """A copy of stored results with one place of plan.json changed."""
    for name in ("plan.json", "scenario.yaml"):
        shutil.copy(CONTOH / name, folder / name)
    file = folder / "plan.json"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('"total_cost":', '"total_cost": 1, "total_cost":', "total_cost"),
        ('"participants":', '"participants": 99, "participants":', "participants"),
        ('"planner_version":', '"total_cost": 5, "planner_version":', "total_cost"),
        ('"name": "HiGHS"', '"name": "CBC", "name": "HiGHS"', "name"),
        ('"status":', '"\\u0073tatus": "feasible", "status":', "status"),
    ],
)
def test_a_plan_with_a_key_twice_is_refused_with_the_key(tmp_path: Path, before: str, after: str, key: str) -> None:
    with pytest.raises(InputError, match=f"'{key}'"):
        read_stored(changed(tmp_path, before, after))
    done = CliRunner().invoke(cli, ["--lang", "en", "verify", str(tmp_path)])
    assert (done.exit_code, f"'{key}' is defined twice." in done.output) == (2, True), done.output


def test_text_that_no_document_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="JSON"):
        read_plan_data(changed(tmp_path, '"name": "HiGHS"', '"name": "HiGHS\\ud800"'))
    whole = read_plan_data(changed(tmp_path, '"name": "HiGHS"', '"name": "HiGHS\\ud83d\\ude00"'))
    assert whole["solver"]["name"] == "HiGHS\U0001f600"
    assert whole | {"solver": 0} == json.loads((CONTOH / "plan.json").read_bytes()) | {"solver": 0}
