"""The disk or the database fails while a plan is approved: it is approved with all its documents, or not at all."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import Any

import pytest
from django.db import OperationalError, connection

from planner.store.run_folders import RUNS
from planner.web import documents, review
from tests.faults.broken_disk import BrokenDisk
from tests.sampled import some
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import kept_run


def _made_at_once(name: str, *_of: object) -> bytes:
    return name.encode() * 99


SMALL_DOCUMENTS = MappingProxyType(
    {name: documents.PlanDocument(name, "text/plain", partial(_made_at_once, name), True) for name in ("satu", "dua")}
)
"""Documents that are made at once, for what fails is their writing."""


@pytest.fixture
def submitted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, str]:
    """A workbench with a plan that Budi has submitted."""
    monkeypatch.setattr(documents, "DOCUMENTS", SMALL_DOCUMENTS)
    run = kept_run(desk)
    assert desk.post(f"/rencana/{run}/ajukan", who="Budi").status_code == 302
    return desk, run


def approved(desk: Desk, run: str) -> bool:
    """Whether a run is approved, in the index as in one that is made anew: then with all its documents."""
    archive = desk.bench.archive
    assert archive.journal.fault() is None
    archive.follow()
    found = [archive.run(run).review]
    archive.rebuild()
    found.append(archive.run(run).review)
    assert found[0] == found[1], "the index says what folders and journal say"
    if found[0] != "approved":
        return False
    for name in SMALL_DOCUMENTS:
        made = review.frozen(archive, archive.run(run), name)
        assert made is not None
        assert made.content == name.encode() * 99
    return True


@pytest.mark.parametrize(("code", "once"), [(errno.ENOSPC, False), (errno.EIO, True)], ids=["full", "broken once"])
def test_an_approval_is_whole_or_none_at_every_operation(submitted: tuple[Desk, str], code: int, once: bool) -> None:
    desk, run = submitted
    words = f"/rencana/{run}/setujui", f"/rencana/{run}/ajukan"
    top = desk.results / RUNS
    with BrokenDisk(top, at=10**9) as disk:
        assert desk.post(words[0], who="Siti").status_code == 302
    assert approved(desk, run)
    operations = disk.operations
    assert operations > 6
    for number in some(range(1, operations + 1), 10):
        begin_again(desk, run)
        with BrokenDisk(top, number, code=code, once=once) as disk:
            answer = desk.post(words[0], who="Siti")
        assert disk.failed
        assert answer.status_code in (302, 507), number
        assert approved(desk, run) or answer.status_code == 507, number
        assert not list(top.rglob(".*.unfinished")), number
        if not approved(desk, run):
            assert desk.post(words[0], who="Siti").status_code == 302
            assert approved(desk, run), f"after {number} the same is done again"


def begin_again(desk: Desk, run: str) -> None:
    """Have the run submitted once more."""
    archive = desk.bench.archive
    archive.write("returned", run, who="Siti")
    archive.write("submitted", run, who="Budi")
    assert not approved(desk, run)


class FullDatabase:
    """A context in which the Nth statement or the end of a transaction fails, once, as on a full disk."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0

    @contextmanager
    def failing(self) -> Iterator[None]:
        real = connection._commit

        def commit() -> None:
            self._step()
            real()

        with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(self._executing):
            patch.setattr(connection, "_commit", commit)
            yield

    def _executing(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self._step()
        return execute(*arguments)

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise OperationalError("database or disk is full")


def test_an_index_that_cannot_be_written_says_the_same_afterwards(submitted: tuple[Desk, str]) -> None:
    desk, run = submitted
    client = desk.browser()
    full = FullDatabase(at=10**9)
    with full.failing():
        assert desk.post(f"/rencana/{run}/setujui", client, who="Siti").status_code == 302
    assert full.steps > 5
    for number in some(range(1, full.steps + 1), 10):
        begin_again(desk, run)
        failing = FullDatabase(at=number)
        with failing.failing():
            answer = desk.post(f"/rencana/{run}/setujui", client, who="Siti")
        assert answer.status_code in (302, 503), number
        assert approved(desk, run) or answer.status_code == 503, number
        if not approved(desk, run):
            assert desk.post(f"/rencana/{run}/setujui", client, who="Siti").status_code == 302
            assert approved(desk, run), number


def test_a_plan_whose_place_in_the_index_cannot_be_written_is_found_later(desk: Desk) -> None:
    archive = desk.bench.archive
    first = archive.run(kept_run(desk))
    kept, facts = archive.plan(first), archive.folders.facts(first.run)

    def keep() -> None:
        archive._kept(facts, kept.stored.scenario, kept.plan)

    full = FullDatabase(at=10**9)
    with full.failing():
        keep()
    for number in some(range(1, full.steps + 1), 10):
        known = set(archive.folders.ids())
        with FullDatabase(at=number).failing(), pytest.raises(OperationalError):
            keep()
        (run,) = set(archive.folders.ids()) - known
        archive.rebuild()
        assert archive.run(run).plan_sha256 == first.plan_sha256, number


def test_a_real_index_without_room_is_told_and_followed_later(submitted: tuple[Desk, str]) -> None:
    desk, run = submitted
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    note = "x" * 3900
    answers = [desk.post(f"/rencana/{run}/tanggapi", who="Siti", note=note).status_code for _number in range(5)]
    assert 503 in answers
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    archive = desk.bench.archive
    archive.follow()
    comments = [act.note for act in archive.acts_of(archive.run(run)) if act.action == "commented"]
    assert comments == [note] * (answers.count(302) + 1), "what was written down first, and nothing after it"
    assert archive.journal.fault() is None
