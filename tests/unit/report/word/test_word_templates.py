"""Templates of agencies: their own letterhead and order, tags as Word leaves them, and what is refused and why."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from planner.domain.logo import data_uri
from planner.errors import InputError
from planner.locale import speaking
from planner.report.material import material_of
from planner.report.word import LETTER, Templates, read_templates, template_bytes, word_documents
from planner.report.word.template import WordTemplate
from planner.report.word.variables import BLOCKS, KNOWN, OF_SECTION, TEXTS
from tests.scenarios.builders import plan, scenario
from tests.unit.report.word.word_files import W, faults, lines, opened, png, saved, template, text

PAGE = Path(__file__).parents[4] / "docs" / "word.md"


def filled(content: bytes, **identity: object) -> bytes:
    """Terms of reference of the small plan in a template."""
    with speaking("id"):
        of = scenario(scenario=identity)
        made = WordTemplate(content, "kop.docx")
        return word_documents(material_of(of, plan(of)), Templates(made, made))["kak.docx"]


def refusal(content: bytes) -> str:
    with speaking("id"), pytest.raises(InputError) as error:
        WordTemplate(content, "kop.docx")
    return str(error.value)


def test_an_agency_has_its_own_letterhead_order_and_words() -> None:
    content = filled(
        template(
            "KEPUTUSAN {{ judul }} {{ sub_kegiatan|upper }} senilai {{ biaya }} ({{ biaya_terbilang }})",
            "{{ jadwal }}",
            "{{ dasar_hukum }}",
            "{%p if sumber_dana %}",
            "Dana: {{ sumber_dana }}",
            "{%p endif %}",
            header="PEMERINTAH PROVINSI JAMBI {{ instansi }}",
        )
    )
    words = list(lines(content))

    assert faults(content) == []
    assert opened(content).sections[0].header.paragraphs[0].text == "PEMERINTAH PROVINSI JAMBI BPSDM Provinsi Jambi"
    assert words[0].startswith("KEPUTUSAN Kerangka Acuan Kerja (KAK) RENCANA BANGKOM CONTOH TA 2027 senilai Rp")
    assert next(n for n, line in enumerate(words) if "Tanggal tiap angkatan" in line) < next(
        n for n, line in enumerate(words) if "Undang-Undang" in line
    )
    assert any(line.startswith("Dana: APBD") for line in words)


def test_every_variable_can_stand_in_a_template() -> None:
    texts = [f"{name}: {{{{ {name} }}}}" for name in TEXTS]
    blocks = [f"{{{{ {name} }}}}" for name in BLOCKS]
    content = filled(template("{{ logo }}", *texts, *blocks), logo=data_uri(png()))

    assert faults(content) == []
    assert not [line for line in lines(content) if "{{" in line or "}}" in line]
    assert len(opened(content).inline_shapes) == 1


def test_who_signs_can_be_a_table_of_ones_own() -> None:
    rows = [
        ["Jabatan", "Nama"],
        ["{%tr for orang in penanda_tangan %}", ""],
        ["{{ orang.jabatan }}", "{{ orang.nama }}"],
        ["{%tr endfor %}", ""],
    ]
    content = filled(template("{{ isi }}", table=rows), signatories=[{"role": "A & B", "name": "<Uji>"}, {"role": "C"}])
    signed = [line for line in lines(content) if line.startswith(("A & B", "C |"))]
    assert signed == ["A & B | <Uji>", "C | " + "…" * 12]
    assert faults(content) == []


def split(*runs: tuple[str, bool]) -> bytes:
    """A template whose paragraph has runs, some of them bold, as Word leaves a tag that was edited."""
    document = Document()
    made = document.add_paragraph()
    for words, bold in runs:
        made.add_run(words).bold = bold
    return saved(document)


def test_a_tag_split_over_runs_is_read_and_what_follows_keeps_its_look() -> None:
    runs = (("Biaya {", True), ("{ bi", False), ("aya }", True), ("} lunas ", False))
    document = opened(split(*runs))
    document.add_paragraph("{{ isi }}")
    content = filled(saved(document))
    first = opened(content).paragraphs[0]

    assert first.text.startswith("Biaya Rp")
    assert [run.text for run in first.runs if run.text and not run.bold] == [" lunas "]
    assert faults(content) == []


@pytest.mark.parametrize(
    "tag", ["{{isi}}", "{{ isi }}", "{{p isi }}", "{{ isi|safe }}", "{% if isi %}{{ isi }}{% endif %}"]
)
def test_a_block_may_be_written_in_any_way(tag: str) -> None:
    content = filled(template(tag))
    assert "A. Dasar hukum" in text(content)
    assert faults(content) == []


def test_a_block_in_a_cell_or_a_header_leaves_a_document_that_word_can_read() -> None:
    assert faults(filled(template("{{ isi }}", table=[["{{ rincian_biaya }}", "{{ jadwal }}"]]))) == []
    assert faults(filled(template("{{ isi }}", header="{{ identitas }}"))) == []


def test_a_template_without_lists_and_styles_of_word_gets_ours() -> None:
    document = Document()
    document.add_paragraph("{{ isi }}")
    for name in ("Heading 1", "Caption", "List Paragraph"):
        style = document.styles[name].element
        style.getparent().remove(style)
    rels = document.part.rels
    for key in [key for key, each in rels.items() if each.reltype.endswith("/numbering")]:
        del rels[key]
    content = filled(saved(document))

    assert faults(content) == []
    assert [each.style.name for each in opened(content).paragraphs if each.text.startswith("A. ")] == ["Heading 1"]


def test_the_shipped_template_can_be_filled_and_is_the_same_every_time() -> None:
    for sections in (False, True):
        shipped = template_bytes("id", sections=sections)
        assert shipped == template_bytes("id", sections=sections)
        assert faults(shipped) == []
        assert faults(filled(shipped)) == []
    names = WordTemplate(template_bytes("id", sections=True), "kak.docx").names
    assert set(OF_SECTION.values()) <= names


def test_a_template_with_the_whole_document_serves_the_letter_too(tmp_path: Path) -> None:
    whole, parts = tmp_path / "kop.docx", tmp_path / "kak.docx"
    whole.write_bytes(template("KOP SENDIRI", "{{ isi }}"))
    parts.write_bytes(template("KOP SENDIRI", "{{ jadwal }}"))
    of = scenario()
    material = material_of(of, plan(of))

    assert "KOP SENDIRI" in text(word_documents(material, read_templates(str(whole), None))[LETTER])
    assert "KOP SENDIRI" not in text(word_documents(material, read_templates(str(parts), None))[LETTER])
    assert "KOP SENDIRI" in text(word_documents(material, read_templates(None, str(whole)))[LETTER])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "bukan dokumen Word"),
        (b"%PDF-1.7", "bukan dokumen Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "berkata sandi"),
        (b"PK\x03\x04" + bytes(40), "rusak"),
        (template("tanpa tag"), "tidak memuat satu tag pun"),
        (template("{{ isi"), "tidak utuh"),
        (template("{{ isi }", "{{ jadwal }}"), "tidak utuh"),
        (template("{% if isi %}"), "tidak dapat dipahami"),
        (template("{%p for x in penanda_tangan %}", "{{ isi }}"), "tidak dapat dipahami"),
        (template("{{ isi }}", "{{ intansi }}"), "'intansi' bukan variabel templat. Maksud Anda 'instansi'?"),
        (template("{{ isi }} {{ isi + }}"), "tidak dapat dipahami. Letaknya dekat: {{ isi + }}"),
        (template("{{ isi | tak_ada }}"), "tidak dapat dipahami: tidak ada filter 'tak_ada'"),
        (template("{{ isi }}", "{% if jenis == 'surat' %}"), "tidak dapat dipahami: 'endif' kurang"),
        (template("{{ isi }}", "{{ judul.x }}"), "tidak dapat dipahami: tidak ada 'x'"),
        (template("Isi: {{ isi }}"), "di samping {{ isi }} ada yang lain dalam paragraf itu: 'Isi: {{ isi }}'. Taruh"),
        (template("{{ judul }} {{ isi }}"), "di samping {{ isi }} ada yang lain"),
        (template("{{ isi }}", table=[["Jadwal: {{jadwal}}"]]), "di samping {{ jadwal }} ada yang lain"),
        (template("{{ isi }}", header="{{p identitas }} hlm."), "di samping {{ identitas }} ada yang lain"),
        (template("{{ judul }}", header="{{ isi }}"), "{{ isi }} berada di kepala atau kaki halaman"),
        (template("{{ isi }}", header="{{ jadwal }}"), "{{ jadwal }} berada di kepala atau kaki halaman"),
    ],
    ids=lambda value: "file" if isinstance(value, bytes) else value,  # not its bytes, which hold the time of making
)
def test_a_template_that_cannot_be_used_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize(
    ("words", "terms", "letter"),
    [
        ("{{ isi }}", True, True), ("{{ jadwal }}", True, False), ("{{ isi_surat }}", False, True),
        ("{{ biaya }}", False, True), ("{{ tanda_tangan }}", False, True),
    ],
)  # fmt: skip
def test_a_document_without_its_text_is_refused(tmp_path: Path, words: str, terms: bool, letter: bool) -> None:
    file = tmp_path / "kop.docx"
    file.write_bytes(template(words))
    for taken, given in ((terms, (str(file), None)), (letter, (None, str(file)))):
        if taken:
            read_templates(*given)
        else:
            with speaking("id"), pytest.raises(InputError, match=r"tidak memuat blok|memuat blok KAK"):
                read_templates(*given)


def test_all_that_is_unknown_is_said_at_once_with_what_is_known() -> None:
    said = refusal(template("{{ isi }} {{ apa_ini }}", "{{ lain }}"))
    assert "'apa_ini'" in said
    assert "'lain'" in said
    assert all(name in said for name in KNOWN)


def with_part(name: str, content: bytes, *, types: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """A template in which one part is another, or its type."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template("{{ isi }}"))) as source, zipfile.ZipFile(made, "w", 8) as target:
        for part in source.namelist():
            data = content if part == name else source.read(part)
            target.writestr(part, data.replace(*types) if part == "[Content_Types].xml" and types[0] else data)
    return made.getvalue()


def test_other_files_of_office_and_bombs_are_refused() -> None:
    main = b"wordprocessingml.document.main+xml"
    whole = b"application/vnd.openxmlformats-officedocument." + main
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    assert "makro" in refusal(with_part("", b"", types=(whole, macros)))
    assert "makro" in refusal(with_part("", b"", types=(main, b"wordprocessingml.template.main+xml")))
    assert "bukan dokumen Word" in refusal(with_part("", b"", types=(main, b"spreadsheetml.sheet.main+xml")))
    assert "jauh lebih besar" in refusal(with_part("word/styles.xml", b" " * 40_000_000))
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'
    assert "entitas" in refusal(with_part("word/document.xml", entity))
    assert "rusak" in refusal(with_part("word/document.xml", b"<w:document"))


@pytest.mark.parametrize(
    "tag",
    [
        "{{ judul.__class__.__mro__ }}",
        "{{ judul / 2 }}",
        "{{ isi | tak_ada }}",
        "{% if jenis == 'surat' %}{{ judul.x }}{% endif %}",
        "{% for a in range(10**9) %}{% endfor %}",
        "{{ isi() }}",
    ],
)
def test_a_template_can_do_nothing_but_place_text(tag: str) -> None:
    assert "kop.docx" in refusal(template(tag, "{{ isi }}"))


def test_a_table_is_as_wide_as_its_cell_or_its_section() -> None:
    document = opened(template("{{ isi }}", table=[["{{ indikator }}", "lain"]]))
    wide = document.add_section()
    wide.page_width, wide.page_height = wide.page_height, wide.page_width
    document.add_paragraph("{{ indikator }}")
    tables = opened(filled(saved(document))).element.body.iter(f"{W}tbl")
    widths = {
        int(each.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) for each in tables if "Masukan" in "".join(each.itertext())
    }
    cell, page, across = sorted(width for width in widths if width)
    assert cell < page / 2 < page < across


def with_note(kind: str, words: str) -> bytes:
    """A template with a part of footnotes, endnotes or comments."""
    document = opened(template("{{ isi }}"))
    content = f'<w:{kind} xmlns:w="{W[1:-1]}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}>'
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    part = Part(PackURI(f"/word/{kind}.xml"), content_type, content.encode(), document.part.package)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")
    return saved(document)


def test_texts_are_filled_in_in_footnotes_and_in_no_other_notes() -> None:
    content = filled(with_note("footnotes", "{{ instansi }}"), agency="A & B {_{")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"A &amp; B {_{" in archive.read("word/footnotes.xml")
    for kind, words in (("footnotes", "{{ isi }}"), ("endnotes", "{{ instansi }}"), ("comments", "{{ biaya }}")):
        assert "catatan" in refusal(with_note(kind, words))
    assert "tidak dapat dipahami" in refusal(with_note("footnotes", "{{ biaya"))


def test_the_page_lists_every_variable() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in KNOWN if f"`{{{{ {name} }}}}`" not in page and f"`{name}`" not in page] == []
