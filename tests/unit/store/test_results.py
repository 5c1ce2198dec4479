"""Results are written whole or not at all, and never over what is not ours."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InputError
from planner.plans.plan import Plan
from planner.report.documents import write_documents
from planner.scenario_io import read_scenario
from planner.store import results, swap
from planner.store.results import ensure_writable
from planner.store.results import write_results as write_with
from planner.whole_file import write_whole
from tests.scenarios.builders import plan, scenario

SCENARIO = scenario()
ANSWER = plan()
TABLES = [
    "allocations",
    "attendance",
    "classes",
    "closings",
    "funds",
    "hours_target",
    "payments",
    "resources",
    "rka",
    "rules",
    "seats",
    "sipd",
    "sipd-mitra",
]


def write_results(made_from: Scenario, made: Plan, folder: Path, *, force: bool = False, **more: Any) -> Path:
    """The results with all their documents, as `planner plan` writes them."""
    return write_with(made_from, made, folder, partial(write_documents, made_from, made, **more), force=force)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "reports" / SCENARIO.id


def contents(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_the_folder_holds_report_plan_scenario_and_tables(place: Path) -> None:
    assert write_results(SCENARIO, ANSWER, place, warnings=["Awas."]) == place / "report.html"
    assert sorted(path.name for path in place.iterdir()) == ["plan.json", "report.html", "scenario.yaml", "tables"]
    for folder in (place / "tables", place / "tables" / "data"):
        assert sorted(path.name for path in folder.glob("*")) == sorted(
            [f"{name}.csv" for name in TABLES] + ["data"] * (folder.name == "tables")
        )
    assert (place / "plan.json").read_text("utf-8") == ANSWER.to_json()
    assert "Awas." in (place / "report.html").read_text("utf-8")
    assert [path.name for path in place.parent.iterdir()] == [SCENARIO.id]


def test_what_is_stored_can_be_read_and_checked_again(place: Path) -> None:
    write_results(SCENARIO, ANSWER, place)
    again = read_scenario(place / "scenario.yaml")
    assert again.sha256 == SCENARIO.sha256
    assert check_plan(again, json.loads((place / "plan.json").read_text("utf-8"))).passed


def test_earlier_results_of_the_scenario_are_replaced(place: Path) -> None:
    write_results(SCENARIO, ANSWER, place)
    write_results(SCENARIO, replace(ANSWER, solver=replace(ANSWER.solver, seconds=9.5)), place)
    assert json.loads((place / "plan.json").read_bytes())["solver"]["seconds"] == 9.5


def test_files_of_others_in_the_folder_are_kept(place: Path) -> None:
    write_results(SCENARIO, ANSWER, place)
    (place / "catatan.txt").write_text("milik saya")
    (place / "lampiran").mkdir()
    (place / "lampiran" / "a.txt").write_text("a")
    (place / "tautan").symlink_to("catatan.txt")
    write_results(SCENARIO, ANSWER, place)
    assert (place / "catatan.txt").read_text() == "milik saya"
    assert (place / "lampiran" / "a.txt").read_text() == "a"
    assert (place / "tautan").is_symlink()


@pytest.mark.parametrize("same", [True, False])
def test_answers_go_with_the_plan_and_kept_plans_with_the_scenario(place: Path, same: bool) -> None:
    write_results(SCENARIO, ANSWER, place)
    (place / "what-if" / "points").mkdir(parents=True)
    (place / "what-if" / "kurva.html").write_text("jawaban tentang rencana lama")
    (place / "what-if" / "points" / "a.json.gz").write_bytes(b"kept")
    changed = SCENARIO if same else scenario(scenario={"id": SCENARIO.id, "fiscal_year": 2028})
    write_results(changed, ANSWER if same else plan(changed), place)
    left = [path.name for path in (place / "what-if").rglob("*")] if (place / "what-if").exists() else []
    assert left == (["points", "a.json.gz"] if same else [])


def test_answers_about_a_scenario_without_a_plan_are_in_nobodys_way(place: Path) -> None:
    (place / "what-if" / "points").mkdir(parents=True)
    write_results(SCENARIO, ANSWER, place)
    assert (place / "plan.json").exists()


def test_a_plan_that_the_checker_refuses_is_not_stored(place: Path) -> None:
    wrong = replace(ANSWER, total_cost=ANSWER.total_cost + 1)
    with pytest.raises(CheckFailed):
        write_results(SCENARIO, wrong, place)
    assert not place.exists()


@pytest.mark.parametrize("found", ["other files", "another scenario", "a plan that cannot be read"])
def test_a_folder_that_is_not_ours_is_refused_unless_forced(place: Path, found: str) -> None:
    place.mkdir(parents=True)
    (place / "notes.txt").write_text("keep")
    if found == "another scenario":
        (place / "plan.json").write_text(json.dumps({"scenario": {"id": "lain"}}))
    elif found == "a plan that cannot be read":
        (place / "plan.json").write_text("[" * 100_000)
    before = contents(place)
    for attempt in (
        lambda: ensure_writable(place, SCENARIO.id, False),
        lambda: write_results(SCENARIO, ANSWER, place),
    ):
        with pytest.raises(InputError, match="--force"):
            attempt()
    assert contents(place) == before
    ensure_writable(place, SCENARIO.id, True)
    write_results(SCENARIO, ANSWER, place, force=True)
    assert (place / "notes.txt").read_text() == "keep"
    assert (place / "report.html").exists()


def test_an_empty_folder_may_be_used(place: Path) -> None:
    place.mkdir(parents=True)
    ensure_writable(place)
    write_results(SCENARIO, ANSWER, place)


def test_asking_leaves_nothing_behind(tmp_path: Path) -> None:
    ensure_writable(tmp_path / "a" / "b" / SCENARIO.id)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_refused(place: Path) -> None:
    place.parent.mkdir(parents=True)
    place.write_text("I am a file")
    with pytest.raises(InputError, match=str(place)):
        ensure_writable(place)
    with pytest.raises(InputError):
        ensure_writable(place / "below")
    assert place.read_text() == "I am a file"


def test_a_place_that_cannot_be_written_is_refused_before_solving(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_args: Any, **_kwargs: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(InputError, match="media penyimpanan ini tidak dapat ditulisi") as caught:
        ensure_writable(place)
    assert caught.value.exit_code == 2


def test_the_top_of_a_drive_is_refused() -> None:
    with pytest.raises(InputError):
        ensure_writable(Path("/"))


STEPS = {
    "check": ("store.results", "check_plan"),
    "scenario": ("store.results", "scenario_text"),
    "tables": ("report.documents", "write_tables"),
    "report": ("report.documents", "report_of"),
    "foreign": ("store.results", "_keep_foreign"),
    "disk": ("store.results", "force_to_disk"),
    "place": ("store.results", "put_in_place"),
}


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", STEPS)
def test_a_failure_at_any_step_keeps_the_earlier_results(
    place: Path, monkeypatch: pytest.MonkeyPatch, step: str, failure: BaseException
) -> None:
    write_results(SCENARIO, ANSWER, place)
    before = contents(place)

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise failure

    module, name = STEPS[step]
    monkeypatch.setattr(f"planner.{module}.{name}", fail)
    with pytest.raises((InputError, KeyboardInterrupt, OSError)):
        write_results(SCENARIO, replace(ANSWER, solver=replace(ANSWER.solver, seconds=2.0)), place)
    assert contents(place) == before
    assert [path.name for path in place.parent.iterdir()] == [SCENARIO.id]


def test_a_full_disk_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(results, "force_to_disk", full)
    with pytest.raises(InputError, match="media penyimpanan penuh"):
        write_results(SCENARIO, ANSWER, place)
    assert not place.exists()


class TestWithoutExchange:
    """Systems that cannot exchange two folders at once."""

    @pytest.fixture(autouse=True)
    def _no_exchange(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(swap, "_exchanged", lambda _one, _other: False)

    def test_results_are_replaced_all_the_same(self, place: Path) -> None:
        write_results(SCENARIO, ANSWER, place)
        write_results(SCENARIO, ANSWER, place)
        assert [path.name for path in place.parent.iterdir()] == [SCENARIO.id]

    def test_a_failure_to_put_in_place_brings_the_earlier_results_back(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_results(SCENARIO, ANSWER, place)
        before = contents(place)
        rename = Path.rename

        def refuse_the_new(self: Path, target: Path) -> Path:
            if self.name.endswith(".unfinished"):
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", refuse_the_new)
        with pytest.raises(InputError):
            write_results(SCENARIO, ANSWER, place)
        assert contents(place) == before

    def test_results_that_stepped_aside_in_a_crash_come_back(self, place: Path) -> None:
        write_results(SCENARIO, ANSWER, place)
        before = contents(place)
        place.rename(place.with_name(f".{place.name}.previous"))
        ensure_writable(place)
        assert contents(place) == before


def test_two_folders_are_exchanged_in_one_step_where_the_system_can(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (one / "1").touch()
    if swap._exchanged(one, other):
        assert (other / "1").exists()
    assert not swap._exchanged(one, tmp_path / "missing")


def test_what_killed_processes_have_left_is_cleared_after_an_hour(place: Path) -> None:
    place.parent.mkdir(parents=True)
    with killed_at_once(), pytest.raises(KeyboardInterrupt):
        write_results(SCENARIO, ANSWER, place)
    with killed_at_once(), pytest.raises(KeyboardInterrupt):
        write_whole(place.parent / "satu.csv", "a")
    folder, file = sorted(place.parent.glob(".*"), key=Path.is_file)
    others = [place.parent / name for name in (".git", ".x.partial", "a.12345678.partial", ".a.1234567x.partial")]
    for path in others:
        path.touch()
        os.utime(path, (0, 0))
    write_results(SCENARIO, ANSWER, place)
    assert folder.exists(), "somebody may be writing there"
    assert file.exists()
    for left in (folder, file):
        os.utime(left, (time.time() - 4000,) * 2)
    write_results(SCENARIO, ANSWER, place)
    assert sorted(place.parent.iterdir()) == sorted([place, *others])


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells the file of a handle")
def test_every_file_is_on_the_disk_before_the_folder_gets_its_name(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: set[str] = set()
    fsync, exchange = os.fsync, swap.put_in_place

    def flush(handle: int) -> None:
        flushed.add(os.readlink(f"/proc/self/fd/{handle}"))
        fsync(handle)

    def named(made: Path, folder: Path) -> None:
        every = {str(path) for path in (made, *made.rglob("*"))}
        assert every <= flushed
        exchange(made, folder)
        flushed.clear()

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(results, "put_in_place", named)
    write_results(SCENARIO, ANSWER, place)
    assert str(place.parent) in flushed, "the new name too"


@contextmanager
def killed_at_once() -> Iterator[None]:
    """As if the process ended before what it writes has its name: nothing is renamed, and nothing removed."""

    def end(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", end)
        patch.setattr(Path, "replace", end)
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        yield


def test_the_results_can_be_read_by_others_like_any_new_folder(place: Path) -> None:
    write_results(SCENARIO, ANSWER, place)
    reference = place.parent / "reference"
    reference.mkdir()
    (reference / "file").touch()
    assert place.stat().st_mode == reference.stat().st_mode
    assert {f.stat().st_mode for f in place.rglob("*") if f.is_file()} == {(reference / "file").stat().st_mode}


def test_plans_made_again_from_json_can_be_stored(place: Path) -> None:
    again = Plan.from_plain(json.loads(ANSWER.to_json()))
    write_results(SCENARIO, again, place)
    assert (place / "plan.json").read_text("utf-8") == ANSWER.to_json()
    shutil.rmtree(place)
