"""Registry of all what-if questions. To add one, write a folder with a question.py and add a line here.

Commands, sections of the report, the choices of `planner plan --ask` and the test of the documentation use this list.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from planner.locale import N_

if TYPE_CHECKING:
    from planner.analysis.question import Definition

Subject = Literal["plan", "impossible scenario", "two plans"]
"""What a question is about."""


class Question(NamedTuple):
    """A what-if question as an entry of the registry of questions."""

    name: str
    """Name of the command, of the choice of `--ask`, and of the answer's page."""
    summary: str
    """One line of help (an English msgid)."""
    folder: str
    """Package in planner.analysis whose question.py has the definition."""
    documentation: str
    """File name of its page in docs/what-if/."""
    in_report: bool = False
    """Whether `planner plan --ask` accepts it: all parameters have defaults, and the answer is a section."""
    about: Subject = "plan"

    def definition(self) -> Definition:
        """Load and return the definition."""
        from planner.analysis.question import Definition

        found = import_module(f"planner.analysis.{self.folder}.question").DEFINITION
        assert isinstance(found, Definition)
        return found


QUESTIONS: Final = (
    Question("whatif", N_("gaps closed and cost when inputs are varied"), "sweep", "variasi.md"),
    Question("curve", N_("gaps closed for each budget"), "budget_curve", "kurva-anggaran.md", True),
    Question("partners", N_("the contribution of each partner"), "partners", "mitra.md", True),
    Question("dropout", N_("what remains if partners withdraw"), "dropout", "mitra-mundur.md", True),
    Question("sure", N_("what is left of the plan if assumptions turn out worse"), "sure", "seberapa-pasti.md", True),
    Question("cuts", N_("what is dropped first when the budget is cut"), "cuts", "pemotongan.md", True),
    Question("rules", N_("the price of each rule, and of fairness"), "rules", "harga-aturan.md", True),
    Question("habits", N_("the plan compared with office habits"), "habits", "kebiasaan.md", True),
    Question("alternatives", N_("other plans that are nearly as good"), "alternatives", "alternatif.md", True),
    Question("why", N_("why a group does not take a programme"), "why_not", "mengapa-tidak.md"),
    Question(
        "repair",
        N_("the smallest changes that make a plan possible"),
        "repairs",
        "tidak-mungkin.md",
        about="impossible scenario",
    ),
    Question("compare", N_("scenarios side by side, and why they differ"), "comparison", "sebab.md", about="two plans"),
)
"""In the order of the report's sections."""

BY_NAME: Final = {question.name: question for question in QUESTIONS}

PART_OF: Final = {"fairness": "rules"}
"""The questions that answer what else is asked for by name."""

IN_REPORT: Final = tuple(question.name for question in QUESTIONS if question.in_report)
"""Names of the questions that `planner plan --ask` accepts."""
