"""Plans that earlier versions have stored are opened by this one, pass its check and have the same figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli.group import cli
from planner.plans.plan import Plan
from planner.report import render_report
from planner.store.stored_plan import read_stored

EARLIER = sorted((Path(__file__).parent / "earlier").glob("*/*/plan.json"))
"""plan.json and scenario.yaml, byte for byte as a version has written them, by version and scenario."""


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: f"{path.parts[-3]}-{path.parts[-2]}")
def test_a_plan_of_an_earlier_version_opens_with_the_same_figures(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    stored = read_stored(path.parent)
    assert stored.verdict().findings == ()
    found = stored.plan()
    assert found.to_json() == text, "nothing is lost, and nothing else is written"
    figures = json.loads(text)
    assert found.total_cost == figures["total_cost"] == sum(row["amount"] for row in figures["payments"])
    assert f"{found.total_cost:,}".replace(",", ".") in render_report(stored.scenario, found)


def test_there_are_plans_of_the_first_version() -> None:
    assert {path.parts[-3] for path in EARLIER} >= {"0.1.0"}


def test_a_plan_of_a_later_format_is_refused_with_its_number(tmp_path: Path) -> None:
    """Of a format that this version does not know nothing is shown."""
    first = EARLIER[0]
    (tmp_path / "scenario.yaml").write_bytes(first.with_name("scenario.yaml").read_bytes())
    later = json.loads(first.read_text(encoding="utf-8")) | {"format": 2}
    (tmp_path / "plan.json").write_text(json.dumps(later), encoding="utf-8")
    done = CliRunner().invoke(cli, ["--lang", "en", "verify", str(tmp_path)])
    assert done.exit_code == 5
    assert "The format of a plan is 1, not 2." in done.output
    assert Plan.from_plain(json.loads(first.read_text(encoding="utf-8"))).solver.seconds is not None
