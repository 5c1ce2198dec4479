"""Every reader of files, on files that are almost right: a value or a refusal in words, soon and in little memory."""

from __future__ import annotations

import base64
import random
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Final, NamedTuple

from planner.check import check_plan
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.locale import speaking
from planner.plans.plan import Plan
from planner.scenario_io import read_located, read_scenario, scenario_text
from planner.scenario_io.activity_list import offered_activities
from planner.scenario_io.price_lists.offering import offered_prices
from planner.scenario_io.problems import Refused
from planner.scenario_io.scenario_workbook import workbook_bytes
from planner.scenario_io.scenario_workbook.importing import imported
from planner.store.stored_plan import read_plan_data
from tests.campaign.mutating import mutated, repacked, undated
from tests.campaign.series import of_cases

ROOT: Final = Path(__file__).parents[2]
SHIPPED: Final = ROOT / "scenarios"

SECONDS: Final = 2.0
"""Most processor time of a reading [s]."""
HANGS: Final = 60
"""Seconds after which a reading is ended."""
MEMORY: Final = 300 * 1024
"""Most that a reading adds to the largest size of the process [KiB]."""

ABOVE: Final = """\
format: 1
scenario: {id: uji, fiscal_year: 2027}
periods: [TW1, TW2]
competencies: [{id: keu, kind: technical}]
"""
BELOW: Final = """\
programmes:
  - {id: bimtek, closes: {keu: 1}, costs: [{item: Butir, account: "5.1.02.01.01.0001", per: participant, price: 5}]}
funds: [{id: apbd, kind: own, amount: 100}]
"""
GROUPS: Final = b"id,name,agency,headcount,gap:keu\na,Analis,BPKAD,10,7\nb,Bendahara,Dinkes,5,5\n"
ACTUALS: Final = {
    "attended.csv": b"programme,period,group,participants,closed:keu\nbimtek,TW1,a,4,2\n",
    "paid.csv": b"fund,programme,group,item,account,period,amount\napbd,bimtek,a,Butir,5.1.02.01.01.0001,TW1,20\n",
}
ACTIVITIES: Final = b"Kode,Uraian\n5.04.02.1.01.0001,Penyusunan kebutuhan\n5.04.02.1.01.0002,Pelatihan\n"


class Reader(NamedTuple):
    """A reader, its good files, and how they are changed."""

    read: Callable[[Path, bytes], object]
    good: Callable[[], list[bytes]]
    change: Callable[..., bytes] = mutated


def _yaml(folder: Path, data: bytes) -> None:
    file = folder / "s.yaml"
    file.write_bytes(data)
    scenario = read_located(file).scenario
    again = folder / "again.yaml"
    again.write_text(scenario_text(scenario), encoding="utf-8")
    assert read_scenario(again).sha256 == scenario.sha256, "written and read again it is another scenario"


def _table(name: str) -> Callable[[Path, bytes], object]:
    def read(folder: Path, data: bytes) -> object:
        (folder / name).write_bytes(data)
        file = folder / "s.yaml"
        file.write_text(f"{ABOVE}groups: {{table: {name}}}\n{BELOW}", encoding="utf-8")
        return read_located(file)

    return read


def _actuals(folder: Path, data: bytes) -> object:
    """The mutated table of what was attended, or of what was paid, by its first column."""
    (folder / "r").mkdir(exist_ok=True)
    name = "paid.csv" if data[:4] == b"fund" else "attended.csv"
    for other, good in ACTUALS.items():
        (folder / "r" / other).write_bytes(data if other == name else good)
    file = folder / "s.yaml"
    groups = "groups: [{id: a, headcount: 10, gaps: {keu: 7}}]\n"
    file.write_text(f"{ABOVE}{groups}{BELOW}actuals: {{through: TW1, table: r}}\n", encoding="utf-8")
    return read_located(file)


def _offered(suffix: str, offer: Callable[[Path], object]) -> Callable[[Path, bytes], object]:
    def read(folder: Path, data: bytes) -> object:
        file = folder / f"daftar{suffix}"
        file.write_bytes(data)
        return offer(file)

    return read


def _plan(folder: Path, data: bytes) -> None:
    file = folder / "plan.json"
    file.write_bytes(data)
    plain = read_plan_data(file)
    if check_plan(_small(), plain).passed:
        Plan.from_plain(plain)


@cache
def _small() -> Scenario:
    return read_scenario(ROOT / "reports" / "gallery" / "contoh-kecil" / "scenario.yaml")


def _scenarios() -> list[bytes]:
    return [(SHIPPED / f"{name}.yaml").read_bytes() for name in ("contoh-kecil", "jpt-2020", "kudus-2021", "ntb-2025")]


@cache
def _workbooks() -> list[bytes]:
    with speaking("en"):
        return [undated(workbook_bytes()), undated(workbook_bytes(_small()))]


def _sheet(rows: bytes, between: str = ",") -> list[bytes]:
    """A workbook with the rows of a CSV file on its only sheet."""
    import io

    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Daftar")
    for line in rows.decode().splitlines():
        sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split(between)])
    file = io.BytesIO()
    book.save(file)
    return [undated(file.getvalue())]


PRICES: Final = (SHIPPED / "contoh-harga.csv").read_bytes()

READERS: Final[dict[str, Reader]] = {
    "yaml": Reader(_yaml, _scenarios),
    "csv table": Reader(_table("t.csv"), lambda: [GROUPS]),
    "xlsx table": Reader(_table("t.xlsx"), cache(lambda: _sheet(GROUPS)), repacked),
    "workbook": Reader(lambda folder, data: imported(data, "b.xlsx"), _workbooks, repacked),
    "csv prices": Reader(_offered(".csv", offered_prices), lambda: [PRICES]),
    "xlsx prices": Reader(_offered(".xlsx", offered_prices), cache(lambda: _sheet(PRICES, ";")), repacked),
    "activities": Reader(_offered(".csv", offered_activities), lambda: [ACTIVITIES]),
    "actuals": Reader(_actuals, lambda: list(ACTUALS.values())),
    "plan": Reader(_plan, lambda: [(ROOT / "reports" / "gallery" / "contoh-kecil" / "plan.json").read_bytes()]),
}


def made(number: int) -> dict[str, str]:
    """The input of a number; the readers take turns."""
    name = list(READERS)[number % len(READERS)]
    dice, reader = random.Random(f"fuzz {number}"), READERS[name]
    good = reader.good()
    data = reader.change(dice, dice.choice(good), [GROUPS, ACTIVITIES, *ACTUALS.values()] if len(good) == 1 else good)
    return {"reader": name, "data": base64.b64encode(data).decode()}


def not_read(case: dict[str, str]) -> str | None:
    """What is wrong with how an input was read: anything but a value or a refusal that says something."""
    data = base64.b64decode(case["data"])
    before, began = _largest(), time.process_time()
    with tempfile.TemporaryDirectory() as folder, _ended_after(HANGS):
        try:
            READERS[case["reader"]].read(Path(folder), data)
        except InputError as refused:
            if not refused.problems or not all(problem.message for problem in refused.problems):
                return "a refusal without a word"
        except Refused as refused:
            if not refused.problem.message:
                return "a refusal without a word"
    took, more = time.process_time() - began, _largest() - before
    if took > SECONDS:
        return f"{took:.1f} s for {len(data)} bytes"
    return f"{more // 1024} MiB for {len(data)} bytes" if more > MEMORY else None


def _largest() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@contextmanager
def _ended_after(seconds: int) -> Iterator[None]:
    """Raise TimeoutError once the time is over."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"not read after {seconds} s")

    before: Any = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


FUZZED_READERS: Final = of_cases(
    "readers",
    "YAML, CSV, XLSX, price lists, activity lists, actuals and plan.json that are almost right are read or refused in "
    f"words: no other exception, at most {SECONDS:g} s and {MEMORY // 1024} MiB.",
    made,
    not_read,
    full=20_000,
    short=len(READERS) * 6,
    step=100,
)
