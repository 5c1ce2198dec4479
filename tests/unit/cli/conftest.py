"""A scenario to plan, and an engine that answers what a test wants."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from planner import locale, planning
from planner.batch import runner
from planner.cli.group import cli
from planner.solve import run as solve_run
from planner.solve import worker
from tests.unit.cli.engine import SCENARIO, Engine
from tests.unit.cli.worker_here import WorkerHere


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine behind the commands of a test."""
    made = Engine()
    monkeypatch.setattr(planning, "plan", made)
    return made


@pytest.fixture
def process() -> None:
    """For tests whose search is to run in a process of its own, as it does for a planner."""


@pytest.fixture(autouse=True)
def _worker_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each search runs in the process of the test, also those of a batch, unless it asks for others."""
    if "process" not in request.fixturenames:
        monkeypatch.setattr(worker, "Worker", WorkerHere)
        monkeypatch.setattr(solve_run, "Worker", WorkerHere)
        monkeypatch.setattr(runner, "processors", lambda: 0)


@pytest.fixture(autouse=True)
def _own_folder_and_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test has a folder of its own and speaks the default language until it asks for another."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "id")
    monkeypatch.delenv("PLANNER_LANG", raising=False)
    monkeypatch.delenv("PLANNER_DEBUG", raising=False)
    yield
    locale.use_language(locale.DEFAULT_LANGUAGE)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write the small scenario to a file in the test's folder, with texts of it replaced."""

    def writer(name: str = "skenario.yaml", *replacements: tuple[str, str]) -> Path:
        text = SCENARIO
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return writer


@pytest.fixture
def scenario(write: Callable[..., Path]) -> Path:
    """The small scenario in a file: one class of 10 people closes 5 of 12 gaps."""
    return write()


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder reports/ as `planner plan` leaves it for the small scenario, made once; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "skenario.yaml").write_text(SCENARIO, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(planning, "plan", Engine())
        done = CliRunner().invoke(cli, ["plan", "skenario.yaml"], prog_name="planner", env={"LANGUAGE": "id"})
    assert done.exit_code == 0, done.stderr
    return folder / "reports"


@pytest.fixture
def stored(results: Path, scenario: Path, engine: Engine, tmp_path: Path) -> Path:
    """The results of a plan of the small scenario, which is there too."""
    shutil.copytree(results, tmp_path / "reports")
    return tmp_path / "reports" / "kecil"


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run the command line in this process."""

    def runner(*arguments: Any, env: dict[str, str] | None = None) -> Result:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="planner", env=env)

    return runner
