"""A small valid scenario as lines of text, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from planner.errors import InputError, Problem
from planner.scenario_io import read_scenario

MINIMAL = """\
format: 1
scenario: {id: contoh, fiscal_year: 2027}
competencies:
  - {id: keu, kind: technical}
groups:
  - id: analis
    headcount: 100
    gaps: {keu: 60}
programmes:
  - id: bimtek
    closes: {keu: 0.8}
    costs:
      - {item: Honor, per: participant, price: 50_000}
funds:
  - {id: apbd, kind: own, amount: 10_000_000}
"""
"""Each line has its number in the tests: groups begin in line 5, programmes in 9, funds in 14."""


def write(folder: Path, text: str | bytes, name: str = "s.yaml") -> Path:
    """A file in `folder`."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def changed(old: str, new: str, text: str = MINIMAL) -> str:
    """The minimal scenario with one passage replaced."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def problems(path: Path, settings: Sequence[str] = ()) -> tuple[Problem, ...]:
    """What is wrong with the file at `path`."""
    with pytest.raises(InputError) as caught:
        read_scenario(path, settings)
    return caught.value.problems


def places(found: Sequence[Problem]) -> list[tuple[int | None, int | None]]:
    """(line, column) of each problem."""
    return [(problem.line, problem.column) for problem in found]


def only(path: Path, settings: Sequence[str] = ()) -> Problem:
    """The one thing that is wrong with the file at `path`."""
    found = problems(path, settings)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]
