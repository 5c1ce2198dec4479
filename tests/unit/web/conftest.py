"""A workbench on a folder of its own, and a browser that has entered it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from whitenoise.middleware import WhiteNoiseMiddleware

from planner.batch.changing import Changing, Estimate
from planner.domain.scenario import Scenario
from planner.plans.plan import Plan
from planner.solve.outcome import SearchLimits
from planner.store.run_folders import RUNS
from planner.web import workspace
from planner.web.access import Access
from planner.web.archive import Archive
from planner.web.bench import Bench
from planner.web.configuration import configure, database, middleware
from planner.web.passed import CheckedPlan
from planner.web.records import tables
from planner.web.records.tables import database_of
from planner.web.runs import Runs
from planner.web.server import keeper
from planner.web.variations import VariationEngine, about
from planner.web.workspace import Workspace

SHIPPED = Path(__file__).parents[3] / "scenarios"
HOST = "127.0.0.1:8765"
OWN = {"HTTP_HOST": HOST, "HTTP_ORIGIN": f"http://{HOST}", "HTTP_SEC_FETCH_SITE": "same-origin"}
"""What a browser says of a request from a page of the workbench."""
ENDING = 60.0
"""How long a test waits for what its workbench still writes: tables are those of the process, of all its tests [s]."""
SETTLED = 50_000_000
"""Age of a file from which it is taken to stay as it is [ns]."""
LINKS: list[str] = []
"""Links that were told when one had been used."""


@dataclass
class Desk:
    """A workbench under test."""

    bench: Bench
    folder: Path
    results: Path

    def browser(self, entered: bool = True, **headers: str) -> Client:
        """A browser; it has the cookie of the workbench if it has `entered`."""
        client = Client(enforce_csrf_checks=True, headers=None, **(OWN | headers))
        if entered:
            client.cookies[self.bench.access.cookie] = self.bench.access.enter(self.token) or ""
        return client

    @property
    def token(self) -> str:
        return self.bench.access.link.rpartition("=")[2]

    def post(self, address: str, client: Client | None = None, /, **fields: Any) -> Any:
        """Send a form with its token, as a page of the workbench does."""
        client = client or self.browser()
        if settings.CSRF_COOKIE_NAME not in client.cookies:  # no page with a form has been opened yet
            client.get("/baru")
        token = client.cookies[settings.CSRF_COOKIE_NAME].value
        return client.post(address, {"csrfmiddlewaretoken": token, **fields})

    def text(self, name: str = "contoh-kecil.yaml") -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Everything in the folders of scenarios and results."""
        found = (path for top in (self.folder, self.results) for path in top.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder.parent)): path.read_bytes() for path in found}


class Inline(VariationEngine):
    """Answers in this process, as the worker process of a workbench does in its own."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Changing] = {}
        self.answers = 0

    def begin(self, base: CheckedPlan) -> None:
        pass

    def estimate(self, base: CheckedPlan, changed: Scenario) -> Estimate | None:
        return self._changing(base).estimate(changed)

    def answer(self, base: CheckedPlan, changed: Scenario) -> Plan:
        self.answers += 1
        return self._changing(base).answer(changed).plan

    def _changing(self, base: CheckedPlan) -> Changing:
        return self._known.setdefault(about(base), Changing(base.stored.scenario, base.plan))


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    """Makes workbenches with the small example; their searches end with the test."""
    made: list[Bench] = []

    def make(access: Access | None = None) -> Desk:
        folder, results = tmp_path / "skenario", tmp_path / "hasil"
        folder.mkdir(exist_ok=True)
        results.mkdir(exist_ok=True)
        copyfile(SHIPPED / "contoh-kecil.yaml", folder / "contoh-kecil.yaml")
        LINKS.clear()
        archive = Archive(results)
        runs = Runs(results, SearchLimits(time_limit=60), keeper(archive))
        bench = Bench(Workspace(folder, results), runs, access or Access(8765, LINKS.append), "en", archive)
        bench.questions._jobs = 0
        bench.variations._engine = Inline()  # each process of its own would take a second to start
        made.append(bench)
        use(bench)
        return Desk(bench, folder, results)

    yield make
    for bench in made:
        bench.runs.end(wait=ENDING)


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()


def use(bench: Bench) -> None:
    """Make `bench` the workbench of this process, with its database and its way of signing in."""
    if not settings.configured:
        configure(bench, accounts=True)
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes long
    settings.WORKBENCH = bench
    settings.MIDDLEWARE = middleware(bench.access)
    settings.ALLOWED_HOSTS = list(bench.access.names)
    _turn_to(database(bench))


def use_database(results: Path, url: str = "") -> None:
    """Turn to the database of other results, or to that at `url`."""
    _turn_to(database_of(url, results / RUNS))


def _turn_to(found: dict[str, Any]) -> None:
    connections["default"].close()
    connections.settings["default"].update({"USER": "", "PASSWORD": "", "HOST": "", "PORT": "", **found})
    del connections["default"]  # of this thread; it is made anew when it is asked for


_TABLES: list[bytes] = []
"""An SQLite file with all tables and nothing in them."""


@pytest.fixture(scope="session", autouse=True)
def _static_files_found_once() -> Iterator[None]:
    """Each browser of a test has middleware of its own, and whitenoise would look for all static files each time."""
    find = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    def add(noise: Any) -> None:
        if not found:
            find(noise)
            found.update(noise.files)
        noise.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add)
        yield


@pytest.fixture(autouse=True)
def _files_settle_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a file once where it stays as it is, also when it was written a moment ago, as all files of tests were.

    The clock of files on this machine ticks every few milliseconds; the program is ready for clocks that are slower.
    """
    monkeypatch.setattr(workspace, "_SETTLED", SETTLED)


@pytest.fixture(autouse=True)
def made_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the tables of an SQLite file once; further ones are copies."""
    really = tables.make_tables

    def make_tables() -> None:
        file = Path(str(connections["default"].settings_dict["NAME"]))
        if connections["default"].vendor != "sqlite":
            really()
        elif not file.exists():
            if _TABLES:
                file.write_bytes(_TABLES[0])
            else:
                really()
                connections["default"].close()
                _TABLES.append(file.read_bytes())

    monkeypatch.setattr(tables, "make_tables", make_tables)


def as_json(path: Path) -> Any:
    return json.loads(path.read_text())
