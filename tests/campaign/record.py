"""What a campaign has judged so far, a line in a file for each step: safe against being killed, and taken up again.

A last line that was cut short is dropped. `code` is a fingerprint of the program that was judged.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Step:
    """Cases of one series judged together, the processor time they took [s], and the numbers of the faults."""

    series: str
    first: int
    count: int
    seconds: float
    faults: list[int]
    code: str

    @property
    def numbers(self) -> range:
        """The numbers of the cases."""
        return range(self.first, self.first + self.count)


class Record:
    """The steps of one state folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "steps.jsonl"
        self.steps: dict[str, list[Step]] = defaultdict(list)
        text = self.path.read_bytes() if self.path.exists() else b""
        whole = text[: text.rfind(b"\n") + 1]
        if whole != text:
            self.path.write_bytes(whole)
        for line in whole.splitlines():
            step = Step(**json.loads(line))
            self.steps[step.series].append(step)

    def add(self, step: Step) -> None:
        """Remember a step, now and after a crash."""
        self.steps[step.series].append(step)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(step)) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def judged(self, series: str, code: str = "") -> set[int]:
        """The numbers of the cases of a series that were judged, with the program of that fingerprint or with any."""
        steps = [step for step in self.steps[series] if code in ("", step.code)]
        return {number for step in steps for number in step.numbers}
