"""The further cases of the tests that try a sample in every run: file by file, all of them."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

from tests.campaign.series import of_cases

ROOT: Final = Path(__file__).parents[2]
OF_A_SAMPLE: Final = re.compile(r"\b(?:sampled|some|few)\(|mark\.more|\bmore: bool")


@cache
def files() -> list[str]:
    """The test files that try a sample."""
    found = sorted((ROOT / "tests").rglob("test_*.py"))
    texts = {path: path.read_text(encoding="utf-8") for path in found}
    return [path.relative_to(ROOT).as_posix() for path, text in texts.items() if OF_A_SAMPLE.search(text)]


def failing(file: str) -> str | None:
    """What fails in a file with all its cases."""
    quiet = ["-q", "-x", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=", "--import-mode=importlib"]
    command = [sys.executable, "-m", "pytest", "--more", *quiet, file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return None if done.returncode in (0, 5) else done.stdout[-2_000:]


FURTHER_CASES: Final = of_cases(
    "further-cases",
    "The tests of which every run tries a sample pass with all their cases (`pytest --more`), file by file.",
    lambda number: files()[number % len(files())],
    failing,
    full=len(files()),
    short=0,
    step=1,
)
