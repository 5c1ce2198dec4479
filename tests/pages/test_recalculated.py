"""LibreOffice reckons the workbook anew, and comes to the figures that stand in it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Final

import pytest
from openpyxl import load_workbook

from planner.report.results_workbook import workbook_bytes
from tests.pages.samples import kept

OFFICE: Final = shutil.which("soffice")
RESULT: Final = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")
"""A formula and its stored value."""


def without_results(workbook: bytes) -> bytes:
    """The workbook with formulas alone, so that what it shows afterwards was reckoned from them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, RESULT.sub(rb"\1", content) if name.startswith("xl/worksheets/") else content)
    return made.getvalue()


def recalculated(workbook: bytes, folder: Path) -> bytes:
    """What LibreOffice saves after it has reckoned all formulas, with settings of its own in `folder`."""
    (folder / "rencana.xlsx").write_bytes(without_results(workbook))
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    (settings / "registrymodifications.xcu").write_text(
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
        '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>',
        encoding="utf-8",
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    made = [
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder / "made"),
        str(folder / "rencana.xlsx"),
    ]
    subprocess.run([str(OFFICE), profile, "--headless", *made], check=True, capture_output=True, timeout=300)
    return (folder / "made" / "rencana.xlsx").read_bytes()


@pytest.mark.more
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed: formulas are not reckoned anew")
@pytest.mark.parametrize("sample", ["kabupaten-2027", "jambi-2027-2029", "contoh-kecil-perubahan"])
def test_every_formula_gives_in_libreoffice_what_the_workbook_shows(sample: str, tmp_path: Path) -> None:
    workbook = workbook_bytes(*kept(sample))
    formulas = load_workbook(io.BytesIO(workbook))
    shown, again = (
        load_workbook(io.BytesIO(content), data_only=True) for content in (workbook, recalculated(workbook, tmp_path))
    )
    found = [
        (sheet.title, cell.coordinate) for sheet in formulas for row in sheet for cell in row if cell.data_type == "f"
    ]
    assert len(found) > 100
    for sheet, place in found:
        ours, theirs = shown[sheet][place].value, again[sheet][place].value
        same = theirs == pytest.approx(ours, rel=1e-9) if isinstance(ours, int | float) else theirs == ours
        assert same, f"{sheet}!{place} {formulas[sheet][place].value}: {ours!r} shown, {theirs!r} reckoned"
