"""`planner serve` as a process of its own, and a browser that is signed in to it.

with Served(folder) as bench:     folder has `skenario`; results go to `reports`
    bench.get("riwayat")          the text of a page
    bench.post("skenario/x/susun")
    bench.kill()                  as kill -9
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Self
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-u", "-c", "from planner.cli import main; main()")


class Served:
    """A running workbench."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "skenario", "--no-browser", "--lang", "en"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        link = self.process.stdout.readline().split()[-1]
        self.top = link.split("/masuk")[0]
        self._cookies = CookieJar()
        self._browser = build_opener(HTTPCookieProcessor(self._cookies))
        self._browser.open(link, timeout=60).close()

    def get(self, address: str) -> str:
        """The text of a page, or of a document what can be read of it."""
        with self._browser.open(f"{self.top}/{address}", timeout=60) as answer:
            return str(answer.read().decode(errors="replace"))

    def post(self, address: str, **given: str) -> None:
        token = next(cookie.value for cookie in self._cookies if cookie.name.endswith("-form"))
        content = urlencode({"csrfmiddlewaretoken": token, **given}).encode()
        request = Request(f"{self.top}/{address}", content, {"Origin": self.top})
        self._browser.open(request, timeout=60).close()

    def kill(self) -> None:
        """End it as kill -9 and a power cut do."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()
