"""The code map tells of files and names that are there."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MAP, _, ADDING = TEXT.partition("## Where to add")
FILES = {str(file.relative_to(ROOT / "planner")) for file in (ROOT / "planner").rglob("*.py")}
NAMED = sorted(set(re.findall(r"`((?:planner/)?[\w/]+\.py)`", MAP)))
FACTS = sorted(set(re.findall(r"`([\w/]+\.py)` \(`(\w+)`", TEXT)))
DOTTED = sorted(set(re.findall(r"`([a-z_]+(?:\.\w+)+)`", MAP)) - set(NAMED))


def found(file: str) -> list[str]:
    """The files of the program that a name may mean: from its folder, or one below."""
    name = file.removeprefix("planner/")
    return [each for each in FILES if each == name or each.endswith(f"/{name}")]


def test_it_tells_of_many() -> None:
    assert len(NAMED) > 60
    assert len(FACTS) > 5
    assert len(DOTTED) > 10


@pytest.mark.parametrize("file", NAMED)
def test_each_file_is_there(file: str) -> None:
    assert found(file) or (ROOT / file).exists()


@pytest.mark.parametrize(("file", "name"), FACTS)
def test_each_fact_is_in_the_file_that_it_is_told_to_be_in(file: str, name: str) -> None:
    assert any(name in (ROOT / "planner" / each).read_text(encoding="utf-8") for each in found(file))


@pytest.mark.parametrize("name", [name for name in DOTTED if not name.endswith((".py", ".json", ".md", ".po"))])
def test_each_module_and_function_is_there(name: str) -> None:
    *folders, last = name.removeprefix("planner.").split(".")
    module = "planner." + ".".join(folders) if folders else "planner"
    try:
        import_module(f"{module}.{last}")
    except ModuleNotFoundError:
        assert hasattr(import_module(module), last) or any(
            hasattr(import_module(each), last) for each in _inside(module)
        ), name


def _inside(module: str) -> list[str]:
    folder = ROOT / Path(*module.split("."))
    return [f"{module}.{file.stem}" for file in folder.glob("*.py")] if folder.is_dir() else []
