"""Templates as offices have them: indented first lines, narrow cells, columns of text, deletions that Word tracks."""

from __future__ import annotations

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from planner.errors import InputError
from planner.locale import speaking
from planner.report.material import material_of
from planner.report.views.signatures import Signature
from planner.report.word import Templates, word_documents
from planner.report.word.elements import Styles, Writer
from planner.report.word.numbering import Numbering
from planner.report.word.template import WordTemplate
from tests.scenarios.builders import plan, scenario
from tests.unit.report.word.word_files import W, lines, opened, saved, template


def filled(content: bytes, document: str = "kak.docx") -> bytes:
    """A document of the small plan in a template."""
    with speaking("id"):
        of = scenario()
        made = WordTemplate(content, "kop.docx")
        return word_documents(material_of(of, plan(of)), Templates(made, made))[document]


def refusal(content: bytes) -> str:
    with speaking("id"), pytest.raises(InputError) as error:
        WordTemplate(content, "kop.docx")
    return str(error.value)


@pytest.mark.parametrize("document", ["kak.docx", "surat-pengantar.docx"])
def test_titles_captions_and_addressees_begin_at_the_margin_where_first_lines_are_indented(document: str) -> None:
    kop = opened(template("{{ isi }}"))
    kop.styles["Normal"].paragraph_format.first_line_indent = Cm(1.25)
    made = opened(filled(saved(kop), document))
    own = [each for each in made.paragraphs if each.paragraph_format.first_line_indent is not None]
    said = {each.text for each in own if not each.paragraph_format.first_line_indent}
    captions = {each.text for each in made.paragraphs if each.style is not None and each.style.name == "Caption"}
    assert captions <= said
    assert any(each.startswith("KERANGKA" if document == "kak.docx" else "Yth") for each in said)
    assert any(
        len(each.text) > 60 and each.paragraph_format.first_line_indent is None for each in made.paragraphs
    )  # sentences stay as the template has them


@pytest.mark.parametrize("document", ["kak.docx", "surat-pengantar.docx"])
def test_the_last_sentence_goes_to_the_page_of_those_who_sign(document: str) -> None:
    body = opened(filled(template("{{ isi }}"), document)).element.body
    signed = next(table for table in body.iter(f"{W}tbl") if "NIP" in "".join(table.itertext()))
    before = signed.getprevious()
    assert "".join(before.itertext())
    assert before.find(f"{W}pPr/{W}keepNext") is not None


@pytest.mark.parametrize("count", [1, 2, 3])
def test_where_two_cannot_sign_beside_each_other_they_sign_below_the_first_one_last(count: int) -> None:
    people = [Signature("Jambi" if at == count - 1 else "", "", "Kepala", f"nama {at}", "NIP") for at in range(count)]
    (block, _gap) = Writer(Styles("", "", "", ""), Numbering(Document()), 4_000).signing(people)
    rows = [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in block.iter(f"{W}tr")]
    assert [len(row) for row in rows] == [1] * count
    assert rows[0][0].startswith("Jambi")
    assert "nama 0" in rows[-1][0]


def in_columns(*words: str) -> bytes:
    """A template with its text in two columns."""
    document = opened(template(*words))
    section = document.sections[0]._sectPr
    for old in section.findall(f"{W}cols"):
        section.remove(old)
    section.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="425"/>'))
    return saved(document)


def test_no_table_is_squeezed_into_columns_of_text() -> None:
    said = refusal(in_columns("{{ isi }}", "{{ jadwal }}", "{{ dasar_hukum }}"))
    assert "{{ isi }} berada di bagian dokumen yang teksnya berkolom-kolom" in said
    assert "{{ jadwal }} berada" in said
    assert "dasar_hukum }} berada" not in said
    two = opened(in_columns("{{ dasar_hukum }}"))
    section = two.add_section()
    section._sectPr.find(f"{W}cols").set(f"{W}num", "1")
    two.add_paragraph("{{ isi }}")
    assert "Indikator kinerja" in "\n".join(lines(filled(saved(two))))


def test_a_misspelt_tag_is_told_beside_one_that_cannot_be_read_and_what_was_meant() -> None:
    said = refusal(template("{{ nomer_dokumen }}", "{{ latar belakang }}", "{{ isi }}"))
    assert "Letaknya dekat: {{ latar belakang }}" in said
    assert "Maksud Anda 'latar_belakang'?" in said
    assert "'nomer_dokumen' bukan variabel templat. Maksud Anda 'nomor_dokumen'?" in said
    loop = ("{%p for orang in penanda_tangan %}", "{{ orang }}", "{%p endfor %}")
    assert "'orang' bukan" not in refusal(template(*loop, "{{ latar belakang }}", "{{ isi }}"))


def test_a_tag_deleted_while_word_tracked_changes_is_gone() -> None:
    document = opened(template("{{ isi }}"))
    deleted = "".join(f"<w:r><w:delText>{part}</w:delText></w:r>" for part in ("{{ la", "ma }} dan"))
    document.add_paragraph("Nomor")._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1">{deleted}</w:del>'))
    kept = parse_xml(f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>coretan</w:delText></w:r></w:del>')
    document.add_paragraph("Hal")._p.append(kept)
    made = opened(filled(saved(document))).element.body
    assert [each.text or "" for each in made.iter(f"{W}delText")] == ["", "", "coretan"]


@pytest.mark.parametrize(("gone", "text"), [("del", "delText"), ("moveFrom", "t")])
def test_half_a_tag_deleted_or_moved_away_is_gone_and_what_is_left_is_read(gone: str, text: str) -> None:
    document = opened(template("{{ isi }}"))
    half = f"<w:r><w:{text}>{{{{ bi</w:{text}></w:r>"
    paragraph = document.add_paragraph("Sebagian ")
    paragraph._p.append(parse_xml(f'<w:{gone} {nsdecls("w")} w:id="1">{half}</w:{gone}>'))
    paragraph.add_run("Untuk {{ tahun_anggaran }} saja")
    assert "Sebagian Untuk 2027 saja" in "\n".join(lines(filled(saved(document))))


def test_no_message_shows_xml() -> None:
    document = opened(template("{{ isi }}"))
    paragraph = document.add_paragraph("")
    for part in ("{{ biaya", " orang ", "peserta }}"):
        paragraph.add_run(part).bold = True
    paragraph.add_run().add_break()
    paragraph.add_run("dan {{ latar")
    paragraph.add_run().add_tab()
    paragraph.add_run("belakang }}")
    assert "<" not in refusal(saved(document))
