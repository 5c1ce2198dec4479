"""PDFs are made in a process of their own: this one keeps its settings, and every ending of the child is reported.

A module `weasyprint` of the test stands in for WeasyPrint, so nothing is drawn.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import InputError, PlannerError
from planner.report.pdf import PdfPrinter, pdf_bytes
from tests.unit.solve.processes import until

Install = Callable[[str], None]

DRAWING = """
import re, sys, types
def make_pdf(html):
    print("a message of a library")
    return (re.search("<p>(.*)</p>", html) or [0, ""])[1].encode() * 200_000
layout = sys.modules["planner.report.pdf.layout"] = types.ModuleType("layout")
layout.make_pdf = make_pdf
"""
"""Code of a WeasyPrint that puts another layout in place of ours: it writes the text of a report again and again."""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Replaces WeasyPrint by a module with this code, in processes that are started from here on."""

    def module(code: str) -> None:
        (tmp_path / "weasyprint.py").write_text(code, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return module


def ensure_ready() -> None:
    with PdfPrinter() as printer:
        printer.ensure_ready()


def page(text: str) -> str:
    return f"<html><body><p>{text}</p></body></html>"


def test_what_a_library_prints_does_not_get_into_the_pdf(install: Install, capfd: pytest.CaptureFixture[str]) -> None:
    install(DRAWING)
    assert pdf_bytes(page("abc")) == b"abc" * 200_000
    assert capfd.readouterr() == ("", "")


def test_several_threads_make_pdfs_at_the_same_time(install: Install) -> None:
    install(DRAWING)
    made: dict[str, bytes] = {}

    def make(text: str) -> None:
        made[text] = pdf_bytes(page(text))

    threads = [threading.Thread(target=make, args=(text,)) for text in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == {text: text.encode() * 200_000 for text in "abcd"}


def test_this_process_keeps_its_settings_while_a_pdf_is_made(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (begun, go) = (tmp_path / "begun", tmp_path / "go")
    waiting = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch()\n"
    waiting += f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.01)\n"
    install(waiting + DRAWING)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def settings() -> tuple[object, ...]:
        return gc.get_threshold(), dict(os.environ), sys.stdout, list(warnings.filters), "weasyprint" in sys.modules

    before = settings()
    thread = threading.Thread(target=pdf_bytes, args=(page("abc"),))
    thread.start()
    assert until(begun.exists)
    during = settings()
    go.touch()
    thread.join()
    assert before == during == settings()


def test_the_child_starts_without_the_libraries_of_planning(install: Install) -> None:
    heavy = ("pandas", "pulp", "pydantic", "numpy", "jinja2", "babel", "yaml")
    found = f"[name for name in {heavy} if name in sys.modules]"
    install(f"import sys; found = {found}; assert not found, found\n{DRAWING}")
    ensure_ready()


def test_without_the_package_the_remedy_is_named(install: Install) -> None:
    install("raise ImportError")
    with pytest.raises(InputError, match=r"planner\[pdf\]"):
        ensure_ready()
    with pytest.raises(InputError, match=r"planner\[pdf\]"):
        pdf_bytes(page("abc"))


def test_without_the_system_library_the_one_line_to_install_it_is_named(
    install: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    install("print('could not import some libraries'); raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    with pytest.raises(InputError, match="apt-get install -y libpango"):
        ensure_ready()
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are found in other ways")
def test_no_program_is_started_to_find_libraries(install: Install) -> None:
    without = "import ctypes.util, subprocess\nsubprocess.Popen = None\nctypes.util.find_library('pango-1.0-0')\n"
    install(without + DRAWING)
    ensure_ready()


def test_libraries_that_their_file_names_do_not_find_are_looked_for_as_python_does(install: Install) -> None:
    install(f"import ctypes.util\nif ctypes.util.find_library('c') is None:\n    raise OSError('libpango')\n{DRAWING}")
    ensure_ready()


def test_one_process_prints_one_report_after_another_and_loads_the_library_once(
    install: Install, tmp_path: Path
) -> None:
    loaded = f"import os; open({str(tmp_path / 'loaded')!r}, 'a').write(f'{{os.getpid()}} ')\n"
    install(loaded + DRAWING)
    with PdfPrinter() as printer:
        printer.ensure_ready()
        for text in ("abc", "def"):
            assert printer.pdf_of(page(text)) == text.encode() * 200_000
    assert len((tmp_path / "loaded").read_text().split()) == 1


def test_after_a_failure_the_next_report_gets_a_process_of_its_own(install: Install) -> None:
    install(DRAWING.replace('print("a message of a library")', "assert 'bad' not in html"))
    with PdfPrinter() as printer:
        assert printer.pdf_of(page("abc")) == b"abc" * 200_000
        with pytest.raises(PlannerError, match="AssertionError"):
            printer.pdf_of(page("bad"))
        assert printer.pdf_of(page("def")) == b"def" * 200_000


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os.kill(os.getpid(), 9)", r"\b9\b"),
        ("import os; os.kill(os.getpid(), 11)", "sinyal 11.*memori habis; tutup program lain"),
        ("raise OSError('failed to map segment from shared object')", "memori yang diperlukannya"),
        ("raise ImportError('Cannot allocate memory')", "memori yang diperlukannya"),
        ("raise MemoryError", "memori yang diperlukannya"),
        ("raise ValueError('no such colour')", "ValueError: no such colour"),
        ("import os; os._exit(7)", r"\b7\b"),
    ],
    ids=["killed", "crashed", "library not mapped", "package not mapped", "no memory", "exception", "exit"],
)
def test_a_failure_of_the_child_is_a_clear_error(install: Install, code: str, reason: str) -> None:
    install(code)
    with pytest.raises(PlannerError, match=reason) as caught:
        pdf_bytes(page("abc" * 100_000))
    with pytest.raises(PlannerError, match=reason), PdfPrinter() as printer:
        printer.ensure_ready()
    assert "report.html" in str(caught.value)
    assert not isinstance(caught.value, InputError)


def running(process: int) -> bool:
    """Whether a process runs: it is there, and not only its entry that nobody has collected yet."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_ctrl_c_ends_the_child_too(install: Install, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    # the page is there once the parent waits for the PDF; before that Ctrl-C might come amid the start of the child
    noted = f"pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(600)"
    drawing = DRAWING.replace('print("a message of a library")', noted)
    install(f"import os, pathlib, time\n{drawing}")
    # a test run in the background ignores Ctrl-C, and so would the parent
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "from planner.report.pdf import pdf_bytes; pdf_bytes('<p/>')"
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) as parent:
        there = until(lambda: note.exists() and bool(note.read_text()))
        parent.send_signal(signal.SIGINT)
        _out, err = parent.communicate(timeout=60)
    assert there
    assert b"KeyboardInterrupt" in err
    assert until(lambda: not running(int(note.read_text())))
