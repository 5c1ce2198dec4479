"""What every test may use."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from math import ceil
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.constants_ast import constants_from_module

from planner.locale import DEFAULT_LANGUAGE, use_language
from planner.processes.lean import UNUSED, collect_rarely, without_unused_solvers
from tests.named_tests import NAMED
from tests.sampled import ASKED, few, met_too_few
from tests.system_programs import chromium, said_of_missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ.setdefault("PLANNER_BACKGROUND", "0")  # a search of a test waits for no other test
collect_rarely()  # the modules and records of all tests are many objects and hardly any cycles


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A test that runs a command in English leaves no English to the next."""
    yield
    use_language(DEFAULT_LANGUAGE)


MANY_OBJECTS = 1_000_000
"""New objects after which garbage is collected while tests run: ten times as many as in the program."""

LONG_FIRST = (
    "plans/test_shipped_figures.py",
    "properties/test_metamorphic.py",
    "scan/test_scan.py",
    "properties",
    "oracle",
    "browser",
    "pages/test_pdf.py",
    "unit/batch",
    "unit/analysis",
    "pages/test_plan_answers.py",
    "pages/test_expected_words.py",  # of the same answers, which one process then makes for both
    "pages",
    "unit/scenario_io/scenario_workbook/test_round_trip.py",
)
"""Files and folders with long tests, the longest first: so no process waits at the end for a test of another."""


MEMORY: Final = Path("/dev/shm")
"""Where Linux keeps files in memory: a file that is written whole waits for a disk, sixty times as long as for this."""
MEMORY_LEFT: Final = 4 * 2**30
"""What must be free of it, twenty times as much as all files of a run take [bytes]."""
ROOT_OF_FOLDERS: Final = "PYTEST_DEBUG_TEMPROOT"
"""In whose value pytest makes the temporary folders of a run."""


def has_room_in_memory() -> bool:
    """Whether files of tests may be kept in memory here, and be run as programs there."""
    if not (sys.platform == "linux" and os.access(MEMORY, os.W_OK | os.X_OK)):
        return False
    told = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    free = next((int(line.split()[1]) * 1024 for line in told if line.startswith("MemAvailable:")), 0)
    place = os.statvfs(MEMORY)
    return min(free, place.f_bavail * place.f_frsize) > MEMORY_LEFT and not place.f_flag & os.ST_NOEXEC


@pytest.fixture(scope="session", autouse=True)
def _no_files_in_memory(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give the memory back at the end, unless a test failed, whose files tell why."""
    yield
    folder = tmp_path_factory.getbasetemp()
    if folder.is_relative_to(MEMORY) and not request.session.testsfailed:
        rmtree(folder, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    if has_room_in_memory():
        os.environ.setdefault(ROOT_OF_FOLDERS, str(MEMORY))
    ASKED["more"] = bool(config.getoption("--more"))
    # a slow machine fails no test
    settings.register_profile(
        "timeless", deadline=None, max_examples=few(100, 4), suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("timeless")
    config.addinivalue_line(
        "markers", "more: further cases of a kind that a run tries anyway; `make more` runs them too"
    )


WORKERS_OF_A_PROCESSOR: Final = 1.5
"""Processes that run tests: more than processors, for in a sixth of its time a test waits for another process."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Processes for `-n auto`, the option that every run has."""
    return ceil(len(os.sched_getaffinity(0)) * WORKERS_OF_A_PROCESSOR) if hasattr(os, "sched_getaffinity") else 2


def load_pulp() -> None:
    """Load PuLP as planner does, without solvers that some tests compare with: they take three times as long as it."""
    without_unused_solvers()
    import pulp  # noqa: F401

    for name in UNUSED:
        if sys.modules.get(name) is None:  # only said not to be there
            sys.modules.pop(name, None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Load in each worker another part of the test files: asserts are rewritten there, and all read what one wrote."""
    load_pulp()
    worker: dict[str, Any] | None = getattr(session.config, "workerinput", None)
    if worker is None or session.config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    here = Path(__file__).parent
    number, of = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
    for file in sorted(here.rglob("test_*.py"))[number::of]:
        with suppress(Exception):  # told where it is collected
            import_module(".".join(file.relative_to(here.parent).with_suffix("").parts))
    for file in sorted((here.parent / "planner").rglob("*.py"))[number::of]:
        module = sys.modules.get(".".join(file.relative_to(here.parent).with_suffix("").parts))
        if module is not None:
            constants_from_module(module)  # Hypothesis draws numbers of the program too, and keeps them in files


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long tests first, the order of the others staying; leave out further cases unless they are asked for."""
    here = Path(__file__).parent
    NAMED.collected((item.nodeid for item in items), whole=config.args in (["tests"], [str(here)]))
    if not config.getoption("--more"):
        further = [item for item in items if item.get_closest_marker("more")]
        config.hook.pytest_deselected(items=further)
        left_out = set(further)
        items[:] = [item for item in items if item not in left_out]

    @cache
    def turn(file: Path) -> int:
        place = file.relative_to(here).as_posix()
        return next((n for n, long in enumerate(LONG_FIRST) if place.startswith(long)), len(LONG_FIRST))

    items.sort(key=lambda item: turn(item.path))


def pytest_collection_finish() -> None:
    """Collect garbage still more rarely, and pass over the tests themselves, which are a million objects, then."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY_OBJECTS, *gc.get_threshold()[1:])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what could not be tested on this machine."""
    for line in said_of_missing():
        terminalreporter.write_line(line, yellow=True, bold=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change by a flag, never by hand; further cases are tried when asked for."""
    parser.addoption("--more", action="store_true", help="run further cases of the same kinds too")
    parser.addoption("--update-goldens", action="store_true", help="write the golden files anew; review the difference")


@pytest.fixture
def more(request: pytest.FixtureRequest) -> bool:
    """Whether further cases are asked for."""
    return bool(request.config.getoption("--more"))


CHROMIUM: Final = (
    "--no-sandbox",
    "--disable-gpu",
    # suggestions of a new window's address bar take more work than most pages; the others are Playwright's own choice,
    # which this option replaces
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,"
    "PaintHolding,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,"
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,ThirdPartyStoragePartitioning",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; the tests that need it are skipped, and the run says so, where there is none.

    It ends with its file of tests: while Playwright is open, Django takes its thread for one of an event loop.
    """
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        made = tools.chromium.launch(executable_path=path, args=CHROMIUM)
        yield made
        made.close()


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Say what to do where too few cases were met."""
    return met_too_few(right, left) if op in (">", ">=") else None
