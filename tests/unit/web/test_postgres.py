"""The index and the accounts in a PostgreSQL of its own, where there is one on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from planner.errors import InputError
from planner.web.office import OfficeAccess
from planner.web.records.tables import database_of
from tests.system_programs import postgres
from tests.unit.web.conftest import Desk, use_database
from tests.unit.web.plans import kept_run


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL that runs for these tests alone; they are skipped, and the run says so, without one."""
    programs = postgres()
    if programs is None:
        pytest.skip("no PostgreSQL on this machine")
    top = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has at most 107 characters
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    if user is not None:
        shutil.chown(top, user)

    def run(program: str, *words: str) -> None:
        done = subprocess.run(
            [f"{programs}/{program}", *words], cwd=top, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert done.returncode == 0, done.stderr.decode()

    try:
        run(
            "initdb",
            "-D",
            f"{top}/data",
            "-U",
            "planner",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--no-instructions",
        )
        settings = f"-c listen_addresses='' -k {top} -c fsync=off -c shared_buffers=16MB -c max_connections=20"
        run("pg_ctl", "-D", f"{top}/data", "-w", "-l", f"{top}/log", "-o", settings, "start")
        try:
            yield f"postgresql://planner@/postgres?host={top}"
        finally:
            connections["default"].close()
            run("pg_ctl", "-D", f"{top}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(top, ignore_errors=True)


def test_an_office_keeps_runs_journal_and_accounts_in_postgresql(server: str, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(OfficeAccess("127.0.0.1", 8765, ""))
    use_database(desk.results, server)
    from planner.web.accounts import register
    from planner.web.records.models import KeptRun, WrittenLine

    archive = desk.bench.archive
    run = kept_run(desk)
    assert connections["default"].vendor == "postgresql"
    assert not (desk.results / ".runs" / "index.sqlite3").exists()
    archive.write("pinned", run)
    register.make(archive, "budi", "Budi", "kapal-layar-77", [("planner", "Contoh")])
    client = desk.browser(entered=False)
    client.get("/masuk")
    token = client.cookies["planner-8765-form"].value
    fields = {"csrfmiddlewaretoken": token, "username": "budi", "password": "kapal-layar-77"}
    assert client.post("/masuk", fields).status_code == 302
    page = client.get("/riwayat").content.decode()
    assert f"/rencana/{run}/" in page
    KeptRun.objects.filter(run=run).update(total_cost=2**62)
    assert KeptRun.objects.get(run=run).total_cost == 2**62
    WrittenLine.objects.all().delete()
    assert archive.rebuild() == 1
    assert client.get("/riwayat").content.decode().split("<main")[1] == page.split("<main")[1]
    assert archive.run(run).pinned


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://x", "http://x/y", "x"])
def test_a_url_of_another_kind_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match="--database"):
        database_of(url, tmp_path)


def test_a_url_says_user_password_host_and_port() -> None:
    found = database_of("postgresql://b%40di:s%2Fandi@db.example:5433/latihan?sslmode=require", Path())
    named = {key: found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert named == {
        "USER": "b@di",
        "PASSWORD": "s/andi",
        "HOST": "db.example",
        "PORT": "5433",
        "NAME": "latihan",
    }
    assert found["OPTIONS"]["sslmode"] == "require"
