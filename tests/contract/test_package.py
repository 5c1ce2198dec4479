"""What is installed: the wheel holds all that the program reads, and the schema beside the scenarios is its own."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from planner.scenario_io import schema_text

ROOT = Path(__file__).parents[2]


def test_the_wheel_holds_every_file_that_the_program_reads(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "planner").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert needed <= held
    assert {Path(name).suffix for name in needed} >= {".py", ".mo", ".j2", ".yaml"}
    assert not [name for name in held if not name.startswith(("planner/", "planner-"))]


def test_the_schema_beside_the_scenarios_is_that_of_the_program() -> None:
    stored = (ROOT / "scenarios" / "skema.json").read_text(encoding="utf-8")
    assert stored == schema_text(), "run: planner schema > scenarios/skema.json"
