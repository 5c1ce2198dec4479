"""Terms of reference and covering letter: what is in them, from which figures, and that Word can read them."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm, Twips

from planner.domain.decisions import Decisions
from planner.domain.logo import data_uri
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import plan as search
from planner.plans.plan import Plan
from planner.report.charts.text import length
from planner.report.material import material_of
from planner.report.views import rka_form
from planner.report.views.column_widths import ColumnKind
from planner.report.views.signatures import Signature
from planner.report.views.table import Column, Table, TableRow
from planner.report.word import LETTER, word_documents
from planner.report.word.elements import Styles, Writer
from planner.report.word.numbering import Numbering
from planner.report.wording.terbilang import rupiah_terbilang
from tests.sampled import sampled
from tests.scenarios.builders import large, plan, scenario
from tests.scenarios.hostile import HOSTILE, with_text_everywhere
from tests.scenarios.three_years import three_years
from tests.unit.report.word.word_files import W, faults, lines, opened, png, table_after, text

SIGNED = {
    "document_number": "900/123/BPSDM/2026",
    "document_date": "30 November 2026",
    "document_place": "Jambi",
    "addressee": "Kepala Bappeda Provinsi Jambi",
    "signatories": [
        {"role": "Kepala BPSDM", "name": "Dr. Uji, M.Si.", "nip": "19680101 199003 1 002", "rank": "Pembina (IV/a)"},
        {"role": "Kepala Bidang"},
    ],
}
ACTIVITIES = [
    {"code": "5.04.02.1.01.0003", "name": "Kompetensi teknis", "indicator": "Jumlah ASN", "target_unit": "orang"},
    {"code": "x.xx.01.1.05.0009"},
]


def made(of: Scenario, planned: Plan | None = None, **options: Any) -> dict[str, bytes]:
    return word_documents(material_of(of, planned or plan(of), **options))


def with_activities(**changes: Any) -> Scenario:
    plain = scenario(**changes).to_plain()
    plain["activities"] = ACTIVITIES
    plain["programmes"][0]["activity"] = ACTIVITIES[0]["code"]
    return Scenario.model_validate(plain)


def amount(cell: str) -> int:
    return int(re.sub(r"\D", "", cell))


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    return made(with_activities(scenario=SIGNED))


def test_there_is_a_letter_and_one_document_for_each_sub_activity_with_anything_in_it(
    documents: dict[str, bytes],
) -> None:
    assert list(documents) == [LETTER, "kak-5.04.02.1.01.0003.docx", "kak.docx"]
    assert [fault for content in documents.values() for fault in faults(content)] == []


def test_the_documents_together_cost_what_the_plan_costs(documents: dict[str, bytes]) -> None:
    of = with_activities(scenario=SIGNED)
    planned = plan(of)
    parts = [content for name, content in documents.items() if name != LETTER]
    totals = [amount(table_after(part, "Sumber dana (Rp)")[-1][-1]) for part in parts]
    rows = table_after(documents[LETTER], "Dokumen yang disampaikan")

    assert sum(totals) == planned.total_cost
    assert [amount(row[4]) for row in rows[1:]] == [*totals, planned.total_cost]
    assert [amount(row[1]) for row in rows[1:]] == [110, 37, 147]
    own = [amount(row[2]) for row in rows[1:]]
    assert (own[-1], amount(rows[-1][3])) == (planned.own_cost, planned.partner_cost)
    assert rupiah_terbilang(planned.own_cost) in text(documents[LETTER])
    for part, total, paid in zip(parts, totals, own, strict=False):
        lines_of = table_after(part, "RAB")
        items = [amount(row[5]) for row in lines_of if re.fullmatch(r"[\d.,]+", row[2])]
        assert sum(items) == amount(lines_of[-1][-1]) == total
        assert amount(table_after(part, "Jumlah tiap rekening (Rp)")[-1][-1]) == total
        assert rupiah_terbilang(paid) in text(part)


def test_terms_of_reference_and_rka_form_of_an_activity_have_the_same_indicators(documents: dict[str, bytes]) -> None:
    """Input is own money in both; the terms of reference name partner money as a figure of its own."""
    of = with_activities(scenario=SIGNED)
    material = material_of(of, plan(of))
    with speaking("id"):
        (form,) = rka_form.forms(material)
        rows = [[each.indicator, each.measure, each.target] for each in rka_form.form_indicators(form)]
    shown = table_after(documents["kak-5.04.02.1.01.0003.docx"], "Indikator kinerja")[1:]
    apart = [row for row in shown if row[1] == "Uang mitra, di luar RKA"]
    assert [row for row in shown if row not in apart] == rows[1:]
    assert [amount(row[2]) for row in (rows[1], *apart)] == [form.own_cost, form.partner_cost]
    assert rows[-1][:2] == ["Hasil", "Kesenjangan kompetensi yang diperkirakan tertutup pada kompetensi yang dilatih"]


def test_the_sections_of_terms_of_reference_are_headings_of_word(documents: dict[str, bytes]) -> None:
    document = opened(documents["kak-5.04.02.1.01.0003.docx"])
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]

    assert [heading[0] for heading in headings] == list("ABCDEFGHI")
    assert headings[0] == "A. Dasar hukum"
    assert headings[-1] == "I. Penutup"


def test_rows_of_accounts_and_funds_have_the_blank_cells_beside_them(documents: dict[str, bytes]) -> None:
    rows = table_after(documents["kak-5.04.02.1.01.0003.docx"], "RAB")
    account = next(row for row in rows if row[1] == "Jumlah rekening")
    fund = next(row for row in rows if row[0].startswith("[ # ]"))
    item = rows[rows.index(fund) + 1]

    assert account[1:5] == ["Jumlah rekening"] * 4  # python-docx gives the text of a cell for each column it spans
    assert fund[:5] == [fund[0]] * 5
    assert item[0] == item[1] != item[2]


def test_figures_of_a_sub_activity_are_those_of_its_programmes(documents: dict[str, bytes]) -> None:
    part = documents["kak-5.04.02.1.01.0003.docx"]

    assert table_after(part, "Angkatan dan peserta menurut program dan periode")[1:] == [
        ["Bimtek pengelolaan keuangan daerah", "TW1", "2", "80"],
        ["Bimtek pengelolaan keuangan daerah", "TW2", "1", "30"],
        ["Jumlah", "", "3", "110"],
    ]
    assert table_after(part, "Kelompok yang ikut serta")[1] == [
        *("BPKAD", "Analis keuangan BPKAD", "fungsional", "240", "80"),
    ]
    performance = table_after(part, "Indikator kinerja")
    assert ["Keluaran", "Jumlah ASN", "110 orang"] in performance
    assert ["Keluaran", "Jam pelajaran (JP) yang diberikan", "2.640 JP"] in performance


def test_rows_of_the_head_repeat_and_numbers_stand_at_the_right(documents: dict[str, bytes]) -> None:
    document = opened(documents["kak-5.04.02.1.01.0003.docx"])
    headed = [table for table in document.tables if table.rows[0]._tr.find(f".//{W}tblHeader") is not None]
    (budget,) = [each for each in headed if each.rows[0].cells[-1].text == "Jumlah (Rp)" and len(each.columns) == 6]

    assert len(headed) >= 7
    assert [cell.paragraphs[0].paragraph_format.alignment for cell in budget.rows[-1].cells][-1] == 2  # right


def test_no_figure_breaks_in_a_wide_typeface_nor_a_word_above_it(documents: dict[str, bytes]) -> None:
    """Where the agency's typeface is missing, another takes its place that may be a third wider, and sums are bold."""
    margins, seen = 2 * 1.9 * 1440 / 25.4, 0
    for document in documents.values():
        for table in opened(document).tables:
            for number, row in enumerate(table.rows if "tblHeader" in table._tbl.xml else []):
                for cell in row._tr.tc_lst:
                    shown = "".join(each.text for each in cell.iter(f"{W}t"))
                    figures = f"{W}jc" in {each.tag for each in cell.iter()}
                    codes = [word for word in shown.split() if word.count(".") > 3]
                    for part in codes if not figures else shown.split() if number == 0 else [shown]:
                        seen += 1
                        needed = length(part, 8.5, bold=True) * 1.25 * 20 + margins
                        assert needed <= cell.width / Twips(1), (shown, needed)
    assert seen > 20


def test_no_code_breaks_where_one_line_has_all_of_it() -> None:
    """The longest code beside short descriptions and large amounts, on a page that is too narrow for a third more."""
    kinds: dict[str, ColumnKind] = {"Kode rekening": "text", "Uraian": "name", "Koefisien": "number", "Satuan": "text"}
    columns = tuple(Column(*each) for each in {**kinds, "Harga (Rp)": "number", "Jumlah (Rp)": "number"}.items())
    code, amount = "5.1.02.02.12.0001", "2.009.320.000"
    row = TableRow((code, "Belanja kursus", "382", "orang", "5.260.000", amount), "account")
    writer = Writer(Styles("", "", "", ""), Numbering(Document()), 9412)
    (made,) = [each for each in writer.table(Table("t", "", columns, (row,))) if each.tag == f"{W}tbl"]
    widths = [int(each.get(f"{W}w")) for each in made.iter(f"{W}gridCol")]
    margins = 2 * 1.9 * 1440 / 25.4

    assert sum(widths) <= 9412
    for text_of_cell, width in ((code, widths[0]), (amount, widths[-1])):
        assert length(text_of_cell, 9, bold=True) * 20 + margins <= width


def test_what_introduces_rows_and_what_is_signed_stays_together(documents: dict[str, bytes]) -> None:
    made = opened(documents["kak-5.04.02.1.01.0003.docx"])
    budget = next(each for each in made.tables if len(each.columns) == 6)
    kept = [bool(row.cells[-1].paragraphs[0].paragraph_format.keep_with_next) for row in budget.rows[1:]]
    items = [row.cells[2].text != "" and row.cells[2].text != row.cells[1].text for row in budget.rows[1:]]
    assert kept[:-2] == [not item for item in items[:-2]]
    assert kept[-2:] == [True, False]  # the last item and the total


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_the_first_of_an_odd_number_of_signatories_signs_last_and_the_date_stands_at_the_right(count: int) -> None:
    people = [Signature("Jambi" if at == count - 1 else "", "", "Kepala", f"nama {at}", "NIP") for at in range(count)]
    (block, _gap) = Writer(Styles("", "", "", ""), Numbering(Document()), 9000).signing(people)
    texts = [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in block.iter(f"{W}tr")]

    assert all(any(f"nama {at}" in text for row in texts for text in row) for at in range(count))
    dated = next(row for row in texts if any(text.startswith("Jambi") for text in row))
    assert dated[-1].startswith("Jambi")
    if count % 2 and count > 1:
        assert [text.count("nama 0") for text in texts[-1]] == [1]


def test_paper_language_page_numbers_and_properties(documents: dict[str, bytes]) -> None:
    for content in documents.values():
        document = opened(content)
        section = document.sections[0]
        assert abs(section.page_width - Mm(210)) < 1000
        assert abs(section.page_height - Mm(297)) < 1000
        assert document.styles.element.find(f".//{W}rPrDefault//{W}lang").get(f"{W}val") == "id-ID"
        fields = [each.get(f"{W}instr").strip() for each in section.footer._element.iter(f"{W}fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]
        assert document.core_properties.author == "BPSDM Provinsi Jambi"
        assert document.core_properties.created == datetime.datetime(2026, 11, 30, tzinfo=datetime.UTC)


def test_the_same_plan_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, documents: dict[str, bytes]) -> None:
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert made(with_activities(scenario=SIGNED)) == documents


def test_who_signs_and_under_which_number(documents: dict[str, bytes]) -> None:
    letter, part = text(documents[LETTER]), text(documents["kak.docx"])

    for words in ("Jambi, 30 November 2026", "900/123/BPSDM/2026", "Kepala Bappeda Provinsi Jambi", "2 dokumen"):
        assert words in letter
    assert "NIP 19680101 199003 1 002" in letter
    assert "Kepala Bidang" not in letter
    assert "Pembina (IV/a)" in part
    assert "Kepala Bidang" in part


def test_a_scenario_that_names_nobody_has_lines_to_fill_in() -> None:
    documents = made(scenario())

    assert list(documents) == [LETTER, "kak.docx"]
    assert "Mengetahui" in text(documents["kak.docx"])
    assert "Mengetahui" not in text(documents[LETTER])
    assert opened(documents["kak.docx"]).core_properties._element.find(".//{http://purl.org/dc/terms/}created") is None


def test_a_memo_says_to_whom_and_from_whom() -> None:
    memo = text(made(scenario(scenario={**SIGNED, "letter_form": "memo"}))[LETTER])

    assert "NOTA DINAS" in memo
    assert "Kepada | Kepala Bappeda Provinsi Jambi" in memo
    assert "Dari | Kepala BPSDM" in memo


def test_own_sentences_stand_in_their_sections_as_words_alone() -> None:
    narrative = {
        "legal_basis": "1. Pergub <b>12</b>\n2. DPA",
        "background": "Nilai <75 & **tebal** {{ 7*7 }} {_{\n\n- satu\n  - dua\n\n| A | B |\n|---|--:|\n| x | 1 |",
        "activities": {"X.XX.01.1.05.0009": {"aims": "tak tampil"}, ACTIVITIES[0]["code"]: {"aims": "Khusus."}},
        "closing": "Akhir kata.",
        "replaces": ["closing"],
    }
    of = with_activities(scenario=SIGNED).to_plain() | {"narrative": narrative}
    documents = made(Scenario.model_validate(of))
    first, rest = text(documents["kak-5.04.02.1.01.0003.docx"]), text(documents["kak.docx"])

    assert "Pergub <b>12</b>" in first
    assert "Nilai <75 & tebal {{ 7*7 }} {_{" in first
    assert "Khusus." in first
    assert "Khusus." not in rest
    assert "Akhir kata." in first
    assert "sidik" not in first.rpartition("I. Penutup")[2].partition("Kepala BPSDM")[0]
    assert faults(documents["kak-5.04.02.1.01.0003.docx"]) == []
    runs = [run for each in opened(documents["kak.docx"]).paragraphs for run in each.runs if run.text == "tebal"]
    assert [run.bold for run in runs] == [True]


def test_own_laws_go_on_counting_after_those_of_the_document() -> None:
    of = scenario().to_plain() | {"narrative": {"legal_basis": "1. Peraturan Gubernur"}}
    document = opened(made(Scenario.model_validate(of))["kak.docx"])
    numbered = {
        each._p.find(f".//{W}numId").get(f"{W}val")
        for each in document.paragraphs
        if each.text.startswith(("Undang-Undang", "Peraturan Gubernur"))
    }
    assert len(numbered) == 1


def test_a_logo_is_in_the_letterhead_with_words_for_those_who_cannot_see_it() -> None:
    for content in made(scenario(scenario={"logo": data_uri(png())})).values():
        (shape,) = opened(content).inline_shapes
        assert (shape.width, shape.height) == (Mm(27), Mm(13.5))
        assert shape._inline.docPr.get("descr") == "Logo BPSDM Provinsi Jambi"
        assert faults(content) == []


def test_word_has_no_logo_in_svg() -> None:
    svg = data_uri(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    assert len(opened(made(scenario(scenario={"logo": svg}))[LETTER]).inline_shapes) == 0


@pytest.mark.parametrize(
    "words", sampled([*HOSTILE, "nilai <75 & \"kutip\" 'satu'", "Ünïçødé 日本", "panjang " * 22], every=4)
)
def test_no_text_becomes_markup_or_is_lost(words: str) -> None:
    of = with_text_everywhere(words.strip())
    documents = made(of, plan(of))
    content = documents["kak.docx"]

    assert faults(content) == []
    assert sum(words.strip() in line for line in lines(content)) >= 10


def test_three_hundred_lines_are_all_there() -> None:
    of, planned = large(30, 8, 34)
    content = made(of, planned)["kak.docx"]
    rows = table_after(content, "RAB")

    assert len(rows) > 300
    assert amount(rows[-1][-1]) == planned.total_cost
    assert faults(content) == []


def test_of_a_plan_of_several_years_documents_are_of_one() -> None:
    of = three_years()
    planned = search(of, inline=True).plan
    for year, cost in {"2027": 6_000_000, "2028": 25_300_000, "2029": 0}.items():
        documents = made(of, planned, year=year)
        assert list(documents) == [LETTER, f"kak-{year}.docx"]
        assert [fault for content in documents.values() for fault in faults(content)] == []
        rows = table_after(documents[LETTER], "Dokumen yang disampaikan")
        assert amount(rows[-1][-1]) == cost
        assert f"tahun anggaran {year}" in text(documents[LETTER])


def test_a_plan_of_nothing_says_so() -> None:
    documents = made(scenario(), plan(None, Decisions()))
    assert "tidak membelanjakan apa pun" in text(documents["kak.docx"])
    assert [fault for content in documents.values() for fault in faults(content)] == []


def test_documents_speak_the_language_of_the_scenario() -> None:
    assert "TERMS OF REFERENCE" in text(made(scenario(scenario={"language": "en"}))["kak.docx"])
