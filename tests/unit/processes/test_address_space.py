"""A limit of memory below what is needed is told before it is hit."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.processes import address_space
from planner.web.server import LEAST_MEMORY

ROOT = Path(__file__).parents[3]
MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("most", "refused"), [(resource.RLIM_INFINITY, False), (500, False), (501, False), (499, True), (1, True)]
)
def test_less_than_is_needed_is_refused_and_no_limit_is_enough(
    monkeypatch: pytest.MonkeyPatch, most: int, refused: bool
) -> None:
    bytes_of = most if most == resource.RLIM_INFINITY else most * MEGABYTE
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (bytes_of, resource.RLIM_INFINITY))
    if not refused:
        address_space.ensure_allowed(500)
        return
    with pytest.raises(InputError, match=rf" 500 MB\b.* {most} MB\."):
        address_space.ensure_allowed(500)


def test_another_system_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert address_space.allowed() is None


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
@pytest.mark.parametrize("most", [220, 250, LEAST_MEMORY - 1])
def test_the_workbench_says_at_its_start_that_it_may_have_too_little_memory(tmp_path: Path, most: int) -> None:
    """With less a page hung, Ctrl-C did not end it, or it died of a signal."""
    (tmp_path / "skenario").mkdir()
    limit = most * MEGABYTE
    done = subprocess.run(
        [sys.executable, "-c", "from planner.cli import main; main()", "serve", "skenario", "--no-browser"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == (
        f"Meja kerja memerlukan memori sedikitnya {LEAST_MEMORY} MB, dan sistem hanya mengizinkan {most} MB."
        " Naikkan batasnya (ulimit -v), atau susun rencana dengan: planner plan"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["skenario"]
