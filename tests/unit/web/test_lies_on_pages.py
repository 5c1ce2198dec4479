"""Thousands of lies of a solver, sent through the pages of the workbench: a run, a question, a slider; also about
people by name. Whatever a page shows, a folder keeps or a file gives out is held against the checker and an honest
search."""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.planning import plan
from planner.plans.plan import Plan
from planner.scenario_io import read_scenario
from planner.solve import run as solve_run
from planner.solve import worker
from planner.solve.engine import EngineName
from planner.solve.outcome import SearchLimits
from planner.solve.warm import WarmModel
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from planner.web.controls import changed as changed_as
from planner.web.plan_run import State
from planner.web.questions import AskedQuestion
from tests.faults.fake_solver import STALE, WarmLiar, lying, wrong_beside
from tests.faults.shared_work import shared
from tests.sampled import few
from tests.scenarios.seven_people import listed
from tests.unit.cli.worker_here import WorkerHere
from tests.unit.web.conftest import Desk, Inline
from tests.unit.web.plans import over

FILES = {
    "contoh-kecil.yaml": (24_500_001, 24_499_999, 12_000_000, 0),
    "orang.yaml": (299_999_999, 300_000_001, 160_000_000, 95_000_000, 0),
}
"""Own money that is tried, also one rupiah beside."""


class Judge:
    """What was shown, kept and given out, held against honest plans."""

    def __init__(self, desk: Desk, dice: random.Random) -> None:
        self.desk, self.dice = desk, dice
        self.said: list[str] = []
        self.seen: Counter[str] = Counter()
        self.later: list[Callable[[], None]] = []
        """What can be judged only once the solver is honest again."""
        self._best: dict[str, Plan] = {}
        self.client = desk.browser()

    def best(self, scenario: Scenario) -> Plan:
        """The plan of an honest search."""
        if scenario.sha256 not in self._best:
            self._best[scenario.sha256] = plan(scenario, SearchLimits(gap=0.0), inline=True).plan
        return self._best[scenario.sha256]

    def held(self, way: str, scenario: Scenario, found: Plan) -> None:
        self.seen[way] += 1

        def judge() -> None:
            self.said.extend(f"{way}: {one}" for one in wrong_beside(scenario, self.best(scenario), found))

        self.later.append(judge)

    def told(self, scenario: Scenario, quality: str, closed: Fraction) -> None:
        """Judge a row of an answer: gaps closed to one decimal."""
        best = self.best(scenario).gaps_closed
        if closed > best + Fraction(1, 20):
            self.said.append(f"question: {float(closed)} where {float(best)} is the most")
        if quality == "proven best" and closed < best * Fraction(999, 1000) - Fraction(1, 20):
            self.said.append(f"question: {float(closed)} is called the best where {float(best)} is possible")

    def stored(self, name: str) -> None:
        """Judge what lies in the folder of a scenario, and its report and workbook."""
        place = self.desk.results / name.removesuffix(".yaml")
        stored = read_stored(place)
        self.said += [f"stored: {finding}" for finding in stored.verdict().findings]
        made = Plan.from_plain(json.loads((place / "plan.json").read_bytes()))
        self.held("stored", stored.scenario, made)
        given = json.loads(self._given(name, "plan.json"))
        self.said += [f"exported: {finding}" for finding in check_plan(stored.scenario, given).findings]
        if self.dice.random() < 0.2:
            book = openpyxl.load_workbook(BytesIO(self._given(name, "rencana.xlsx")), data_only=True)
            cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
            self.seen["workbook"] += 1
            if made.total_cost not in cells:
                self.said.append(f"exported: Rp{made.total_cost} is nowhere in the workbook")

    def _given(self, name: str, document: str) -> bytes:
        """What a page gives out of the plan of a scenario."""
        given = self.client.get(f"/skenario/{name}/berkas/{document}")
        assert given.status_code == 200
        return b"".join(given) if given.streaming else bytes(given.content)


class Told:
    """The plan near the known one, as a slider has it made: while it lies, another than was found."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.lies, self.count = dice, False, 0
        self._really, self._stale = WarmModel.near, list[Decisions]()

    @property
    def near(self) -> Callable[..., Decisions | None]:
        """Stands in for the method of a warm model."""

        def near(warm: WarmModel, *asked: Any, **options: Any) -> Decisions | None:
            found = self._really(warm, *asked, **options)
            self._stale = [*self._stale[-20:], *([found] if found else [])]
            return self._false(found) if self.lies and self.dice.random() < 0.8 else found

        return near

    def _false(self, found: Decisions | None) -> Decisions | None:
        self.count += 1
        other = self.dice.choice([found, found, found, None, *self._stale])
        if other is None or self.dice.random() < 0.2:
            return other
        return replace(other, participants=self._others(other.participants), classes=self._others(other.classes))

    def _others[K](self, numbers: Mapping[K, int]) -> dict[K, int]:
        """Numbers of which up to two are others."""
        changed = dict(numbers)
        for key in self.dice.sample(list(changed), min(len(changed), self.dice.choice([0, 1, 2]))):
            changed[key] += self.dice.choice([1, -1, 50, -changed[key]])
        return changed


def run(judge: Judge, name: str, only: bool) -> None:
    """Make a plan by its button."""
    desk, place = judge.desk, judge.desk.results / name.removesuffix(".yaml")
    shutil.rmtree(place, ignore_errors=True)
    kept = set(desk.bench.archive.folders.ids())
    desk.post(f"/skenario/{name}/susun", judge.client)
    state = over(desk, name)
    page = judge.client.get(f"/skenario/{name}/").content.decode()
    new = set(desk.bench.archive.folders.ids()) - kept
    if "Traceback" in page:
        judge.said.append("run: a traceback")
    if state is State.IMPOSSIBLE and only:
        judge.said.append("run: called impossible where there is a plan")
    if state is not State.DONE and (place.exists() or new) and not (place / "plan.json").exists():
        judge.said.append(f"run: something is kept of a plan that is {state}")
    if (place / "plan.json").exists():
        judge.stored(name)
    for each in new:
        stored = read_stored(desk.bench.archive.folders.folder(each))
        judge.said += [f"history: {one}" for one in stored.verdict().findings]


def slide(judge: Judge, name: str, only: bool) -> None:
    """Move the slider of own money."""
    engine = judge.desk.bench.variations._engine
    assert isinstance(engine, Inline)
    engine._known.clear()
    judge.desk.bench.variations._known.clear()
    money = judge.dice.choice(FILES[name])
    judge.desk.post(f"/skenario/{name}/bila/hitung", judge.client, **{"own-budget": str(money), "sheet": "a"})
    for _again in range(400):
        part = judge.client.get(f"/skenario/{name}/bila/jawaban?own-budget={money}&version=99").content.decode()
        if "hx-get" not in part:
            break
        time.sleep(0.005)
    (asked,) = judge.desk.bench.variations._known.values() or (None,)
    if "Traceback" in part or "hx-get" in part:
        judge.said.append("slider: no answer")
    if asked is None:  # nothing is changed
        return
    if asked.state is State.IMPOSSIBLE and only:
        judge.said.append("slider: called impossible where there is a plan")
    if asked.plan is not None:
        judge.held("slider", asked.scenario, asked.plan)
    if ("<dd>" in part) != (asked.plan is not None):
        judge.said.append("slider: figures without a plan, or none of one")


def ask(judge: Judge, name: str, only: bool) -> None:
    """Ask what other amounts of own money would change."""
    desk, folder = judge.desk, judge.desk.results / name.removesuffix(".yaml") / "what-if"
    shutil.rmtree(folder, ignore_errors=True)
    desk.bench.questions._known.clear()
    amounts = sorted(judge.dice.sample(FILES[name], 2))
    fields = {"vary-input": ["own-budget"], "vary-values": [",".join(map(str, amounts))]}
    fields |= {word: [""] for word in ("vary-from", "vary-to", "vary-step")}
    desk.post(f"/skenario/{name}/tanya/whatif/", judge.client, **fields)
    asked = _answered(desk, name)
    base = read_scenario(desk.folder / name)
    own = desk.bench.workspace.file(name)
    changed = {n: changed_as(own, base, {"own-budget": str(n)}) for n in amounts}
    known = {scenario.sha256: scenario for scenario in (base, *changed.values())}
    for file in folder.rglob("points/*.json.gz") if folder.exists() else ():
        found = json.loads(gzip.decompress(file.read_bytes()))["plan"]
        scenario = known.get(found["scenario"]["sha256"]) if found else None
        if scenario is not None:
            judge.seen["point"] += 1
            judge.said += [f"point: {finding}" for finding in check_plan(scenario, found).findings]
    if asked.state is not State.DONE:
        return
    for table in (t for s in asked.told["en"].sections for b in s.blocks for f in [b.figure] if f for t in f.tables):
        for money, row in zip(amounts, table.rows, strict=False):
            told, closed = str(row.cells[1]), str(row.cells[2])
            if not re.fullmatch(r"[\d.,]+", closed):
                judge.said += [f"question: {told} of Rp{money}"] if only and "impossible" in told else []
                continue
            judge.seen["question"] += 1
            judge.later.append(partial(judge.told, changed[money], told, Fraction(closed.replace(",", ""))))


def _answered(desk: Desk, name: str) -> AskedQuestion:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        asked = desk.bench.questions.of_file(name)
        if asked and asked[0].state.is_over:
            return asked[0]
        time.sleep(0.005)
    raise AssertionError("no answer")


def test_nothing_wrong_is_shown_kept_or_given_out_by_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (solve_run, worker):
        monkeypatch.setattr(module, "Worker", WorkerHere)
    told = Told(dice := random.Random(1504))
    monkeypatch.setattr(WarmModel, "near", told.near)
    listed(desk.folder, "orang.yaml")
    answers = 0
    judge = Judge(desk, dice)
    STALE.clear()
    ways: Counter[str] = Counter()
    with shared():
        while answers < few(2500, 50):
            name = dice.choice(["orang.yaml", "orang.yaml", "contoh-kecil.yaml"])
            way = dice.choice([run, slide, slide, ask])
            if way is not run:
                scenario = read_scenario(desk.folder / name)
                write_results(scenario, judge.best(scenario), desk.results / scenario.id)
            faulty, names = WarmLiar(dice), tuple(EngineName) if dice.random() < 0.5 else (EngineName.HIGHS,)
            with lying(faulty, *names):
                told.lies = True
                way(judge, name, only=len(names) == 1)
                told.lies = False
            for each in judge.later:
                each()
            judge.later.clear()
            ways[way.__name__] += faulty.answers + told.count
            answers, told.count = answers + faulty.answers + told.count, 0
    assert judge.said == []
    assert judge.seen.keys() >= {"stored", "slider", "point"}
    assert ways.keys() == {"run", "slide", "ask"}
    assert min(ways.values()) > few(100, 50)
