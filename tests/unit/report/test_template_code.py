"""Compiled templates are kept, and never used when they no longer fit."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from planner.report.template_code import FOLDER, TemplateCode


def environment(folder: Path, settings: Path) -> Environment:
    return Environment(loader=FileSystemLoader(folder), bytecode_cache=TemplateCode(str(settings)), autoescape=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "settings.py").write_text("")
    (tmp_path / "page.html").write_text("Hello {{ name }}")
    return tmp_path


def rendered(folder: Path) -> str:
    return environment(folder, folder / "settings.py").get_template("page.html").render(name="<A>")


def kept(folder: Path) -> Path:
    (file,) = (folder / FOLDER).iterdir()
    return file


def test_what_is_kept_gives_the_same_page(folder: Path) -> None:
    assert rendered(folder) == "Hello &lt;A&gt;"
    before = kept(folder).stat().st_mtime_ns
    assert rendered(folder) == "Hello &lt;A&gt;"
    assert kept(folder).stat().st_mtime_ns == before


def test_a_changed_text_is_compiled_anew_although_its_time_is_the_same(folder: Path) -> None:
    rendered(folder)
    at = (folder / "page.html").stat()
    (folder / "page.html").write_text("Halo. {{ name }}")
    os.utime(folder / "page.html", ns=(at.st_atime_ns, at.st_mtime_ns))
    assert rendered(folder) == "Halo. &lt;A&gt;"


def test_changed_settings_compile_anew(folder: Path) -> None:
    rendered(folder)
    before = kept(folder).read_bytes()
    (folder / "settings.py").write_text("# trim_blocks")
    assert rendered(folder) == "Hello &lt;A&gt;"
    assert kept(folder).read_bytes() != before


@pytest.mark.parametrize("left", [0, 20, 40])
def test_half_a_file_is_not_used(folder: Path, left: int) -> None:
    rendered(folder)
    kept(folder).write_bytes(kept(folder).read_bytes()[:left])
    assert rendered(folder) == "Hello &lt;A&gt;"


def test_pages_are_made_where_nothing_can_be_kept(folder: Path) -> None:
    (folder / FOLDER).write_text("a file in the way")
    assert rendered(folder) == "Hello &lt;A&gt;"


def test_nothing_is_kept_where_python_keeps_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    rendered(folder)
    assert not (folder / FOLDER).exists()
