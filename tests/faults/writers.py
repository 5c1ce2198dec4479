"""Everything that writes files which must not be lost, as operations that a broken disk is tried on.

OPERATIONS   by name: what lies there before, what is done, and what is there then, in terms that can be compared
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from planner.check import Verdict, check_plan
from planner.cli.files import write_file
from planner.plans.plan import Plan
from planner.scenario_io import scenario_text, write_scenario
from planner.store.journal import Journal
from planner.store.results import write_results
from planner.store.run_folders import RunFacts, RunFolders
from planner.store.swap import restore
from planner.web import history
from planner.web.backup import MANIFEST, back_up, unpack
from planner.web.workspace import ScenarioFile, state_of
from planner.whole_file import write_whole
from tests.scenarios.builders import plan, scenario

OLD, NEW = "# lama\n" + "a" * 99, "# baru\n" + "b" * 99


@dataclass(frozen=True)
class WritingOperation:
    """One way in which files are written."""

    prepare: Callable[[Path], object]
    """Makes what is there before, in an empty folder."""
    write: Callable[[Path], object]
    state: Callable[[Path], object]
    """What a reader finds; raises where it is neither the old nor the new."""
    crash_states: tuple[object, ...] = ()
    """What a crash, or a disk that never works again, may leave besides: nothing of it is half, and nothing is lost."""


@cache
def made(tag: str) -> Plan:
    """The plan of the small scenario, told apart by its strategy."""
    found = plan()
    return replace(found, solver=replace(found.solver, strategy=tag))


@cache
def passed() -> Verdict:
    """The verdict on these plans, which need not be checked at each of a thousand writings."""
    verdict = check_plan(scenario(), made("lama").to_plain())
    assert verdict.passed
    return verdict


@cache
def plan_bytes(tag: str) -> bytes:
    return made(tag).to_json().encode()


@cache
def scenario_bytes() -> bytes:
    return scenario_text(scenario()).encode()


def assert_kept(folder: Path, tag: str) -> None:
    assert (folder / "plan.json").read_bytes() == plan_bytes(tag)
    assert (folder / "scenario.yaml").read_bytes() == scenario_bytes()


def results(tag: str) -> Callable[[Path], object]:
    """Write results whose documents carry the tag."""

    def documents(folder: Path) -> None:
        write_whole(folder / "report.html", tag, flush=False)
        (folder / "tables").mkdir()
        write_whole(folder / "tables" / "dana.csv", tag, flush=False)

    return lambda folder: write_results(scenario(), made(tag), folder / "contoh-uji", documents, verdict=passed())


def results_state(folder: Path) -> object:
    place = folder / "contoh-uji"
    restore(place)
    if not place.exists():
        return None
    tag = (place / "report.html").read_text()
    assert_kept(place, tag)
    assert {(place / name).read_text() for name in ("report.html", "tables/dana.csv")} == {tag}
    return tag


def keep_run(folder: Path) -> None:
    facts = RunFacts.of("contoh.yaml", scenario(), made("baru"), "Budi", ())
    RunFolders(folder).keep(facts, scenario(), made("baru"))


def runs_state(folder: Path) -> object:
    runs = RunFolders(folder)
    for run in runs.ids():
        assert runs.facts(run).made_by == "Budi"
        assert_kept(runs.folder(run), "baru")
    return len(list(runs.ids()))


def journal_state(folder: Path) -> object:
    journal = Journal(folder)
    assert journal.fault() is None
    return [line.note for _next, line in journal.lines() if line is not None]


def written(note: str) -> Callable[[Path], object]:
    return lambda folder: Journal(folder).add("made", "x", who="Budi", note=note * 50)


def file_of(folder: Path) -> ScenarioFile:
    return ScenarioFile("s.yaml", folder / "s.yaml")


def saved(folder: Path) -> None:
    file = file_of(folder)
    before = file.text()
    history.save(file, NEW if before == OLD else before + "#\n", state_of(before))


def undone(folder: Path) -> None:
    file = file_of(folder)
    history.undo(file, state_of(file.text()))


def history_state(folder: Path) -> object:
    kept = (path for path in sorted((folder / history.FOLDER).rglob("*.yaml")) if path.is_file())
    return file_of(folder).text(), [path.read_text() for path in kept]


def begin_file(folder: Path) -> None:
    (folder / "s.yaml").write_text(OLD)


def begin_history(folder: Path) -> None:
    begin_file(folder)
    saved(folder)


def text_state(folder: Path) -> object:
    path = folder / "s.yaml"
    return path.read_text() if path.exists() else None


def begin_backup(folder: Path) -> None:
    for top in ("skenario", "hasil"):
        (folder / top).mkdir()
        for name in ("a", "b"):
            (folder / top / name).write_text(top * 40)


def backed_up(folder: Path) -> None:
    back_up(folder / "skenario", folder / "hasil", folder / "cadangan.zip", accounts=[])


def backup_state(folder: Path) -> object:
    target = folder / "cadangan.zip"
    if not target.exists():
        return None
    with ZipFile(target) as stored:
        if stored.testzip() is not None:
            raise BadZipFile
        assert json.loads(stored.read(MANIFEST))["files"] == len(stored.namelist()) - 1
        return sorted(stored.namelist())


def begin_restore(folder: Path) -> None:
    begin_backup(folder)
    backed_up(folder)


def begin_again(folder: Path) -> None:
    begin_restore(folder)
    (folder / "skenario" / "c").write_text("x" * 20)


def restored(folder: Path) -> None:
    unpack(folder / "cadangan.zip", folder / "baru" / "skenario", folder / "baru" / "hasil")


def restored_state(folder: Path) -> object:
    found = (path for path in (folder / "baru").rglob("*") if path.is_file())
    return sorted((path.relative_to(folder).as_posix(), path.read_text()) for path in found if not _hidden(path))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") and part.endswith(".unfinished") for part in path.parts)


def scenario_written(folder: Path) -> None:
    write_scenario(scenario(), folder / "s.yaml")


def scenario_state(folder: Path) -> object:
    text = (folder / "s.yaml").read_text()
    return text if text == OLD else text.encode() == scenario_bytes()


SCENARIOS_ALONE = [(f"baru/skenario/{name}", "skenario" * 40) for name in "ab"]
"""Of the two folders of a backup the first is there, whole."""

OPERATIONS = {
    "results replaced": WritingOperation(results("lama"), results("baru"), results_state),
    "first results": WritingOperation(lambda folder: None, results("baru"), results_state),
    "run kept": WritingOperation(keep_run, keep_run, runs_state),
    "journal begun": WritingOperation(lambda folder: None, written("satu"), journal_state),
    "journal continued": WritingOperation(written("satu"), written("dua"), journal_state),
    "text saved": WritingOperation(begin_file, saved, history_state, ((OLD, [OLD]),)),
    "text undone": WritingOperation(begin_history, undone, history_state),
    "file of a command": WritingOperation(begin_file, lambda folder: write_file(folder / "s.yaml", NEW), text_state),
    "scenario written": WritingOperation(begin_file, scenario_written, scenario_state),
    "backup made": WritingOperation(begin_backup, backed_up, backup_state),
    "backup made anew": WritingOperation(begin_again, backed_up, backup_state),
    "backup restored": WritingOperation(begin_restore, restored, restored_state, (SCENARIOS_ALONE,)),
}
