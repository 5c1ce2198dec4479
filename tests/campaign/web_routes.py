"""Every route of the workbench, with parts, fields and files that are almost right: an answer, never an exception."""

from __future__ import annotations

import logging
import random
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern

from planner.analysis.registry import QUESTIONS
from planner.solve.outcome import SearchLimits
from planner.web.access import Access
from planner.web.archive import Archive
from planner.web.bench import Bench
from planner.web.runs import Runs
from planner.web.workspace import Workspace
from tests.campaign.mutating import SCRAPS, mutated
from tests.campaign.series import of_cases
from tests.unit.web.conftest import SHIPPED, Desk, Inline, use

SECONDS: Final = 2.0
"""Most processor time of an answer [s]."""

REQUESTS: Final = 8
"""Requests of a case, one after the other to the same workbench."""

WEB: Final = Path(__file__).parents[2] / "planner" / "web"

SEARCHING: Final = ("susun", "hitung", "terapkan")
"""Ends of routes that begin a search when all is well; they are asked less often."""


@cache
def fields() -> list[str]:
    """The names of fields that the pages ask for, read from their code."""
    asked = re.compile(r'(?:POST|GET|FILES|form|fields|query)(?:\.get|\.getlist|\.pop)?[\[(]"([\w.-]+)"')
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(WEB.rglob("*.py")))
    return sorted(set(asked.findall(code)))


@contextmanager
def workbench() -> Iterator[Desk]:
    """A workbench with the small example on folders of its own."""
    with tempfile.TemporaryDirectory() as top:
        folder, results = Path(top) / "skenario", Path(top) / "hasil"
        folder.mkdir()
        results.mkdir()
        shutil.copyfile(SHIPPED / "contoh-kecil.yaml", folder / "contoh-kecil.yaml")
        archive = Archive(results)
        runs = Runs(
            results, SearchLimits(time_limit=5), lambda run, plan: archive.keep(run.name, run.loaded, plan, run.by)
        )
        bench = Bench(Workspace(folder, results), runs, Access(8765, lambda link: None), "en", archive)
        bench.questions._jobs = 0
        bench.variations._engine = Inline()
        use(bench)
        logging.disable(logging.CRITICAL)  # refusals are what is asked for
        try:
            yield Desk(bench, folder, results)
        finally:
            logging.disable(logging.NOTSET)
            bench.runs.end()


@cache
def routes() -> list[str]:
    """The addresses with their parts, as `<str:name>`."""
    from planner.web.addresses import urlpatterns

    return [str(pattern.pattern) for pattern in urlpatterns if isinstance(pattern, URLPattern)]


def made(number: int) -> list[list[Any]]:
    """The requests of a number, as [method, address, fields, file]."""
    dice = random.Random(f"web {number}")
    return [_request(dice, routes()[(number * REQUESTS + n) % len(routes())]) for n in range(REQUESTS)]


def _request(dice: random.Random, route: str) -> list[Any]:
    method = dice.choice(["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE"])
    if route.endswith(SEARCHING) and dice.random() < 0.9:
        method = "GET"
    address = re.sub(r"<str:(\w+)>", lambda part: _part(dice, part[1]), route)
    sent = {dice.choice(fields()): _value(dice) for _ in range(dice.choice([0, 1, 2, 5]))}
    if dice.random() < 0.3:
        sent[dice.choice(["text", *fields()])] = _text(dice)
    return [method, f"/{address}", sent, dice.choice(["", "", _text(dice)])]


def _part(dice: random.Random, name: str) -> str:
    known = {"name": ["contoh-kecil.yaml", "contoh-kecil"], "question": [question.name for question in QUESTIONS]}
    documents = ["plan.json", "report.html", "rencana.pdf", "rka.csv"]
    known |= {"document": documents, "word": ["ajukan", "setujui", "hapus", "pasang"]}
    if dice.random() < 0.7 and name in known:
        return dice.choice(known[name])
    return "".join(c for c in dice.choice(SCRAPS)[:60] if c not in "\n\r?#") or "x"


def _value(dice: random.Random) -> str:
    return dice.choice([dice.choice(SCRAPS)[:2_000], str(dice.randint(-5, 10**6)), "contoh-kecil.yaml", "TW1"])


def _text(dice: random.Random) -> str:
    good = (SHIPPED / "contoh-kecil.yaml").read_bytes()
    return mutated(dice, good, [good]).decode("utf-8", "replace")


def not_answered(requests: list[list[Any]]) -> str | None:
    """The first request whose answer is an exception, an error of the server, late, or shows a traceback."""
    with workbench() as desk:
        browser = desk.browser()
        browser.get("/baru")
        token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value} if "csrftoken" in browser.cookies else {}
        for method, address, fields, file in requests:
            began = time.process_time()
            data: dict[str, Any] = dict(fields)
            if method == "POST":
                data |= token | (
                    {"file": SimpleUploadedFile("b.yaml", file.encode("utf-8", "replace"))} if file else {}
                )
            try:
                answer = getattr(browser, method.lower())(address, data)
            except Exception as error:
                return f"{method} {address}: {type(error).__name__}: {error}"
            took = time.process_time() - began
            if answer.status_code >= 500:
                return f"{method} {address}: {answer.status_code}"
            if took > SECONDS:
                return f"{method} {address}: {took:.1f} s"
            if not answer.streaming and b"Traceback (most recent call last)" in answer.content:
                return f"{method} {address}: a traceback is shown"
    return None


WEB_ROUTES: Final = of_cases(
    "web-routes",
    "Every route of the workbench answers to any method, parts, fields and files: no exception, no error of the "
    f"server, at most {SECONDS:g} s.",
    made,
    not_answered,
    full=2_000,
    short=2,
    step=10,
)
