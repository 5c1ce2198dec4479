"""What a scan has found so far, line by line in a file: safe against being killed, and taken up where it was left.

The file holds one JSON object a line. A last line that was cut short is dropped. `code` is a fingerprint of the program
that was judged, so that findings about an earlier state of it are known for what they are.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from tests.scan.judge import Verdict
from tests.scan.scenarios import Case

Line = dict[str, Any]

PROGRAM = Path(__file__).parents[2] / "planner"


def fingerprint() -> str:
    """What the source of the program amounts to, in twelve digits."""
    digest = hashlib.sha256()
    for path in sorted(PROGRAM.rglob("*.py")):
        digest.update(path.relative_to(PROGRAM).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def line_of(case: Case, verdict: Verdict, seconds: float, code: str) -> Line:
    """One scenario and what came of it."""
    plain = case.plain
    parts = ("groups", "programmes", "funds", "rules")
    return {
        "number": case.number,
        "kind": case.kind,
        "finding": verdict.finding.value,
        "claims": verdict.claims,
        "gap": verdict.gap,
        "reasons": verdict.reasons,
        "missed": verdict.missed,
        "size": [len(plain.get(part, [])) for part in parts] + [len(plain.get("periods", [1]))],
        "plan_seconds": round(verdict.seconds, 3),
        "seconds": round(seconds, 3),
        "code": code,
    }


class Record:
    """The lines of one state folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "scan.jsonl"
        self.lines: dict[int, Line] = {}
        text = self.path.read_bytes() if self.path.exists() else b""
        whole = text[: text.rfind(b"\n") + 1]
        if whole != text:
            self.path.write_bytes(whole)
        for raw in whole.splitlines():
            line = json.loads(raw)
            self.lines[line["number"]] = line

    def add(self, line: Line) -> None:
        """Remember a line, now and after a crash."""
        self.lines[line["number"]] = line
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
