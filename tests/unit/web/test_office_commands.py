"""`planner account`, `planner backup` and `planner restore`, as an administrator types them."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError

from planner.cli.group import cli
from planner.locale import DEFAULT_LANGUAGE, use_language
from planner.web import configuration
from tests.unit.web.conftest import Desk, use_database

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """The language that a command has chosen ends with the test."""
    yield
    use_language(DEFAULT_LANGUAGE)


def test_accounts_are_made_backed_up_and_restored(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(configuration, "configure_database", lambda results, url: use_database(results.absolute(), url))
    monkeypatch.chdir(tmp_path)

    def planner(*words: str, given: str = "") -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        code = cli.main([*words, "--lang", "en"], standalone_mode=False)
        told = capsys.readouterr()
        return code, told.out + told.err

    new = ("account", "Siti", "--role", "administrator", "--full-name", "Siti Aminah", "--out", "hasil")
    assert planner(*new, given="pendek\n") == (2, "A password has at least 12 characters.\n")
    assert planner("account", "siti", "--out", "hasil")[0] == 2
    line = "siti (Siti Aminah): administrator\n"
    assert planner(*new, given="kapal-layar-77\n") == (0, line)
    assert planner("account", "siti", "--role", "planner", "--agency", "Contoh", "--out", "hasil")[1] == line.replace(
        "\n", ", planner (Contoh)\n"
    )
    backup = ("backup", "cadangan.zip", "skenario", "--out", "hasil")
    assert planner(*backup) == (0, "cadangan.zip: 2 files and the accounts.\n")
    assert planner(*backup)[0] == 2
    restore = ("restore", "cadangan.zip", "baru", "--out", "hasil-baru")
    assert planner(*restore) == (0, "2 files and the accounts are back.\n")
    assert planner(*restore)[0] == 2
    assert (tmp_path / "baru" / "contoh-kecil.yaml").is_file()
    assert "planner (Contoh)" in planner("account", "--out", "hasil-baru")[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database or disk is full", "the medium is full; make room on it and do this again."),
        ("attempt to write a readonly database", "the medium is write-protected; choose another place."),
        ("connection refused\nIs the server running?", "connection refused."),
    ],
)
def test_a_database_that_cannot_be_written_is_no_defect(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: str, told: str
) -> None:
    from planner.web.accounts import register

    def broken(*_: object, **__: object) -> None:
        raise OperationalError(said)

    monkeypatch.setattr(configuration, "configure_database", lambda results, url: use_database(results.absolute(), url))
    monkeypatch.setattr(register, "accounts", broken)
    code = cli.main(["account", "--out", str(desk.results), "--lang", "en"], standalone_mode=False)
    assert (code, capsys.readouterr().err) == (2, f"the database cannot be read or written: {told}\n")


def test_no_right_changes_of_which_the_journal_does_not_tell(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.web.accounts import register
    from planner.web.accounts.models import Right

    archive = desk.bench.archive
    archive.open()
    register.make(archive, "siti", "Siti", "kapal-layar-77", [("administrator", "")])
    made = register.make(archive, "budi", "Budi", "kapal-layar-77", [("planner", "Contoh")])

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    before = register.plain_accounts()
    monkeypatch.setattr(archive.journal, "add", full)
    changes: list[Callable[[], object]] = [
        lambda: register.give(archive, made, "reviewer", ""),
        lambda: register.take(archive, Right.objects.get(user=made)),
        lambda: register.set_open(archive, made, False),
        lambda: register.set_password(archive, made, "perahu-layar-78"),
        lambda: register.make(archive, "ani", "Ani", "kapal-layar-77", []),
    ]
    for change in changes:
        with pytest.raises(OSError, match="full"):
            change()
        assert register.plain_accounts() == before


def test_others_cannot_reach_a_workbench_that_has_no_accounts(tmp_path: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from planner.cli import main; main()"
    words = ("serve", ".", "--host", "127.0.0.1", "--lang", "en")
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "planner account NAME --role administrator" in done.stderr
