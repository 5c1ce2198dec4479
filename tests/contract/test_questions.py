"""The registry of what-if questions against what the program and the documents do with it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from planner.analysis.registry import BY_NAME, IN_REPORT, QUESTIONS, Question
from planner.cli.group import COMMANDS, cli

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "docs" / "what-if"
FOLDERS = {file.parent.name for file in (ROOT / "planner" / "analysis").glob("*/question.py")}

each_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


def test_every_folder_with_a_question_is_in_the_registry_once() -> None:
    assert sorted(question.folder for question in QUESTIONS) == sorted(FOLDERS)
    assert len(BY_NAME) == len(QUESTIONS)


@each_question
def test_a_question_is_a_command_with_its_parameters_as_options(question: Question) -> None:
    assert question.name in COMMANDS
    command = cli.get_command(click.Context(cli), question.name)
    assert command is not None
    options = {name for parameter in command.params for name in parameter.opts}
    fields = question.definition().parameters.model_fields
    assert {f"--{field.alias or name}" for name, field in fields.items()} <= options


@each_question
def test_a_question_has_a_view_for_each_of_its_answers_and_a_page_in_the_documents(question: Question) -> None:
    for shown in question.definition().sections:
        assert callable(import_module(f"planner.report.views.answers.{shown.view}").view)
    assert f"planner {question.name} " in (DOCUMENTS / question.documentation).read_text(encoding="utf-8")
    assert f"({question.documentation})" in (DOCUMENTS / "index.md").read_text(encoding="utf-8")


@each_question
def test_a_question_that_the_report_takes_can_be_asked_with_its_defaults(question: Question) -> None:
    definition = question.definition()
    required = [name for name, field in definition.parameters.model_fields.items() if field.is_required()]
    assert (question.name in IN_REPORT) == question.in_report
    if question.in_report:
        assert not required
        assert definition.prepare is not None
        definition.parameters()


@each_question
def test_the_parameters_of_a_question_say_what_they_mean(question: Question) -> None:
    for name, described in question.definition().parameters.model_json_schema()["properties"].items():
        assert described["description"], name
        assert described.keys() & {"type", "anyOf"}, name


def test_no_question_loads_a_library_of_tables_before_it_is_asked() -> None:
    """A page of answers names all questions; pandas takes longer to load than all of them together."""
    code = (
        "import sys; from planner.processes.lean import set_up_process; set_up_process(); "
        "from planner.analysis.registry import QUESTIONS; [each.definition for each in QUESTIONS]; "
        "import planner.report.views.answers.listing; print('pandas' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False", run.stderr
