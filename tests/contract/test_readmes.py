"""Both READMEs say the same: headings, commands, pictures and links, each in its language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.cli.translated import EXIT_CODES

ROOT = Path(__file__).parents[2]
ENGLISH, INDONESIAN = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.id.md"))
BOTH = pytest.mark.parametrize("text", [ENGLISH, INDONESIAN], ids=["en", "id"])


def commands(text: str) -> list[str]:
    """The command lines of the code blocks, without their remarks."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line.split("#")[0].strip() for block in blocks for line in block.strip().splitlines()]


def links(text: str) -> set[str]:
    return set(re.findall(r"\]\(([^)\s]+)\)", text)) - {"README.md", "README.id.md"}


def test_they_have_the_same_commands_pictures_links_and_headings() -> None:
    assert commands(ENGLISH) == commands(INDONESIAN)
    assert links(ENGLISH) == links(INDONESIAN)
    heads = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in (ENGLISH, INDONESIAN)]
    assert heads[0] == heads[1]
    pictures = [re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text) for text in (ENGLISH, INDONESIAN)]
    assert pictures[0] == pictures[1]
    rows = [len(re.findall(r"^\|", text, re.MULTILINE)) for text in (ENGLISH, INDONESIAN)]
    assert rows[0] == rows[1]


def test_each_command_reads_what_is_there_or_what_one_before_it_has_made() -> None:
    made = set()
    for command in commands(ENGLISH):
        _program, *words = command.split()
        files = [word for word in words[1:] if "/" in word or "." in word]
        if words[:1] in (["init"], ["template"]):
            made.add(words[1])
            files = [file for file in files if file != words[1]]
        for file in files:
            assert (ROOT / file).exists() or {file, *map(str, Path(file).parents)} & made, command
        made |= {f"reports/{Path(file).stem}" for file in files if words[0] == "plan"}
        if command == "make plan":
            made.add(f"reports/{Path(sample_scenario()).stem}")


def sample_scenario() -> str:
    """The scenario that `make plan` plans."""
    found = re.search(r"^SCENARIO = (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


@BOTH
def test_it_opens_with_the_two_commands_and_a_picture(text: str) -> None:
    assert commands(text)[:2] == ["make plan", "make test"]
    assert text.index("![") < text.index("## ")


@BOTH
def test_it_lists_every_scenario_and_no_other(text: str) -> None:
    shipped = {path.name for path in (ROOT / "scenarios").glob("*.yaml")}
    assert set(re.findall(r"\(scenarios/([\w.-]+\.yaml)\)", text)) == shipped


@BOTH
def test_it_lists_every_exit_code(text: str) -> None:
    table = re.split(r"^## (?:Exit codes|Kode keluar)$", text, flags=re.MULTILINE)[1].partition("\n## ")[0]
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)] == list(EXIT_CODES)
