"""The benchmarks beside peers and by size, at a tiny size: tables are complete and bounds agree; never how long."""

from __future__ import annotations

import io
import json
import re
import sys
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from benchmarks.environment import group, pins
from benchmarks.growth.page import Cost, bends, exponent
from benchmarks.growth.page import page as growth_page
from benchmarks.growth.steps import GAP, STEPS, write
from benchmarks.peers import measured as measuring
from benchmarks.peers import running
from benchmarks.peers.__main__ import compare
from benchmarks.peers.cases import FULL, GRID, QUICK, Case
from benchmarks.peers.child import PROGRAMS, written
from benchmarks.peers.page import ahead
from benchmarks.peers.running import hear_cbc, hear_cp_sat
from benchmarks.peers.traces import GAPS, Point, Run, refuted
from benchmarks.peers.writings import WRITINGS
from benchmarks.processes import LATE, run

ROOT = Path(__file__).parents[2]
SECONDS = 60.0


def cells(text: str, first: str) -> list[list[str]]:
    """The cells of all rows of tables that begin with `first`."""
    return [re.split(r" *\| *", line.strip("| \n")) for line in text.splitlines() if line.startswith(f"| {first} |")]


def here(command: list[str], seconds: float, hear: Callable[[str], None]) -> str:
    """Run a child of the comparison in this process, instead of one of its own."""
    said = io.StringIO()
    program, *arguments = command[3:]
    with redirect_stdout(said):
        if program in WRITINGS:
            written(program, Path(arguments[0]))
        else:
            PROGRAMS[program](Path(arguments[0]), *map(float, arguments[1:]))
    for line in said.getvalue().splitlines():
        hear(line)
    return ""


def test_the_product_and_highs_agree_on_a_tiny_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "run", here)
    monkeypatch.setattr(measuring, "missing", lambda name: name in ("CP-SAT", "linopy"))
    [found] = compare(
        [Case(shipped="contoh-kecil")],
        SECONDS,
        tmp_path,
        solvers=("planner", "HiGHS", "CP-SAT"),
        libraries=("PuLP", "linopy"),
    )
    ours, highs, absent = found.searches
    for search in (ours, highs):
        assert search.gap is not None
        assert search.gap <= GAPS[-1]
        assert all(search.reached(gap) is not None for gap in GAPS)
        assert not refuted(search, found.searches)
    assert ours.last.best == pytest.approx(highs.last.best, rel=2 * GAPS[-1])
    assert absent.failed == "not installed"
    text = (tmp_path / "peers.md").read_text(encoding="utf-8")
    assert [row[7:9] for name in ("planner", "HiGHS") for row in cells(text, name) if len(row) == 10] == [
        ["20.200", "20.200"]
    ] * 2
    assert cells(text, "CP-SAT")[0][1] == cells(text, "linopy")[-1][1] == "not installed"
    assert cells(text, "planner")[-1][3] == cells(text, "PuLP")[-1][3] == "the same"


def test_the_smallest_size_takes_every_step(tmp_path: Path) -> None:
    write(6, tmp_path)
    facts = {name: step(tmp_path, SECONDS) for name, step in STEPS.items()}
    assert facts["search"]["gap"] <= GAP
    costs = {name: Cost(fact["seconds"], fact["processor"], 1.0, fact.get("gap")) for name, fact in facts.items()}
    rows = cells(growth_page({6: costs}, SECONDS), "6")
    assert [len(row) for row in rows] == [len(STEPS)] * 3
    assert "-" not in rows[0]


def test_a_process_is_heard_measured_and_ended_when_late() -> None:
    heard: list[str] = []
    assert run([sys.executable, "-c", "print('one')"], SECONDS, heard.append) == ""
    assert heard[0] == "one\n"
    assert json.loads(heard[-1])["facts"]["megabytes"] > 1
    assert run([sys.executable, "-c", "print('no'); raise SystemExit(3)"], SECONDS, heard.append) == "exit code 3: no"
    assert run([sys.executable, "-c", "import time; time.sleep(600)"], 0.2, heard.append) == LATE


def test_exponents_say_where_the_time_grows_more_than_in_proportion() -> None:
    found = {
        10: {"read": Cost(1.2, 1.0), "check": Cost(0.1, 0.001)},
        100: {"read": Cost(500, 100.0), "check": Cost(0.9, 0.9)},
    }
    assert exponent(found, "read", 10, 100) == pytest.approx(2)
    assert exponent(found, "check", 10, 100) is None
    assert list(bends(found)) == ["read: more than in proportion from 10 to 100 groups (power 2.00)."]
    late = {10: {"read": Cost(1.0, 1.0)}, 100: {"read": Cost(failed="not in 5 s")}}
    assert exponent(late, "read", 10, 100) is None
    assert cells(growth_page(late, 5.0), "100")[0][1] == "not in 5 s"


def test_where_a_peer_is_ahead_is_said_from_the_figures() -> None:
    ours = Run("planner", [Point(1.0, -90.0, -100.0), Point(5.0, -99.95, -99.96), Point(60.0, -99.95, -99.955)])
    peer = Run("HiGHS", [Point(2.0, -99.95, -99.955)])
    wrong = Run("CP-SAT", [Point(0.1, -50.0, -50.0)])
    found = measuring.Measured(Case(groups=200), {}, [ours, peer, wrong])
    assert refuted(wrong, found.searches)
    lines = list(ahead([found], 60.0))
    assert "200 groups, 1 period, loose budget, to 1%: HiGHS 2.00 s; `planner` 5.00 s." in lines
    assert "Bounds that another one's plan rules out: CP-SAT on 200 groups, 1 period, loose budget." in lines
    assert any(line.startswith("In 0 of 3 pairs") for line in lines)


def test_logs_are_heard() -> None:
    cbc, cp_sat = Run("CBC"), Run("CP-SAT", facts={"prepared": 1.0})
    for line in (
        "Cbc0010I After 0 nodes, 1 on tree, 1e+50 best solution, best possible -22401.412 (3.96 seconds)",
        "Cbc0012I Integer solution of -22000.5 found by rounding after 5 iterations and 0 nodes (4.1 seconds)",
    ):
        hear_cbc(line, 4.0, cbc)
    assert cbc.last == Point(4.0, -22000.5, -22401.412)
    for line in ("Result - Optimal solution found", "Objective value:                -22401.2"):
        hear_cbc(line, 5.0, cbc)
    assert cbc.gap is not None
    assert cbc.gap <= GAPS[-1]
    hear_cp_sat("#Bound   0.56s best:inf   next:[-10414.6,0] initial_domain", 9.0, cp_sat)
    hear_cp_sat("#1       0.99s best:-4600.55 next:[-4709.7,-4600.6] main", 9.0, cp_sat)
    assert cp_sat.points == [Point(1.56, None, -10414.6), Point(1.99, -4600.55, -4709.7)]


def test_cases_are_named_apart_and_cover_what_they_promise() -> None:
    for cases in (QUICK, FULL, GRID):
        assert len({case.name for case in cases}) == len(cases)
    sized = [case for case in FULL if case.groups]
    assert {(case.groups, case.periods) for case in sized} == {(n, t) for n in (200, 1000, 5000) for t in (1, 4)}
    assert {case.tight for case in sized} == {case.conditions for case in sized} == {True, False}


def test_peers_are_pinned_and_no_other_than_the_lock_has() -> None:
    assert all(re.fullmatch(r"[a-z0-9-]+==[\d.]+", peer) for peer in group())
    locked = dict(pin.split("==") for pin in pins())
    assert all(locked.get(name, version) == version for name, version in (peer.split("==") for peer in group()))
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert not set(group()) & set(described["dependency-groups"]["dev"])
