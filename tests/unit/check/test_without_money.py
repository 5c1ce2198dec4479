"""What breaks a plan that needs no money is broken by facts too: one list of checks serves both."""

from __future__ import annotations

import ast
from pathlib import Path

from planner import check


def called(file: str) -> set[str]:
    """The names of the checks that a file of the checker calls."""
    tree = ast.parse((Path(check.__path__[0]) / file).read_text(encoding="utf-8"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {func.id for func in calls if isinstance(func, ast.Name) and func.id.startswith("check_")}


def test_plans_and_facts_have_the_same_checks() -> None:
    of_both = called("without_money.py")
    assert {"check_people", "check_smallest", "check_classes"} <= of_both
    for file in ("checker.py", "actuals.py"):
        assert "check_without_money" in called(file)
        again = called(file) & of_both
        assert not again, f"planner/check/{file} calls what planner/check/without_money.py calls for both: {again}"
