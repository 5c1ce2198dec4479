"""`planner compare`: scenarios and stored plans side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from planner.errors import InfeasibleError
from tests.unit.cli.engine import Engine

Run = Callable[..., Result]
Write = Callable[..., Path]


def test_scenarios_are_planned_and_compared_in_the_terminal_and_on_a_page(
    run: Run, engine: Engine, write: Write, tmp_path: Path
) -> None:
    more = write("besar.yaml", ("kecil", "besar"), ("2_500_000", "3_500_000"))
    result = run("compare", write(), more)
    assert result.exit_code == 0, result.stderr
    assert [name for name, _ in engine.asked] == ["kecil", "besar"]
    assert "Rp3.500.000" in result.stdout
    page = tmp_path / "reports" / "comparison" / "comparison.html"
    assert str(page.relative_to(tmp_path)) in result.stdout
    assert "<html" in page.read_text(encoding="utf-8")


def test_stored_plans_are_not_planned_again(run: Run, engine: Engine, write: Write) -> None:
    run("plan", write(), write("besar.yaml", ("kecil", "besar")))
    asked = len(engine.asked)
    assert run("compare", "reports/kecil", "reports/besar/plan.json", "--out", "beda.html").exit_code == 0
    assert len(engine.asked) == asked
    assert Path("beda.html").is_file()


def test_a_stored_plan_that_fails_the_check_is_not_compared(run: Run, engine: Engine, write: Write) -> None:
    run("plan", write(), write("besar.yaml", ("kecil", "besar")))
    stored = Path("reports/besar/plan.json")
    plan = json.loads(stored.read_text(encoding="utf-8"))
    plan["total_cost"] += 1
    stored.write_text(json.dumps(plan), encoding="utf-8")
    result = run("compare", "reports/kecil", "reports/besar")
    assert result.exit_code == 5
    assert not Path("reports/comparison").exists()


def test_one_plan_is_nothing_to_compare(run: Run, engine: Engine, scenario: Path) -> None:
    result = run("compare", scenario)
    assert result.exit_code == 2
    assert "dua rencana" in result.stderr


def test_two_of_one_id_are_refused_and_all_problems_are_named(run: Run, engine: Engine, write: Write) -> None:
    result = run("compare", write(), write("kembar.yaml"), "tidak-ada.yaml")
    assert result.exit_code == 2
    assert "'kecil'" in result.stderr
    assert "tidak-ada.yaml" in result.stderr
    assert not engine.asked


def test_a_scenario_that_cannot_be_planned_ends_the_comparison(run: Run, engine: Engine, write: Write) -> None:
    engine.fail["besar"] = InfeasibleError("aturan A dan B berbenturan")
    other = write("besar.yaml", ("kecil", "besar"))
    result = run("compare", write(), other)
    assert result.exit_code == 3
    assert f"{other}: " in result.stderr
    assert result.stdout == ""


def test_an_interrupted_search_ends_the_comparison(run: Run, engine: Engine, write: Write) -> None:
    engine.interrupted = True
    result = run("compare", write(), write("besar.yaml", ("kecil", "besar")))
    assert result.exit_code == 130
    assert len(engine.asked) == 1
    assert [path.name for path in Path("reports").iterdir()] == ["kecil"], "the best plan so far is kept, and no page"


def test_a_page_of_ours_is_replaced_and_no_other(run: Run, engine: Engine, write: Write) -> None:
    pair = (write(), write("besar.yaml", ("kecil", "besar")))
    Path("beda.html").write_text("<html>penting</html>", encoding="utf-8")
    assert run("compare", *pair, "--out", "beda.html").exit_code == 2
    assert run("compare", *pair, "--out", "beda.html", "--force").exit_code == 0
    assert run("compare", *pair, "--out", "beda.html").exit_code == 0
