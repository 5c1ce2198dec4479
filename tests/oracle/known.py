"""What the oracle found of the tiny scenarios, kept so that it need not try every plan in each test run.

known(seed) -> Known | None      the best values of a seed; None where none are kept, or another oracle kept them

    python -m tests.oracle.known     finds them anew, which takes minutes

The file says by which sources it was made. Once any file of the oracle or of its generators differs, nothing is known,
and tests solve anew: they are slower, and never wrong. A test compares a sample with what the oracle finds.
"""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
FILE = HERE / "known.json"
SEEDS = range(2000)


class Known(NamedTuple):
    """The goals of a tiny scenario and the best values; None where no plan keeps the hard rules."""

    goals: tuple[str, ...]
    values: tuple[Fraction, ...] | None


@cache
def sources() -> str:
    """Fingerprint of every file of the oracle that decides what it finds."""
    files = [
        path for path in sorted(HERE.glob("*.py")) if not path.name.startswith("test_") and path.name != "known.py"
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


@cache
def _kept() -> dict[str, list[str] | None]:
    if not FILE.exists():
        return {}
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    found: dict[str, list[str] | None] = stored["values"] if stored["sources"] == sources() else {}
    return found


def known(seed: int) -> Known | None:
    """What is kept of a seed."""
    if str(seed) not in _kept():
        return None
    kept = _kept()[str(seed)]
    if kept is None:
        return Known((), None)
    goals, values = kept[::2], kept[1::2]
    return Known(tuple(goals), tuple(map(Fraction, values)))


def main() -> None:
    """Solve every seed and keep what is found."""
    from tests.oracle.brute_force import solve
    from tests.oracle.generate import tiny_scenarios

    values: dict[str, list[str] | None] = {}
    for seed in SEEDS:
        best = solve(tiny_scenarios(seed))
        pairs = () if best is None else zip(best.goals, best.values, strict=True)
        values[str(seed)] = None if best is None else [str(part) for pair in pairs for part in pair]
    content = json.dumps({"sources": sources(), "values": values}, separators=(",", ":")) + "\n"
    FILE.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
