"""Pages speak of fields, never of what is typed in a terminal."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from planner.domain.scenario import Scenario
from planner.errors import Problem
from planner.locale import _, ngettext, speaking
from planner.solve.limits_set_aside import LIMIT_AND_KEY, families
from planner.web.page_words import WORDS, document_words, labelled, on_pages, speaking_on_pages
from tests.oracle.generate import random_scenarios

PLANNER = Path(__file__).parents[3] / "planner"
TYPED = re.compile(r"--[a-z]|\bPATH\b|\bSTEP\b|\bplanner [a-z]+|the command\b|same command|\[default")
ROOMS = ("analysis", "report/views", "report/wording", "plans", "domain", "scenario_io", "solve", "store", "payments")
FILES = (
    "planning.py", "drafting/attempts.py", "drafting/drafts.py", "drafting/claims.py", "batch/runner.py",
    "batch/batch.py", "report/answer_page.py",
)  # fmt: skip
ELSEWHERE = (
    "PATH=VALUE",  # the name of a value in the help of the command line
    "a setting is written PATH=VALUE",  # pages apply no settings
    "For example: --set funds",
    "Show the effect of each changed input, or not.",  # pages always show it
    "CBC is not installed",  # the workbench searches with HiGHS
    "For the template: --prices-column",  # templates with prices are made by the command line
    "Name a plan.json that planner plan has written",
    *(
        "Leave --attended out.",
        "All of these rules at once, for planner replan",
        "Correct the lists or the actuals",
        "Name the folder of the lists",
    ),  # no names of a rest
)


SAYING = ("_", "N_", "ngettext")


@cache
def said() -> frozenset[str]:
    """What files that name the terminal say: in the rooms whose words reach pages."""
    found: set[str] = set()
    files = [file for room in ROOMS for file in (PLANNER / room).rglob("*.py")]
    for file in (*files, *(PLANNER / name for name in FILES)):
        text = file.read_text(encoding="utf-8")
        if not TYPED.search(text):
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING:
                found |= {
                    arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    return frozenset(found)


def warned() -> frozenset[str]:
    """All texts of the warnings, also those of which a catalog has the other form only."""
    files = (PLANNER / "domain" / "checks").glob("warnings_*.py")
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_what_names_the_terminal_has_other_words_on_pages() -> None:
    found = {text for text in said() if TYPED.search(text) and not text.startswith(ELSEWHERE)}
    assert not found - WORDS.keys()


def test_what_pages_say_instead_is_of_sentences_that_there_are_and_names_no_terminal() -> None:
    with speaking("id"):
        there = said() | warned() | {LIMIT_AND_KEY}
        assert not [text for text in WORDS if _(text) == text and text not in there]
        assert not [text for text in WORDS.values() if TYPED.search(text) or re.search("--[a-z]|JALUR", _(text))]


def test_pages_say_the_other_words_and_documents_the_first() -> None:
    old = "--from must be less than --to."
    with speaking_on_pages("id"):
        assert _(old) == "'Dari' harus lebih kecil daripada 'Sampai'."
        assert "planner check" not in ngettext(
            "{number} more warning: planner check.", "{number} more warnings: planner check.", 2
        )
        assert on_pages("x: --from harus lebih kecil daripada --to.") == f"x: {_(old)}"
        with document_words():
            assert _(old) == "--from harus lebih kecil daripada --to."


def test_problems_of_options_and_paths_are_told_by_labels() -> None:
    labels = {"partner:unja": "Universitas Jambi: yang diberikannya"}
    found = labelled([Problem("'x' bukan 'partner:unja'; partner:unja=x.", path="--vary partner:unja")], labels)
    label = labels["partner:unja"]
    assert [(each.path, each.message) for each in found] == [(label, f"'x' bukan '{label}'; {label}: x.")]


def test_pages_say_every_limit_without_the_key_that_states_it() -> None:
    plain = random_scenarios(0)
    with speaking("id"):
        typed = [str(limit.clash) for family in families(Scenario.model_validate(plain)) for limit in family]
    with speaking_on_pages("id"):
        shown = [str(limit.clash) for family in families(Scenario.model_validate(plain)) for limit in family]
    assert len(shown) > 10
    for first, other in zip(typed, shown, strict=True):
        assert re.fullmatch(re.escape(other) + r" \([a-z_., ]+\)", first), (first, other)
