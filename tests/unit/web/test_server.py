"""`planner serve` as a whole process: it listens to this machine alone, and ends with Ctrl-C, its searches too."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

from planner.cli.serve import USUAL_PORT
from planner.errors import InputError
from planner.solve.outcome import SearchLimits
from planner.web.access import Access
from planner.web.archive import Archive
from planner.web.bench import Bench
from planner.web.runs import Runs
from planner.web.server import ServerPlace, serve
from planner.web.workspace import Workspace
from tests.oracle.generate import random_scenarios
from tests.sampled import sampled
from tests.unit.solve.processes import children, members, until

ROOT = Path(__file__).parents[3]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A server of a scenario that takes long to plan."""
    (tmp_path / "skenario").mkdir()
    (tmp_path / "skenario" / "sulit.yaml").write_text(json.dumps(random_scenarios(13, (60, 30, 4, 6))))
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from planner.cli import main; main()"
    command = [sys.executable, "-u", "-c", code, "serve", "skenario", "--no-browser", "--lang", "en", "--gap", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True, preexec_fn=_heeding_ctrl_c) as made:
        yield made
        made.kill()


def _heeding_ctrl_c() -> None:
    """As in a terminal, also where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("end", sampled([signal.SIGINT, signal.SIGKILL], 2))
def test_it_serves_this_machine_until_it_is_ended_and_leaves_no_search(
    server: subprocess.Popen[str], tmp_path: Path, end: signal.Signals
) -> None:
    assert server.stdout is not None
    link = server.stdout.readline().split()[-1]
    top = link.split("/masuk")[0]
    port = int(top.rpartition(":")[2])
    with socket.socket() as other, pytest.raises(OSError, match="refused"):
        other.connect(("127.0.0.2", port))
    cookies = CookieJar()
    browser = build_opener(HTTPCookieProcessor(cookies))
    with browser.open(link) as home:
        assert "sulit.yaml" in home.read().decode()
    _post(browser, cookies, f"{top}/skenario/sulit.yaml/susun")
    assert until(lambda: bool(children(server.pid)), 5), browser.open(f"{top}/skenario/sulit.yaml/").read().decode()
    workers = children(server.pid)
    server.send_signal(end)
    assert server.wait(timeout=30) == (0 if end is signal.SIGINT else -end)
    assert until(lambda: not any(members(worker) for worker in workers))
    assert not list(tmp_path.rglob(".*unfinished*"))


def _post(browser: OpenerDirector, cookies: CookieJar, address: str) -> None:
    token = next(cookie.value for cookie in cookies if cookie.name.endswith("-form"))
    origin = "/".join(address.split("/")[:3])
    request = Request(address, urlencode({"csrfmiddlewaretoken": token}).encode(), {"Origin": origin})
    try:
        with browser.open(request) as answer:
            assert answer.status == 200
    except HTTPError as error:
        raise AssertionError(error.read().decode()) from error


def _served(folder: Path, port: int | None) -> None:
    serve(folder, folder, SearchLimits(), ServerPlace(port, USUAL_PORT), say=lambda words: None)


def test_a_port_that_is_taken_and_a_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(InputError, match="--port"):
        _served(tmp_path, taken.getsockname()[1])
    with pytest.raises(InputError, match="tidak-ada"):
        _served(tmp_path / "tidak-ada", None)


def test_a_cluster_that_does_not_answer_is_told_before_the_workbench_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(address: str, **_options: object) -> None:
        raise OSError(f"no answer from {address}")

    monkeypatch.setattr("distributed.Client", refuse)
    place = ServerPlace(None, USUAL_PORT, cluster="tcp://127.0.0.1:1")
    with pytest.raises(InputError, match=r"no answer from tcp://127\.0\.0\.1:1"):
        serve(tmp_path, tmp_path, SearchLimits(), place, say=lambda words: None)


def test_the_plans_of_questions_are_made_on_the_cluster(tmp_path: Path) -> None:
    workspace, runs = Workspace(tmp_path, tmp_path), Runs(tmp_path, SearchLimits())
    asked = Bench(workspace, runs, Access(1, print), "id", Archive(tmp_path), cluster="tcp://10.0.0.5:8786").questions
    assert (asked._cluster, asked._jobs) == ("tcp://10.0.0.5:8786", 0)
    runs.end()


FIRST_PAGE = """
import sys
from pathlib import Path
import planner.web.server
from planner.solve.outcome import SearchLimits
from planner.web.access import Access
from planner.web.archive import Archive
from planner.web.bench import Bench
from planner.web.configuration import configure
from planner.web.runs import Runs
from planner.web.workspace import Workspace

here = Path.cwd()
access = Access(8765, print)
work, runs = Workspace(here, here / "hasil"), Runs(here / "hasil", SearchLimits(), None, None)
configure(Bench(work, runs, access, "id", Archive(here / "hasil")))
from django.test import Client

client = Client(headers={"host": "127.0.0.1:8765"})
client.get(access.link.partition("8765")[2])
assert "contoh.yaml" in client.get("/").content.decode()
heavy = ("pydantic", "planner.domain", "planner.scenario_io", "planner.plans.plan", "pandas", "numpy", "pulp", "yaml")
print("LOADED", [name for name in heavy if name in sys.modules])
"""


def test_the_first_page_loads_neither_scenarios_nor_what_plans_them(tmp_path: Path) -> None:
    (tmp_path / "contoh.yaml").write_text("format: 1\n")
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{FIRST_PAGE}"
    answer = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "LOADED []"
