"""The workbench as its users meet it: `planner serve` as a process, and Chromium at its pages."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Any, Final, Literal

import pytest

from planner.report.gallery import stored
from planner.store.results import write_results
from tests.pages.samples import GALLERY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, StorageState

ROOT: Final = Path(__file__).parents[2]
HEIGHT: Final = 860
"""Of a window, in which pages are seen [px]."""
PICTURES: Final = ROOT / "docs" / "img"
PATIENCE: Final = 60_000
"""How long a page may take before a test is given up [ms]."""
SETTLED: Final = """
() => !document.querySelector('.htmx-request') && document.fonts.status === 'loaded' && performance.now() - Math.max(
    performance.timing.loadEventEnd - performance.timeOrigin,
    ...performance.getEntriesByType('resource').map(each => each.responseEnd)) > 120
"""
"""Whether a page has loaded and nothing more came of late; Playwright's own wait for a silent network takes 500 ms."""


@dataclass
class Site:
    """A running workbench."""

    process: subprocess.Popen[str]
    link: str
    """The link that it printed; it opens once."""
    folder: Path
    entered: StorageState | None = None
    """The cookies of whoever opened it first."""

    @property
    def top(self) -> str:
        """Its address without a path."""
        return self.link.split("/masuk")[0]


@dataclass
class Visitor:
    """A browser of its own, with one page, and all that went wrong on it."""

    context: BrowserContext
    page: Page
    site: Site
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the workbench."""
        self.page.goto(self.site.top + path)
        return self.page

    def settle(self) -> None:
        """Wait until the page has what it asks for by itself."""
        self.page.wait_for_load_state()
        self.page.wait_for_function(SETTLED, polling=50)

    def looks(self, scheme: Literal["light", "dark"], width: int) -> None:
        """Show this page, and those that follow, in another scheme of colours and another width."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def violations(self) -> list[tuple[str, str]]:
        """What axe finds on the page as it stands: rule and first element of each."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [(each["id"], each["nodes"][0]["html"]) for each in found]

    def fits(self) -> bool:
        """Whether nothing has to be scrolled sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Starts a workbench on copies of shipped scenarios; it ends with the test, as by Ctrl-C."""
    with serving(tmp_path) as start:
        yield start


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A workbench for tests that each have a scenario of their own: to start one takes as long as most of them."""
    with serving(tmp_path_factory.mktemp("bersama")) as start:
        yield start("contoh-kecil.yaml")


@pytest.fixture
def own(shared: Site, request: pytest.FixtureRequest) -> str:
    """The name of a copy of the small example in the shared workbench, for this test alone."""
    id = request.node.name.removeprefix("test_").replace("_", "-")[:20]
    text = (shared.folder / "contoh-kecil.yaml").read_text(encoding="utf-8")
    assert "id: contoh-kecil," in text or "id: contoh-kecil\n" in text
    (shared.folder / f"{id}.yaml").write_text(text.replace("id: contoh-kecil", f"id: {id}", 1), encoding="utf-8")
    return f"{id}.yaml"


@contextmanager
def serving(home: Path) -> Iterator[Callable[..., Site]]:
    """Starts workbenches on copies of shipped scenarios in a folder; they end afterwards, as by Ctrl-C."""
    with ExitStack() as all_of_them:

        def start(*files: str, plans: tuple[str, ...] = ()) -> Site:
            """Serve copies of shipped files, with the plans of some samples of the gallery."""
            folder = home / "skenario"
            folder.mkdir(exist_ok=True)
            for name in files:
                copyfile(ROOT / "scenarios" / name, folder / name)
            for sample in plans:
                write_results(*stored(GALLERY / sample), home / "reports" / sample)
            code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from planner.cli import main; main()"
            command = [sys.executable, "-u", "-c", code, "serve", "skenario", "--no-browser", "--lang", "id"]
            process = all_of_them.enter_context(
                subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, text=True, preexec_fn=_heeding_ctrl_c)
            )
            all_of_them.callback(process.send_signal, signal.SIGINT)
            assert process.stdout is not None
            return Site(process, process.stdout.readline().split()[-1], folder)

        yield start


def _heeding_ctrl_c() -> None:
    """As in a terminal, also where the tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors of a workbench; a test fails where a page of theirs had an error or asked another server."""
    made: list[Visitor] = []

    def come(site: Site, width: int = 1280, scheme: str = "light", like: Visitor | None = None, **more: Any) -> Visitor:
        """A visitor who opens the link; or who comes with the cookies of another, in a browser of its own."""
        state = like.context.storage_state() if like is not None else site.entered
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,  # type: ignore[arg-type]
            storage_state=state,
            bypass_csp=more.pop("bypass_csp", True),  # axe is put into pages by script
            locale="id-ID",
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        visitor = Visitor(context, page, site)
        made.append(visitor)
        page.on("pageerror", lambda error: visitor.wrong.append(f"{page.url}: {error}"))
        page.on("request", lambda request: _outside(visitor, request.url))
        page.goto(site.link if state is None else site.top)
        site.entered = site.entered or context.storage_state()
        return visitor

    yield come
    for visitor in made:
        visitor.context.close()
    assert [wrong for visitor in made for wrong in visitor.wrong] == []


def _outside(visitor: Visitor, address: str) -> None:
    """Note a request that goes to another server than the workbench."""
    if not address.startswith((visitor.site.top, "data:", "blob:")):
        visitor.wrong.append(f"asked {address}")


@pytest.fixture
def taken(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., None]:
    """Takes pictures of pages; with --update-goldens they become those of the documentation."""
    folder = PICTURES if request.config.getoption("--update-goldens") else tmp_path

    def take(page: Page, name: str, **more: Any) -> None:
        content = page.screenshot(path=str(folder / f"{name}.png"), animations="disabled", **more)
        assert content.startswith(b"\x89PNG")
        assert len(content) > 5_000, "an empty page"

    return take


@pytest.fixture
def picture(taken: Callable[..., None]) -> Callable[..., None]:
    """Takes pictures of what a visitor sees."""
    return lambda visitor, name, **more: taken(visitor.page, name, **more)
