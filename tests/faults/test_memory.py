"""Memory runs out: a plan with whole results, or a short message and no results."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.store.stored_plan import read_stored
from tests.sampled import sampled

ROOT = Path(__file__).parents[2]
MEGABYTE = 1024 * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
@pytest.mark.parametrize("megabytes", sampled([60, 110, 90, 130, 150, 195, 170, 190, 200, 300], 10))
def test_a_command_with_little_memory_plans_or_says_so_and_leaves_nothing(tmp_path: Path, megabytes: int) -> None:
    shutil.copy(ROOT / "scenarios" / "contoh-kecil.yaml", tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", "from planner.cli import main; main()", "plan", "contoh-kecil.yaml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE, megabytes * MEGABYTE)),
    )
    if done.returncode == 0:
        assert read_stored(tmp_path / "reports" / "contoh-kecil").verdict().passed
    else:
        assert "Traceback" not in done.stderr
        assert done.stderr.strip()
        assert [path.name for path in tmp_path.iterdir()] == ["contoh-kecil.yaml"]
