"""Faults that a series found once: each stays as a file and is judged in every test run.

keep(series, fault) -> Path            kept() -> [(series name, Fault)]
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from tests.campaign.series import Fault

FOLDER = Path(__file__).parent / "fixtures"


def keep(series: str, fault: Fault, folder: Path = FOLDER) -> Path:
    """Write a fault down; the file. What is written already stays as it is."""
    path = folder / f"{series}-{fault.seed}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        found = {"series": series, "seed": fault.seed, "why": fault.why, "made_of": fault.made_of}
        if json.loads(json.dumps(fault.made_of)) != fault.made_of:  # JSON has no numbers as keys, which years are
            found["made_of"] = {"literal": repr(fault.made_of)}
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def kept(folder: Path = FOLDER) -> Iterator[tuple[str, Fault]]:
    """All of them, each with the name of its series."""
    for path in sorted(folder.glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        made_of = found["made_of"]
        if isinstance(made_of, dict) and list(made_of) == ["literal"]:
            made_of = ast.literal_eval(made_of["literal"])
        yield found["series"], Fault(found["seed"], found["why"], made_of)
