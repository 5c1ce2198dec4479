"""Every route of the workbench, with parts, fields and files that are almost right: an answer, never an exception.

The workbench has a plan and a run of it. `web_corpus.json` keeps a request for each kind of answer that a route has
ever given; half of the cases change one of them. `python -m tests.campaign.web_routes COUNT SEED` looks for more.
"""

from __future__ import annotations

import json
import logging
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern

from planner.analysis.registry import QUESTIONS
from planner.plans.plan import Plan
from planner.scenario_io import read_located
from planner.solve.outcome import SearchLimits
from planner.store.results import write_results
from planner.web import documents
from planner.web.access import Access
from planner.web.acting import Actor
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

CORPUS: Final = Path(__file__).parent / "web_corpus.json"
LONGEST_KEPT: Final = 3_000
"""Characters of a request above which it is not kept."""
RUN: Final = "{run}"
"""Stands in a request for the id of the run."""
GALLERY: Final = Path(__file__).parents[2] / "reports" / "gallery" / "contoh-kecil"

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
    """A workbench with the small example, its plan, and a run of it that was submitted, on folders of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as top:
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
        loaded = read_located(folder / "contoh-kecil.yaml")
        plan = Plan.from_plain(json.loads((GALLERY / "plan.json").read_bytes()))
        write_results(loaded.scenario, plan, results / loaded.scenario.id)
        archive.keep("contoh-kecil.yaml", loaded, plan, Actor("Budi"))
        archive.write("submitted", next(archive.folders.ids()), who="Budi")
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
    """The requests of a number, as [method, address, fields, file]: new ones, and of the corpus, take turns."""
    dice = random.Random(f"web {number}")
    if number % 2 and corpus():
        return [_changed(dice, dice.choice(corpus())) for _ in range(REQUESTS)]
    return [_request(dice, routes()[(number * REQUESTS + n) % len(routes())]) for n in range(REQUESTS)]


@cache
def corpus() -> list[list[Any]]:
    """The requests that are kept."""
    found: list[list[Any]] = json.loads(CORPUS.read_text(encoding="utf-8")) if CORPUS.exists() else []
    return found


def _changed(dice: random.Random, request: list[Any]) -> list[Any]:
    """A request of the corpus with a field more, less or other, or other text in it."""
    method, address, sent, file = request
    other = dict(sent)
    for name in list(other):
        if dice.random() < 0.3:
            other[name] = _value(dice)
        elif dice.random() < 0.3:
            other[name] = mutated(dice, str(other[name]).encode(), [b"x"]).decode("utf-8", "replace")[:2_000]
    if dice.random() < 0.5:
        other[dice.choice(fields())] = _value(dice)
    return [method, address, other, file if dice.random() < 0.7 else _text(dice)]


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
    known |= {"document": documents, "word": ["ajukan", "setujui", "hapus", "pulihkan", "kembalikan", "semat"]}
    known["run"] = [RUN]
    if dice.random() < 0.7 and name in known:
        return dice.choice(known[name])
    return "".join(c for c in dice.choice(SCRAPS)[:60] if c not in "\n\r?#") or "x"


def _value(dice: random.Random) -> str:
    return dice.choice(
        [dice.choice(SCRAPS)[:2_000], str(dice.randint(-5, 10**6)), "contoh-kecil.yaml", "TW1", RUN, "Siti"]
    )


def _text(dice: random.Random) -> str:
    good = (SHIPPED / "contoh-kecil.yaml").read_bytes()
    return mutated(dice, good, [good]).decode("utf-8", "replace")


def not_answered(requests: list[list[Any]]) -> str | None:
    """The first request whose answer is an exception, an error of the server, late, or shows a traceback."""
    return next((why for _request, _status, why in answered(requests) if why), None)


def answered(requests: list[list[Any]]) -> Iterator[tuple[list[Any], int, str]]:
    """Each request, the status of its answer, and what is wrong with it."""
    quick = MappingProxyType({name: made for name, made in documents.DOCUMENTS.items() if name != "rencana.pdf"})
    with workbench() as desk, pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "DOCUMENTS", quick)  # the PDF takes longest to approve, and is the report once more
        browser, run = desk.browser(), next(desk.bench.archive.folders.ids())
        browser.get("/baru")
        token = {"csrfmiddlewaretoken": browser.cookies[settings.CSRF_COOKIE_NAME].value}
        for request in requests:
            method, address, fields, file = json.loads(json.dumps(request).replace(RUN, run))
            began = time.thread_time()  # not of searches behind
            data: dict[str, Any] = dict(fields)
            if method == "POST":
                data |= token | (
                    {"file": SimpleUploadedFile("b.yaml", file.encode("utf-8", "replace"))} if file else {}
                )
            try:
                answer = getattr(browser, method.lower())(address, data)
                content = b"" if answer.streaming else answer.content
            except Exception as error:
                yield request, 0, f"{method} {address}: {type(error).__name__}: {error}"
                continue
            took = time.thread_time() - began
            why = ""
            if answer.status_code >= 500:
                why = f"{method} {address}: {answer.status_code}"
            elif took > SECONDS:
                why = f"{method} {address}: {took:.1f} s"
            elif b"Traceback (most recent call last)" in content:
                why = f"{method} {address}: a traceback is shown"
            yield request, answer.status_code, why


def grown(count: int, seed: int) -> list[list[Any]]:
    """The corpus, with the requests among those of these numbers to which a route gives a new kind of answer."""
    found, known = list(corpus()), set()
    for requests in (found, *(made(number) for number in range(seed, seed + count))):
        for request, status, _why in answered(requests):
            kind = request[0], route_of(request[1]), status
            if kind not in known and request not in found and len(json.dumps(request)) < LONGEST_KEPT:
                found.append(request)
            known.add(kind)
    return sorted(found, key=lambda request: (request[1], request[0], json.dumps(request)))


def route_of(address: str) -> str:
    """The route of an address."""
    from django.urls import Resolver404, resolve

    try:
        return str(resolve(address).route)
    except Resolver404:
        return ""


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

if __name__ == "__main__":
    kept = (json.dumps(request, ensure_ascii=False) for request in grown(int(sys.argv[1]), int(sys.argv[2])))
    CORPUS.write_text("[\n" + ",\n".join(kept) + "\n]\n", encoding="utf-8")
