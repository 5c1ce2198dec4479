"""The disk fails, or the process is killed, at every operation on files: the old is there or the new, never half."""

from __future__ import annotations

import errno
import os
import warnings
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.locale import speaking
from tests.faults.broken_disk import BrokenDisk
from tests.faults.writers import OPERATIONS, WritingOperation
from tests.sampled import sampled, some

FAILURES = {
    "full from then on": (errno.ENOSPC, False),
    "broken once": (errno.EIO, True),
    "full once": (errno.ENOSPC, True),
    "broken from then on": (errno.EIO, False),
}
"""What the system says, and whether it says so once."""

FEW = 10
"""Operations up to which all of them fail in every run: those of one file."""


def begun(folder: Path, operation: WritingOperation) -> Path:
    """A new folder in which all is as it was before."""
    folder.mkdir()
    operation.prepare(folder)
    return folder


def states(tmp_path: Path, operation: WritingOperation) -> tuple[object, object, range]:
    """What is there before and after on a disk that works, and the numbers of the operations on it."""
    folder = begun(tmp_path / "baik", operation)
    before = operation.state(folder)
    with BrokenDisk(folder, at=10**9) as disk:
        operation.write(folder)
    assert disk.operations > 1
    return before, operation.state(folder), range(1, disk.operations + 1)


@pytest.mark.parametrize("failure", sampled(FAILURES, 4))
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_error_at_any_operation_leaves_the_old_or_the_new(tmp_path: Path, name: str, failure: str) -> None:
    operation, (code, once) = OPERATIONS[name], FAILURES[failure]
    before, after, numbers = states(tmp_path, operation)
    for number in numbers if len(numbers) <= FEW else some(numbers, 8):
        folder = begun(tmp_path / str(number), operation)
        told = ""
        with speaking("en"), BrokenDisk(folder, number, code=code, once=once) as disk:
            try:
                operation.write(folder)
            except InputError as error:
                told = str(error)
            except OSError as error:
                told = str(error)
        assert disk.failed
        found = operation.state(folder)
        assert found in (before, after, *(() if once else operation.crash_states)), (number, told)
        assert told or found == after, number
        assert not told or folder.name in told, (number, told)
        assert leftovers(folder) == [], (number, told)
        if found == before:
            operation.write(folder)
            assert operation.state(folder) == after, f"after {number} the same is done again"


def leftovers(folder: Path) -> list[str]:
    """What is half done and was left behind."""
    return [path.name for path in folder.rglob(".*") if path.name.endswith((".partial", ".unfinished", ".previous"))]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed by its copy")
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_process_killed_at_any_operation_leaves_the_old_or_the_new(tmp_path: Path, name: str) -> None:
    operation = OPERATIONS[name]
    before, after, numbers = states(tmp_path, operation)
    for number in some(numbers, 12):
        folder = begun(tmp_path / str(number), operation)
        assert killed_at(operation, folder, number), number
        found = operation.state(folder)
        assert found in (before, after, *operation.crash_states), number
        if found == before:
            operation.write(folder)
            assert operation.state(folder) == after, f"after {number} the same is done again"


def killed_at(operation: WritingOperation, folder: Path, number: int) -> bool:
    """Do it in a copy of this process that is killed at the operation of that number; whether it was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of this process do not write here
        child = os.fork()
    if not child:
        try:
            with BrokenDisk(folder, number, kill=True):
                operation.write(folder)
        finally:
            os._exit(0)
    _child, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
