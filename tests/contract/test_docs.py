"""What the documents say against what the program does."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from planner.cli.group import COMMANDS, cli
from planner.cli.translated import EXIT_CODES, Command
from planner.plans.claim import Claim
from planner.version import VERSION

ROOT = Path(__file__).parents[2]
COMMANDS_PAGE = (ROOT / "docs" / "perintah.md").read_text(encoding="utf-8")
READMES = (ROOT / "README.md", ROOT / "README.id.md")


def found(name: str) -> Command:
    command = cli.get_command(click.Context(cli), name)
    assert isinstance(command, Command)
    return command


def section(name: str) -> str:
    """The part of docs/perintah.md about one command."""
    parts = re.split(r"^## planner (\w+)$", COMMANDS_PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[name]


def shown_commands() -> Iterator[tuple[str, str]]:
    """(where, command line) of every `planner ...` line in the documents and in the help."""
    for name in COMMANDS:
        yield from ((f"help of {name}", line) for line, _ in found(name).examples)
    yield from (("help of planner", line) for line, _ in cli.examples)
    for document in (*READMES, *sorted((ROOT / "docs").rglob("*.md"))):
        for line in document.read_text(encoding="utf-8").splitlines():
            text = line.partition("  #")[0].strip().removeprefix(".venv/bin/")
            if text.startswith("planner ") and not re.search(r"[A-Z]{4}|\.\.\.|\[", text):
                yield document.name, text


def test_the_commands_page_has_a_section_for_each_command_in_order() -> None:
    assert tuple(re.findall(r"^## planner (\w+)$", COMMANDS_PAGE, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_examples_and_exit_codes(name: str) -> None:
    command = found(name)
    assert command.help
    assert command.examples
    assert set(command.exit_codes) <= EXIT_CODES.keys()
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option | click.Argument))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_on_the_commands_page_and_no_other(name: str) -> None:
    options = {
        text
        for parameter in found(name).params
        if isinstance(parameter, click.Option)
        for text in (*parameter.opts, *parameter.secondary_opts)
    }
    documented = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section(name)))
    assert documented == options - {"--lang"}


@pytest.mark.parametrize(("where", "line"), sorted(set(shown_commands())))
def test_every_command_line_that_is_shown_can_be_typed(where: str, line: str) -> None:
    words = shlex.split(line.partition(" > ")[0], comments=True)
    context = cli.make_context("planner", words[1:], resilient_parsing=False) if "--help" not in words else None
    if context is not None:
        name, command, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None, where
        command.make_context(name, rest, parent=context)


def test_the_links_of_the_documents_lead_somewhere() -> None:
    for document in (*READMES, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:", "mailto:")):
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_files_that_the_documents_name_are_there() -> None:
    """By their path, or the end of it: `model/rules/cost.py`; what is in capitals or an example may be made up."""
    rooms = ("planner", "tests", "benchmarks")
    files = [f"/{path.relative_to(ROOT)}" for room in rooms for path in (ROOT / room).rglob("*") if path.is_file()]
    files += [f"/{path.name}" for path in ROOT.glob("*.py")]
    made_up = re.compile(r"[A-Z]{2}|largest|leftover")
    for document in (*READMES, ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")):
        for name in re.findall(r"`([\w./-]+\.(?:py|j2|css))`", document.read_text(encoding="utf-8")):
            there = any(file.endswith(f"/{name}") for file in files)
            assert there or made_up.search(name), f"{document.name}: {name}"


def test_every_scenario_opens_with_its_schema_and_its_question() -> None:
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        schema = re.match(r"# yaml-language-server: \$schema=(\S+)$", lines[0])
        assert schema, path.name
        assert (path.parent / schema[1]).is_file(), f"{path.name}: {schema[1]}"
        assert lines[1].startswith("# Pertanyaan: "), path.name


def test_the_changelog_and_the_package_agree_on_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changelog or f"## [{VERSION}]" in changelog
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_page_about_proofs_names_the_shipped_plans_that_are_not_proven() -> None:
    plans = sorted((ROOT / "reports" / "gallery").glob("*/plan.json"))
    claims = {path.parent.name: Claim(json.loads(path.read_text(encoding="utf-8"))["claim"]) for path in plans}
    said = (
        (ROOT / "docs" / "bukti.md").read_text(encoding="utf-8").split("Dari skenario yang disertakan")[1].split(";")[0]
    )
    named = set(re.findall(r"`([a-z0-9-]+)`", said))
    assert named == {name for name, claim in claims.items() if claim is Claim.AGREED}
    assert set(claims.values()) == {Claim.AGREED, Claim.PROVEN}
