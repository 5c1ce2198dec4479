"""False claims that were found once: each stays as a file and is judged in every test run.

A fixture holds the kind, the number, why it is kept, the scenario, and `best` where the value of the first level is
known although the plans are too many to try.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.scan.scenarios import Case

FOLDER = Path(__file__).parent / "fixtures"


@dataclass(frozen=True)
class Fixture:
    """A scenario that was once told wrong."""

    case: Case
    why: str
    best: float | None = None


def keep(case: Case, reasons: list[str]) -> Path:
    """Write a scenario down as a fixture; the file."""
    path = FOLDER / f"{case.kind}-{case.number}.json"
    if not path.exists():
        found = {"kind": case.kind, "number": case.number, "why": "; ".join(reasons), "scenario": case.plain}
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def fixtures() -> Iterator[tuple[str, Fixture]]:
    """All of them, by name."""
    for path in sorted(FOLDER.glob("*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        case = Case(held["number"], held["kind"], held["scenario"])
        yield path.stem, Fixture(case, held["why"], held.get("best"))
