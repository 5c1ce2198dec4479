"""The PDF is the report: the same figures, tagged and with bookmarks, the same bytes each time, and nothing fetched."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from planner.report import render_report
from planner.report.pdf import PdfPrinter, pdf_bytes
from planner.report.pdf.print_tree import print_tree
from tests.pages.markup import read
from tests.pages.samples import GALLERY, SAMPLES, figures, table_figures
from tests.sampled import sampled
from tests.scenarios.builders import plan, scenario
from tests.scenarios.hostile import HOSTILE, with_text_everywhere

DAY = date(2027, 8, 17)
PRINTED = ("contoh-kecil",)
"""The sample printed in every run; what was printed of the others is tracked in the gallery and read there."""


needs_pango = pytest.mark.usefixtures("printer")
"""The only tests that need a library of the system; what they make is also tracked in the gallery and read there."""


@pytest.fixture
def started_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets processes started from here on find these modules, given as code, before all others."""

    def modules(**code: str) -> None:
        for name, text in code.items():
            (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return modules


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.fixture(scope="module")
def page() -> str:
    return render_report(scenario(), plan(), made_on=DAY)


@pytest.fixture(scope="module")
def made(page: str) -> bytes:
    return pdf_bytes(page)


@pytest.fixture(scope="module")
def texts(made: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


@needs_pango
def test_the_same_report_gives_the_same_bytes(page: str, made: bytes, printer: PdfPrinter) -> None:
    """From a process of its own, and from one that has printed it before, and another report too."""
    other = f"{page[: page.index('<body')]}<body><h1>Usulan</h1></body></html>"
    first = printer.pdf_of(other)
    assert printer.pdf_of(page) == made
    assert printer.pdf_of(other) == first != made


@needs_pango
def test_every_figure_of_the_tables_is_in_the_pdf(page: str, made: bytes) -> None:
    shown = read(page)
    assert not table_figures(shown, printed=True) - figures(text_of(made))
    left_out = {part.one("table").attributes["id"] for part in shown.all("div", class_="screen")}
    assert left_out == {"table-groups", "table-heat", "table-accounts", "table-group-costs", "table-flow-agencies"}


@needs_pango
@pytest.mark.parametrize("sample", [s if s in PRINTED else pytest.param(s, marks=pytest.mark.more) for s in SAMPLES])
def test_every_figure_of_a_shipped_report_is_in_its_pdf(sample: str, printer: PdfPrinter) -> None:
    page = (GALLERY / sample / "report.html").read_text(encoding="utf-8")
    assert not table_figures(read(page), printed=True) - figures(text_of(printer.pdf_of(page)))


def test_a_report_is_read_as_xml_and_loses_only_what_a_screen_shows(page: str) -> None:
    tree, shown = print_tree(page), read(page)
    assert tree is not None
    assert len(list(tree.iter("table"))) == len(shown.all("table")) - len(shown.all("div", class_="screen"))
    linked = {e.attributes["id"] for e in shown.all("h2")} - {"front"}  # nothing links to the front page
    assert {e.get("id") for e in tree.iter("h2")} - {None} == linked
    assert print_tree("<html><body><p>bukan XML<br></body></html>") is None


def test_charts_are_images_with_their_words_and_no_elements_of_the_page(page: str) -> None:
    tree, charts = print_tree(page), read(page).all("svg")
    assert tree is not None
    images = [image for image in tree.iter("img") if image.get("src", "").startswith("data:image/svg+xml;base64,")]
    assert len(images) == len(charts) > 0
    assert all(image.get("alt") and image.get("class") == "chart" for image in images)
    assert not [element.tag for element in tree.iter() if element.tag.startswith("{http://www.w3.org/2000/svg}")]


@needs_pango
@pytest.mark.parametrize(("other", "pieces"), [("", 1), ("<br>", len("lurus"))], ids=["ours", "of others"])
def test_a_text_of_our_charts_is_one_piece(other: str, pieces: int, printer: PdfPrinter) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20"><text x="5" y="9">lurus</text></svg>'
    reader = PdfReader(io.BytesIO(printer.pdf_of(f'<html lang="id"><body>{svg}{other}</body></html>')))
    contents = reader.pages[0].get_contents()
    assert contents is not None
    assert contents.get_data().count(b" TJ") == pieces
    assert "lurus" in "".join(reader.pages[0].extract_text().split())


@needs_pango
def test_it_keeps_what_a_file_for_archives_must(made: bytes) -> None:
    """No tool that certifies PDF/A can be had as a package; these are the rules that a report could break."""
    reader: Any = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert [intent["/S"] for intent in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert root["/OutputIntents"][0]["/DestOutputProfile"].get_object()["/N"] == 3
    assert len(reader.trailer["/ID"]) == 2
    assert "/Encrypt" not in reader.trailer
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(root.get("/Names", {}))
    assert not {"/AA", "/OpenAction", "/AcroForm", "/OCProperties"} & set(root)
    fonts = {id(f.get_object()): f.get_object() for page in reader.pages for f in page["/Resources"]["/Font"].values()}
    assert fonts
    for font in fonts.values():
        assert "/ToUnicode" in font
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    for page in reader.pages:
        assert page["/StructParents"] >= 0
        for annotation in page.get("/Annots", ()):
            assert annotation.get_object()["/F"] == 4


@needs_pango
def test_rows_and_cells_of_tables_are_in_the_structure(page: str, made: bytes) -> None:
    reader: Any = PdfReader(io.BytesIO(made))
    objects = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]) - 2)]
    kinds = Counter(str(e["/S"]) for e in objects if isinstance(e, dict) and e.get("/Type") == "/StructElem")
    tree = print_tree(page)
    assert tree is not None
    for tag in ("table", "tr", "th", "td", "h2", "h3"):
        assert kinds[f"/{'Table' if tag == 'table' else tag.upper()}"] >= len(list(tree.iter(tag))), tag
    assert {"/H1", "/P", "/L", "/Figure", "/Caption"} <= kinds.keys()


@needs_pango
def test_without_the_library_that_cuts_fonts_the_bytes_are_repeatable(
    started_with: Callable[..., None], tmp_path: Path, page: str
) -> None:
    """The child process finds every library but HarfBuzz-Subset, so that fontTools subsets the fonts."""
    started_with(
        sitecustomize="import cffi, pathlib\n"
        "load = cffi.FFI.dlopen\n"
        "def without(self, name, flags=0):\n"
        "    if 'subset' in name:\n"
        f"        pathlib.Path({str(tmp_path / 'missed')!r}).touch()\n"
        "        raise OSError(name)\n"
        "    return load(self, name, flags)\n"
        "cffi.FFI.dlopen = without\n"
    )
    text = "<h1>Rencana</h1><p>Rp1.234 <b>untuk</b> <i>kelas</i></p></body></html>"
    short = page[: page.index("<body")] + "<body>" + text
    first = pdf_bytes(short)
    assert (tmp_path / "missed").exists()
    drawn: Any = PdfReader(io.BytesIO(first)).pages[0]
    assert len(drawn["/Resources"]["/Font"]) > 1
    time.sleep(1.1)
    assert pdf_bytes(short) == first


@needs_pango
def test_it_is_tagged_and_says_its_language_title_and_variant(made: bytes) -> None:
    reader = PdfReader(io.BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "id"
    assert reader.metadata is not None
    assert reader.metadata.title == "Rencana Bangkom Contoh TA 2027"
    stored = root["/Metadata"].get_object().get_data().decode()
    assert 'part="2"' in stored
    assert 'conformance="A"' in stored


@needs_pango
def test_each_section_has_a_bookmark(page: str, made: bytes) -> None:
    _first, *rest = PdfReader(io.BytesIO(made)).outline
    titles = [entry.title for entry in rest[0] if not isinstance(entry, list)]
    assert titles == [heading.text for heading in read(page).all("h2")]


@needs_pango
def test_each_page_has_its_number_and_all_but_the_first_the_title(texts: list[str]) -> None:
    for number, text in enumerate(texts, start=1):
        assert f"Halaman {number} / {len(texts)}" in text
        assert number == 1 or "BPSDM Provinsi Jambi · Rencana Bangkom Contoh TA 2027" in text


@needs_pango
def test_the_contents_list_gives_the_page_of_each_section(page: str, texts: list[str]) -> None:
    contents = texts[1]
    for heading in read(page).all("h2")[1:]:
        words = heading.text.split(" ", 1)[1]
        number = int(contents.split(words)[1].split("\n")[0])
        assert words in texts[number - 1]


TEXTS = (
    '<img src="file:///etc/passwd"><img src="http://example.org/x.png">',
    *(text for text in HOSTILE if "</style>" in text or "@import" in text),
)
"""Texts that would fetch or run something; the others are held against the page that the PDF is made from."""


@needs_pango
@pytest.mark.parametrize("text", sampled(TEXTS, 3))
def test_hostile_text_is_inert(text: str, printer: PdfPrinter) -> None:
    built = with_text_everywhere(text)
    content = printer.pdf_of(render_report(built, plan(built), [text], made_on=DAY))
    reader = PdfReader(io.BytesIO(content))
    assert b"/JavaScript" not in content
    assert b"/URI" not in content
    assert "/EmbeddedFiles" not in str(reader.trailer["/Root"])
    assert "".join(text.split())[:12] in "".join(text_of(content).split())


@needs_pango
def test_no_file_and_no_network_is_read(started_with: Callable[..., None], tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="9"><text y="9">RAHASIA</text></svg>')
    sheet = tmp_path / "gaya.css"
    sheet.write_text("body::before { content: 'RAHASIA' }")
    opened = tmp_path / "opened"
    started_with(
        sitecustomize="import pathlib, socket, urllib.request\n"
        "def refuse(*anything, **more):\n"
        f"    pathlib.Path({str(opened)!r}).touch()\n"
        "    raise OSError('nothing may be opened in this test')\n"
        "socket.socket.connect = socket.getaddrinfo = urllib.request.FileHandler.file_open = refuse\n"
    )
    url = secret.as_uri()
    hostile = "".join(
        f'<img src="{to}"><object data="{to}"></object><embed src="{to}">'
        f'<svg><image href="{to}"/><use href="{to}#a"/></svg>'
        f'<link rel="stylesheet" href="{to}"><link rel="attachment" href="{to}">'
        f'<style>@import url("{to}"); p {{ background: url("{to}") }} @font-face {{ font-family: x; src: url("{to}") }}'
        f"</style><p style=\"background: url('{to}'); font-family: x\">ada</p>"
        for to in (
            url,
            sheet.as_uri(),
            str(secret),
            "http://example.org/x.png",
            "//example.org/x.css",
            "ftp://example.org/x",
        )
    )
    content = pdf_bytes(f"<html><body>{hostile}</body></html>")
    assert not opened.exists()
    assert "RAHASIA" not in text_of(content)
    assert "ada" in text_of(content)
    assert "/EmbeddedFiles" not in str(PdfReader(io.BytesIO(content)).trailer["/Root"])
