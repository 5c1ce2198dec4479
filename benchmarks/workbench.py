"""Time and memory of the workbench, each beside what it is compared with in the same run.

python -m benchmarks.workbench            everything; about five minutes
python -m benchmarks.workbench --quick    without 10,000 runs and without readers beside two searches
"""

from __future__ import annotations

import dataclasses
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median, quantiles
from typing import Final
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from planner.domain.scenario import Scenario
from planner.planning import SearchLimits, plan
from planner.plans.plan import Plan
from planner.report.documents import write_documents
from planner.scenario_io import read_scenario, write_scenario
from planner.store.results import write_results
from planner.store.run_folders import FACTS, RunFacts, RunFolders
from tests.scenarios.builders import large

ROOT: Final = Path(__file__).parents[1]
SMALL: Final = ROOT / "scenarios" / "contoh-kecil.yaml"
JAMBI: Final = ROOT / "scenarios" / "jambi-2027.yaml"
TIMES: Final = 7
"""Repetitions of which the median counts."""
READERS: Final = 20
PAGES_EACH: Final = 6
PAGES: Final = (
    *("", "?ringkasan=1", "kartu", "laporan", "laporan?lengkap=1", "peta", "peta?menurut=kelompok"),
    *("mengapa", "mengapa?lengkap=1", "mengapa?dana=f0", "mengapa?program=p0", "mengapa?kelompok=g0&kompetensi=k8"),
    *("ubah", "ubah?di=groups", "ubah/tabel", "ubah/tabel/isi", "ubah/yaml", "bila", "realisasi"),
    *("tanya/", "tanya/why/", "tanya/rules/"),
)
"""Pages of a scenario that are measured."""


@dataclass
class Server:
    """A running workbench and a browser that has entered it."""

    process: subprocess.Popen[str]
    top: str
    browser: OpenerDirector
    cookies: CookieJar

    def get(self, path: str) -> float:
        """Read a page; return the time that took [s]."""
        began = time.perf_counter()
        with self.browser.open(self.top + path) as answer:
            answer.read()
        return time.perf_counter() - began

    def post(self, path: str) -> None:
        token = next(cookie.value or "" for cookie in self.cookies if cookie.name.endswith("-form"))
        fields = urlencode({"csrfmiddlewaretoken": token}).encode()
        with self.browser.open(Request(self.top + path, fields, {"Origin": self.top})) as answer:
            answer.read()

    def megabytes(self) -> float:
        """Memory of the server process that is in use now [MB]."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A workbench on the scenarios and results below `folder`, whose first page has been read."""
    command = [
        sys.executable,
        "-c",
        "from planner.cli import main; main()",
        "serve",
        str(folder / "skenario"),
        "--no-browser",
    ]
    with subprocess.Popen(
        [*command, "--out", str(folder / "hasil")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        link = process.stdout.readline().split()[-1]
        cookies = CookieJar()
        browser = build_opener(HTTPCookieProcessor(cookies))
        with browser.open(link) as answer:
            answer.read()
        try:
            yield Server(process, link.split("/masuk")[0], browser, cookies)
        finally:
            process.send_signal(signal.SIGINT)


def of_start(folder: Path) -> None:
    """The first page, from the start of the process on, and memory after it."""
    times: dict[str, list[float]] = {"import django": [], "first page": []}
    megabytes = []
    for _ in range(TIMES):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import django"], check=True)
        times["import django"].append(time.perf_counter() - began)
        began = time.perf_counter()
        with served(folder) as server:
            times["first page"].append(time.perf_counter() - began)
            time.sleep(1)
            megabytes.append(server.megabytes())
    first, unit = median(times["first page"]), median(times["import django"])
    _tell(
        "first page, from the start of the process", first, f"{first / unit:.1f} times `import django` ({unit:.2f} s)"
    )
    print(f"{'memory after the first page':<64}{median(megabytes):>9.0f} MB", flush=True)


def of_pages(folder: Path) -> None:
    """The pages of a scenario of 1,000 groups beside those of 60: when they are opened first, and again.

    What follows a page of a large plan is measured as the whole page, which has it.
    """
    for groups in (60, 1000):
        _store(folder, f"besar-{groups}", *large(groups, 60, 150))
    with served(folder) as server:
        server.get("/skenario/contoh-kecil.yaml/")  # whatever the first page of a server loads
        for name in PAGES:
            first, again = dict[int, float](), dict[int, float]()
            for groups in (60, 1000):
                address = f"/skenario/besar-{groups}.yaml/{name}"
                first[groups] = server.get(address)
                again[groups] = median(server.get(address) for _ in range(TIMES))
            ratios = f"{again[1000] / again[60]:.1f} times that of 60; first {first[1000]:.3f} s"
            _tell(
                f"page of 1,000 groups, {name or 'plan'}", again[1000], f"{ratios}, {first[1000] / first[60]:.1f} times"
            )


def of_history(folder: Path) -> None:
    """The list of 10,000 kept runs beside that of 100."""
    found = {}
    for runs in (100, 10_000):
        place = folder / f"riwayat-{runs}"
        (place / "skenario").mkdir(parents=True)
        shutil.copy(SMALL, place / "skenario")
        _keep_runs(place / "hasil", runs)
        with served(place) as server:
            server.get("/riwayat")
            found[runs] = median(server.get("/riwayat") for _ in range(TIMES))
    _tell("list of 10,000 runs", found[10_000], f"{found[10_000] / found[100]:.1f} times that of 100")


def of_readers(folder: Path) -> None:
    """Pages for 20 readers at once while two searches run, beside the same readers while none does."""
    for number in (1, 2):
        scenario = _named(read_scenario(JAMBI), f"cari-{number}")
        write_scenario(scenario, folder / "skenario" / f"{scenario.id}.yaml")
    with served(folder) as server:
        pages = ("/", "/skenario/besar-60.yaml/", "/skenario/contoh-kecil.yaml/", "/riwayat")
        for page in pages:
            server.get(page)
        idle = _read_at_once(server, pages)
        for number in (1, 2):
            server.post(f"/skenario/cari-{number}.yaml/susun")
        time.sleep(2)
        busy = _read_at_once(server, pages)
        for number in (1, 2):
            server.post(f"/skenario/cari-{number}.yaml/hentikan")
    usual, late = median(idle), quantiles(busy, n=20)[-1]
    _tell(
        f"{READERS} readers beside two searches, 95% of pages under", late, f"{late / usual:.1f} times the idle median"
    )


def _read_at_once(server: Server, pages: tuple[str, ...]) -> list[float]:
    def reader(number: int) -> list[float]:
        dice = random.Random(number)
        return [server.get(dice.choice(pages)) for _ in range(PAGES_EACH)]

    with ThreadPoolExecutor(READERS) as all_of_them:
        return [each for times in all_of_them.map(reader, range(READERS)) for each in times]


def of_sliders() -> None:
    """A changed amount in a process that has planned the scenario, beside its cold plan, both to 0.1%."""
    from planner.batch.changing import Changing

    scenario, limits = read_scenario(JAMBI), SearchLimits(gap=0.001)
    began = time.perf_counter()
    plan(scenario, limits)
    cold = time.perf_counter() - began
    own = next(number for number, fund in enumerate(scenario.funds) if fund.own)
    dice = random.Random(1)
    changing = Changing(scenario, gap=limits.gap)
    times, estimates = list[float](), list[float]()
    for _ in range(TIMES):
        amount = int(scenario.funds[own].amount * dice.uniform(0.7, 1.2))
        plain = scenario.to_plain()
        plain["funds"][own]["amount"] = amount
        changed = Scenario.model_validate(plain, by_alias=True, by_name=False)
        for what, kept in ((changing.estimate, estimates), (changing.answer, times)):
            began = time.perf_counter()
            what(changed)
            kept.append(time.perf_counter() - began)
    _tell(
        "answer of a slider, jambi-2027 to 0.1%",
        median(times),
        f"{median(times) / cold:.2f} of a cold plan ({cold:.1f} s)",
    )
    _tell("estimate of a slider", median(estimates), "")


def _named(scenario: Scenario, name: str) -> Scenario:
    """The scenario with another id."""
    plain = scenario.to_plain()
    plain["scenario"]["id"] = name
    return Scenario.model_validate(plain, by_alias=True, by_name=False)


def _store(folder: Path, name: str, scenario: Scenario, made: Plan) -> None:
    """Put a scenario and its plan where the workbench finds them."""
    renamed = _named(scenario, name)
    write_scenario(renamed, folder / "skenario" / f"{name}.yaml")
    theirs = dataclasses.replace(made, scenario_id=name, scenario_sha256=renamed.sha256)
    target = folder / "hasil" / name

    def documents(unfinished: Path) -> None:
        write_documents(renamed, theirs, unfinished, warnings=(), xlsx=False)

    write_results(renamed, theirs, target, documents)


def _keep_runs(results: Path, count: int) -> None:
    """Keep one plan as so many runs, a minute apart."""
    scenario = read_scenario(SMALL)
    made, folders = plan(scenario, SearchLimits()).plan, RunFolders(results)
    first = folders.keep(RunFacts.of(SMALL.name, scenario, made, "", ()), scenario, made)
    facts = json.loads((folders.top / first / FACTS).read_text())
    for number in range(1, count):
        at = time.gmtime(1_700_000_000 + 60 * number)
        target = folders.top / f"{time.strftime('%Y%m%dT%H%M%S', at)}-{number:08x}"
        target.mkdir()
        for file in (folders.top / first).iterdir():
            (target / file.name).hardlink_to(file)
        (target / FACTS).unlink()
        moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", at)
        (target / FACTS).write_text(json.dumps({**facts, "made_at": moment}))


def _tell(what: str, seconds: float, ratio: str) -> None:
    print(f"{what:<64}{seconds:>9.3f} s   {ratio}", flush=True)


def main(quick: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "skenario").mkdir()
        shutil.copy(SMALL, folder / "skenario")
        of_start(folder)
        of_pages(folder)
        works: tuple[Callable[[], None], ...] = (of_sliders,)
        if not quick:
            works = (lambda: of_history(folder), lambda: of_readers(folder), *works)
        for work in works:
            work()


if __name__ == "__main__":
    main("--quick" in sys.argv)
