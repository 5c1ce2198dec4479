"""What other hands do to the folders of the workbench is not shown as its own: figures, journal, index."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from planner.store.journal import FIRST, JournalLine
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import kept_run


@pytest.fixture
def noted(desk: Desk) -> tuple[Desk, str]:
    """A workbench with a plan that was pinned and unpinned again: three lines of the journal."""
    run = kept_run(desk)
    for word in ("semat", "lepas"):
        assert desk.post(f"/rencana/{run}/{word}", who="Budi").status_code == 302
    return desk, run


def written(desk: Desk) -> list[JournalLine]:
    return [line for _next, line in desk.bench.archive.journal.lines() if line is not None]


def write(desk: Desk, texts: list[str]) -> None:
    desk.bench.archive.journal.path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


def seen(desk: Desk, address: str) -> str:
    return str(desk.browser().get(address).content.decode())


def restarted(desk: Desk) -> None:
    """What a server that starts knows: what is on the disk, and in the index."""
    vars(desk.bench.archive).update(_index=None, _looked=None)


@pytest.mark.parametrize(
    "forged",
    [{"total_cost": 12345678}, {"gaps_closed": 39.5}, {"total_need": 21}, {"participants": 9}, {"claim": "claimed"}],
    ids=lambda forged: next(iter(forged)),
)
def test_figures_of_a_run_are_those_of_its_plan_whatever_its_description_says(
    desk: Desk, forged: dict[str, Any]
) -> None:
    run = kept_run(desk)
    archive = desk.bench.archive
    before = {name: getattr(archive.run(run), name) for name in forged}
    file = archive.folders.folder(run) / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | forged))
    archive.rebuild()
    assert {name: getattr(archive.run(run), name) for name in forged} == before
    assert "12,345,678" not in seen(desk, "/riwayat")


@pytest.mark.parametrize("content", ["", "{}", '{"format": 1}', None])
def test_a_run_whose_plan_is_another_or_none_is_not_said_to_hold(desk: Desk, content: str | None) -> None:
    run = kept_run(desk)
    archive = desk.bench.archive
    file = archive.folders.folder(run) / "plan.json"
    file.write_text(f"{file.read_text()}\n" if content is None else content)
    archive.rebuild()
    assert archive.run(run).findings
    assert "broken" in seen(desk, "/riwayat")


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("left", [2, 1, 0])
def test_lines_that_are_gone_are_told_by_the_journal_itself(noted: tuple[Desk, str], left: int, restart: bool) -> None:
    desk, run = noted
    lines = written(desk)
    write(desk, [line.text() for line in lines[:left]])
    if restart:
        restarted(desk)
    page = seen(desk, "/catatan")
    assert "found that lines known before are gone" in page
    assert "All lines are as they were written." not in page, "one truth"
    assert f"which ones is said under no. {left + 1}." in page
    assert f"no. 3: Budi unpinned a plan {run} (seal {lines[2].hash[:12]})" in page
    last = written(desk)[-1]
    assert (last.number, last.action, last.who) == (left + 1, "lost", "planner")
    assert last.note.split("; ") == [f"{one.number} {one.action} {run} Budi {one.hash[:12]}" for one in lines[left:]]
    assert [line.action for line in written(desk)] == [*(line.action for line in lines[:left]), "lost"], "once"
    assert desk.bench.archive.fault() is None


def rechained(lines: list[JournalLine]) -> list[str]:
    """The lines under new seals, as somebody who knows how they are made would forge them."""
    texts, before = [], FIRST
    for line in lines:
        open_ = replace(line, before=before, hash="")
        sealed = replace(open_, hash=open_.seal)
        texts.append(sealed.text())
        before = sealed.hash
    return texts


def test_a_journal_that_was_sealed_anew_is_found_by_what_the_index_knows(noted: tuple[Desk, str]) -> None:
    desk, _run = noted
    lines = written(desk)
    write(desk, rechained([lines[0], replace(lines[1], who="Siti"), lines[2]]))
    assert desk.bench.archive.journal.fault() is None, "its seals alone do not tell"
    assert desk.bench.archive.fault() == 2
    assert "Line 2 of the journal" in seen(desk, "/catatan")
    restarted(desk)
    assert "found that lines known before are gone" in seen(desk, "/catatan")
    assert [note.split()[0] for note in written(desk)[-1].note.split("; ")] == ["2", "3"]


def test_a_line_with_a_key_twice_is_none(noted: tuple[Desk, str]) -> None:
    desk, _run = noted
    texts = [line.text() for line in written(desk)]
    write(desk, [texts[0], texts[1].replace("{", '{"who": "Siti", ', 1), texts[2]])
    assert desk.bench.archive.journal.fault() == 2


def test_a_restored_backup_misses_nothing(noted: tuple[Desk, str]) -> None:
    """Its journal is older than what another index may know, and that is no fault of anybody."""
    desk, _run = noted
    archive = desk.bench.archive
    write(desk, [written(desk)[0].text()])
    archive.rebuild()
    assert [line.action for line in written(desk)] == ["made"]
    assert archive.fault() is None


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("7 signed in  siti 0123456789ab", "no. 7: siti signed in (seal 0123456789ab)"),
        ("7 sign-in blocked budi  0123456789ab", "no. 7: without a name failed to sign in too often budi (seal"),
        (
            "7 account made budi Siti Aminah 0123456789ab",
            "no. 7: Siti Aminah made the account budi (seal 0123456789ab)",
        ),
        ("7 saved contoh kecil.yaml Siti Aminah 0123456789ab", "no. 7: Siti Aminah saved contoh kecil.yaml (seal"),
        ("what others have written", "what others have written"),
    ],
)
def test_every_kind_of_line_that_is_gone_is_told_in_words(desk: Desk, note: str, said: str) -> None:
    desk.bench.archive.write("lost", note=note, who="planner")
    assert said in seen(desk, "/catatan")
