"""The workbench's styles leave the report's parts as they are: a name of both rooms is told apart by its element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.report.page import TEMPLATES as OF_REPORT
from planner.web.page import STYLES, TEMPLATES

GIVEN = re.compile(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"')


def names_of_the_report() -> set[str]:
    """The classes that the report's templates give."""
    text = " ".join(path.read_text(encoding="utf-8") for path in OF_REPORT.glob("*.j2"))
    return {name for given in GIVEN.findall(text) for name in re.sub(r"\{[{%].*?[%}]\}", " ", given).split()}


def selectors() -> Iterator[str]:
    for name in STYLES:
        text = re.sub(r"/\*.*?\*/", "", (TEMPLATES / name).read_text(encoding="utf-8"), flags=re.DOTALL)
        for found in re.findall(r"([^{}]+)\{", text):
            if not found.strip().startswith("@"):
                yield from (one.strip() for one in found.split(","))


def test_no_style_of_the_workbench_is_one_of_the_report_by_accident() -> None:
    names = names_of_the_report()
    assert {"block", "account", "tile"} <= names
    first = {
        selector: re.fullmatch(r"\.([\w-]+)(?:[:\[].*)?", re.split(r"[\s>+~]", selector)[0]) for selector in selectors()
    }
    assert [selector for selector, found in first.items() if found and found[1] in names] == []
