"""`planner plan --ask`: answers to what-if questions as sections of the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result

from planner.analysis.registry import BY_NAME, IN_REPORT, PART_OF
from planner.cli import report_answers
from planner.domain.scenario import Scenario
from planner.errors import SolverError
from planner.plans.plan import Plan
from planner.report.answer_page import keep_page

Run = Callable[..., Result]


def headings(pattern: str = r'<h2 id="([a-z0-9-]+)"') -> list[str]:
    return re.findall(pattern, Path("reports", "kecil", "report.html").read_text(encoding="utf-8"))


def test_answers_stand_in_the_report_before_the_approval_and_in_its_contents(run: Run, scenario: Path) -> None:
    asked = [part for name in IN_REPORT for part in ("--ask", name)]
    result = run("plan", scenario, *asked)
    assert result.exit_code == 0, result.stderr
    found = headings()
    of_question = {shown.anchor: name for name in IN_REPORT for shown in BY_NAME[name].definition().sections}
    answered = found[found.index("curve") : found.index("signatures")]
    assert list(dict.fromkeys(of_question[anchor] for anchor in answered)) == list(IN_REPORT)
    assert "fairness" in answered, "a question may have several sections"
    assert ["front", *headings(r'<li><a href="#([a-z0-9-]+)">')] == found


@pytest.mark.parametrize(
    ("error", "code", "sections"),
    [(KeyboardInterrupt(), 130, ["curve"]), (SolverError("pemecahnya mati"), 6, ["curve", "habits"])],
    ids=["stopped", "failed"],
)
def test_answers_found_by_then_stand_in_the_report(
    run: Run, scenario: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, sections: list[str]
) -> None:
    """The second of three questions is stopped, or fails, which does not stop the third."""

    def keep(
        scenario: Scenario, plan: Plan, folder: Path, name: str, answers: Sequence[object], *, levels: dict[str, float]
    ) -> Path:
        if name == "cuts":
            raise error
        return keep_page(scenario, plan, folder, name, answers, levels=levels)

    monkeypatch.setattr(report_answers, "keep_page", keep)
    result = run("plan", scenario, "--ask", "curve", "--ask", "cuts", "--ask", "habits")
    assert result.exit_code == code
    assert [name for name in headings() if name in ("curve", "cuts", "habits")] == sections
    assert ("dengan jawaban yang sudah ada" if code == 130 else "pemecahnya mati") in result.stderr
    assert "Berikutnya" not in result.output, "what comes next is the rest of what was asked"


def test_without_the_option_the_report_has_no_answers(run: Run, scenario: Path) -> None:
    assert run("plan", scenario).exit_code == 0
    assert "curve" not in headings()


def test_an_unknown_question_is_refused_before_planning(run: Run, scenario: Path) -> None:
    result = run("plan", scenario, "--ask", "kurva")
    assert result.exit_code == 2
    assert "curve" in result.stderr
    assert not Path("reports").exists()


@pytest.mark.parametrize(("asked", "told"), [("fairness", "--ask rules"), ("why", "planner why --help")])
def test_what_another_question_or_command_answers_is_told_with_that(
    run: Run, scenario: Path, asked: str, told: str
) -> None:
    result = run("plan", scenario, "--ask", asked)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not Path("reports").exists()


def test_what_is_part_of_an_answer_is_a_section_of_it() -> None:
    for name, question in PART_OF.items():
        assert name not in BY_NAME
        assert name in [section.anchor for section in BY_NAME[question].definition().sections]
