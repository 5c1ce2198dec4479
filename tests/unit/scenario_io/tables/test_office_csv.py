"""CSV files as offices write them: each form has its value or its reason, and nothing is read wrongly in silence."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from planner.domain.groups import Group
from planner.errors import Problem
from planner.scenario_io import read_located
from planner.scenario_io.fields import Expected
from planner.scenario_io.problems import Problems
from planner.scenario_io.tables.columns import known_in
from planner.scenario_io.tables.csv_table import read_csv
from planner.scenario_io.tables.layout import laid_out
from tests.unit.scenario_io.minimal import MINIMAL, problems, write

TEXT = MINIMAL[: MINIMAL.index("groups:")] + MINIMAL[MINIMAL.index("programmes:") :] + "groups: {table: t.csv}\n"


def read(folder: Path, table: str) -> tuple[list[Group], list[str]]:
    """The groups of a table, and what is noticed in it."""
    write(folder, table, "t.csv")
    loaded = read_located(write(folder, TEXT))
    return list(loaded.scenario.groups), [problem.message for problem in loaded.noticed]


def refused(folder: Path, table: str) -> list[str]:
    """What is wrong with a table, by line and column."""
    write(folder, table, "t.csv")
    return [f"{p.line}:{p.column}: {p.message} {p.remedy}" for p in problems(write(folder, TEXT))]


def figures(groups: list[Group]) -> list[tuple[object, ...]]:
    return [(g.id, g.headcount, g.gaps.get("keu"), g.uptake, g.weight) for g in groups]


PLAIN = [("analis", 100, 60, Fraction(7, 10), Fraction(5, 4)), ("arsip", 40, 25, Fraction(9, 10), Fraction(1))]


@pytest.mark.parametrize(
    "table",
    [
        "id;headcount;gap:keu;uptake;weight\nanalis;100;60;0,7;1,25\narsip;40;25;0,9;1\n",
        "id;headcount;gap:keu;uptake;weight\nanalis;100;60;0.7;1.25\narsip;40;25;90%;1,0\n",
        "sep=;\r\nid;headcount;gap:keu;uptake;weight\r\nanalis;100;60;0,7;1,25\r\narsip;40;25;90 %;1\r\n",
        '"sep=;"\nid;headcount;gap:keu;uptake;weight\nanalis;100;60;0,7;1,25\narsip;40;25;0,9;1\n',
        "\ufeffid\theadcount\tgap:keu\tuptake\tweight\nanalis\t100\t60\t0,7\t1,25\narsip\t40\t25\t0.9\t1\n",
        "sep=\t\nid\theadcount\tgap:keu\tuptake\tweight\nanalis\t100\t60\t0,7\t1,25\narsip\t40\t25\t0.9\t1\n",
        'id,headcount,gap:keu,uptake,weight\nanalis,100,60,"0,7","1,25"\narsip,40,25,0.9,1\n',
        "id|headcount|gap:keu|uptake|weight\nanalis|100|60|0,7|1,25\narsip|40|25|0.9|1\n",
        "sep=|\nid|jumlah orang|gap:keu|kesediaan|weight\nanalis|100|60|0,7|1,25\narsip|40|25|0.9|1\n",
        "No.;id;headcount;gap:keu;uptake;weight\n1;analis;100;60;0,7;1,25\n2;arsip;40;25;0,9;1\n",
        "NO,ID,Headcount,Gap:keu,Uptake,WEIGHT\n1,analis,100,60,70%,1.25\n2,arsip,40,25,90%,1\n",
        "id;headcount;#catatan;gap:keu;uptake;weight\nanalis;100;=A1;60;0,7;1,25\narsip;40;#REF!;25;0,9;1\n",
        "id;headcount;gap:keu;uptake;weight\nanalis;100;60;70 persen;1,25\n\narsip;40;25;0,9;1\n\n",
        "id;headcount;gap:keu;uptake;weight\ranalis;100;60;0,7;1,25\rarsip;40;25;0,9;1\r",
        "Rekap, diklat, 2027\nid;headcount;gap:keu;uptake;weight\nanalis;100;60;0,7;1,25\narsip;40;25;0,9;1\n",
        "id;headcount;gap:keu;uptake;weight;tags\nanalis;100,00;60;0,7;1,25;-\narsip;40;25;0,9;-;null\n",
    ],
    ids=["decimal comma", "points beside semicolons", "sep", "quoted sep", "tabs", "sep tab", "quoted comma", "bars",
         "sep bar", "No", "capitals", "own column", "blank line", "CR", "commas in a title", "none"],
)  # fmt: skip
def test_every_everyday_form_gives_the_same_groups(tmp_path: Path, table: str) -> None:
    groups, notices = read(tmp_path, table)

    assert figures(groups) == PLAIN
    assert len(notices) == table.startswith("Rekap")
    assert all(group.tags == () for group in groups)


def test_titles_numbers_of_columns_and_notes_are_told_apart_and_said(tmp_path: Path) -> None:
    table = (
        "REKAPITULASI KEBUTUHAN DIKLAT;;;\nBADAN KEPEGAWAIAN DAERAH, TAHUN 2027\n\nNo;id;headcount;gap:keu\n"
        "(1);(2);(3);(4)\n1;analis;100;60\n#2;lama;9;9\n2;arsip;40;-\n;;;\n*) data per Oktober 2026\n"
        "Sumber: BKPSDM, diolah\n;;;Jambi, 29 November 2026\n;;;Kepala Bidang,\n\n;;;Dra. Siti\n"
        ";;;NIP. 197001011995032001\n"
    )
    groups, notices = read(tmp_path, table)

    assert [(g.id, g.headcount, dict(g.gaps)) for g in groups] == [("analis", 100, {"keu": 60}), ("arsip", 40, {})]
    assert [notice.split(":")[0] for notice in notices] == [
        "2 rows above the names of the columns were taken for titles", "1 row marked with # was not read",
        "this row, which numbers the columns, was not read.", "6 rows below the table were taken for notes",
    ]  # fmt: skip
    assert "REKAPITULASI KEBUTUHAN DIKLAT" in notices[0]
    assert notices[1].endswith(": 7.")


def test_codes_behind_an_apostrophe_or_in_a_formula_of_text_are_texts(tmp_path: Path) -> None:
    table = 'id,name,location,headcount\n="012",\'=A1,"\'0071",5\n\'198803152010121003,\'Aisyiyah,"=""05""",6\n'
    first, second = read(tmp_path, table)[0]

    assert (first.id, first.name, first.location) == ("012", "=A1", "0071")
    assert (second.id, second.name, second.location) == ("198803152010121003", "'Aisyiyah", "05")


SUM = "this row is a sum or a mean of others"
SUMS = [
    ("id;name;headcount;gap:keu\nanalis;A;100;60\narsip;B;40;25\nJUMLAH;;140;85\n", "4:1: " + SUM + " ('JUMLAH')"),
    ("id;name;headcount;gap:keu\nanalis;A;100;60\narsip;B;40;25\nTOTAL KESELURUHAN;;140;85\n", "4:1: " + SUM),
    ("id;name;headcount;gap:keu\nanalis;A;100;60\narsip;B;40;25\n;Jumlah :;140;85\n", "4:1: " + SUM),
    ("No;id;headcount\n1;analis;100\n2;arsip;40\nJumlah;;140\n", "4:1: " + SUM),
    ("id;headcount\nanalis;100\nSub total BPKAD;100\narsip;40\n", "3:1: " + SUM),
    ("id;headcount\nTotal;140\nanalis;100\narsip;40\n", "2:1: " + SUM),
    ("id;headcount\nanalis;100\narsip;40\nRata-rata;70\n", "4:1: " + SUM),
    ("id;headcount;gap:keu\nanalis;100;60\narsip;40;25\nsemua;140;85\n", "4:1: the numbers of this row add up"),
    (
        "id;headcount\na;317\nb;428\nc;745\nd;9\n",
        "4:1: the numbers of this row add up those of the rows above it, from",
    ),
    (
        "id;headcount;gap:keu\na;50;7\nJUMLAH;50;7\nb;131;17\nc;242;25\nBidang II;373;42\n",
        "6:1: the numbers of this row",
    ),
    (
        "id;headcount;gap:keu\nsemua;140;85\nanalis;100;60\narsip;40;25\n",
        "2:1: the numbers of this row add up those of",
    ),
    (
        "id;headcount\nBPKAD;60\na1;40\na2;20\nInspektorat;30\nb1;10\nb2;20\n",
        "5:1: the numbers of this row add up those of the rows below it, up to row 7.",
    ),
]


@pytest.mark.parametrize(("table", "words"), SUMS, ids=[words for _table, words in SUMS])
def test_a_row_that_is_a_sum_of_others_is_refused_with_the_way_out(tmp_path: Path, table: str, words: str) -> None:
    found = refused(tmp_path, table)

    assert any(text.startswith(words) for text in found), found
    assert all("elete it" in text and "#" in text for text in found)


def test_sums_without_a_word_are_never_passed_over_and_records_are_not_taken_for_sums(tmp_path: Path) -> None:
    dice = random.Random(1)
    known = known_in(Expected("record", Group))
    for sums in (True, False, True, False) * 25:
        rows = [(f"g{n}", dice.randint(1, 300), dice.randint(0, 50)) for n in range(dice.randint(2, 12))]
        total = [("semua", sum(row[1] for row in rows), sum(row[2] for row in rows))] if sums else []
        first = dice.random() < 0.5
        lines = [
            "id;headcount;gap:keu",
            *(";".join(map(str, row)) for row in (total + rows if first else rows + total)),
        ]
        told, notices = Problems(), list[Problem]()
        laid_out(read_csv("\n".join(lines).encode(), "t.csv", known), told, notices, known)
        assert bool(told.found or notices) == sums, lines


def test_a_sum_that_is_marked_is_not_read_and_what_adds_up_by_chance_is_read(tmp_path: Path) -> None:
    groups, notices = read(tmp_path, "id;headcount\nanalis;100\narsip;40\n# JUMLAH;140\nguru;30\ntu;20\nkota;55\n")
    assert [group.id for group in groups] == ["analis", "arsip", "guru", "tu", "kota"]
    assert len(notices) == 1

    groups, notices = read(tmp_path, "id;headcount\nanalis;30\narsip;20\nguru;50\ntu;7\n")
    assert len(groups) == 4
    assert "add up" in notices[0]
    assert len(read(tmp_path, "id;headcount;name\na;5;Total Quality\nb;6;x\n")[0]) == 2
    assert SUM in refused(tmp_path, "id;headcount;name\na;5;x\nBPKAD;5;Jumlah\n")[0]


REFUSED = [
    ("id;headcount\n1,98803E+17;5\n", ["2:1: '1,98803E+17' is a number shortened to a power of ten"]),
    ("id;headcount\n198803152010121000;5\n", ["2:1: '198803152010121000' has zeros after its 15th digit"]),
    ("id;headcount\na;1.2E+06\n", ["2:2: '1.2E+06' is a number shortened"]),
    ("id;headcount\na;=SUM(B3:B9)\n", ["2:2: this is a formula, not its result: =SUM(B3:B9)."]),
    ("id;headcount\na;#REF!\n#N/A;5\n", ["2:2: this cell holds the error #REF!.", "3:1: this cell holds the error"]),
    ("id;headcount\na;#####\n", ["2:2: this cell was too narrow"]),
    ("id;headcount\na;3 hari\n", ["2:2: column 'headcount': 'a': '3 hari' names a unit of time. Write"]),
    ("id;headcount\na;30 orang\n", ["2:2: column 'headcount': 'a': '30 orang' has a word beside the number"]),
    ("id;headcount\na;1O\nb;3l\n", ["2:2: column 'headcount': 'a': expected a number, not '1O'", "3:2: column"]),
    ("sep=,\nid;headcount\na;5\n", ["1:1: this line says that ',' separates cells, but ';' does. Write 'sep=;'"]),
    ("sep=;\nid\theadcount\na\t5\n", ["but a tab does. Write 'sep=' with a tab behind it, or delete the line."]),
    ("sep=\t\nid,headcount\na,5\n", ["says that a tab separates cells, but ',' does. Write 'sep=,', or delete the"]),
    ("id;headcount;gap:keu\na;5;3\n\nNama;Jumlah Orang;Lokasi\nb;5;x\n", ["4:1: a second table begins"]),
    ("id;headcount\na;5\n\nProgram;Biaya\nBimtek;30\n", ["4:1: a second table begins in this row. Put it on a"]),
    ("id;headcount\na;5\n\nTabel 2. Rekap;\nUnsur;Jumlah\nPria;5\n", ["4:1: a second table begins in this row."]),
    ("id;headcount\na;5\n\nb;lima\n", ["4:2: column 'headcount': 'b': expected a number, not 'lima'."]),
    ("id;headcount\na;5\nProgram;Biaya\nBimtek;30\n", ["3:2: column 'headcount': 'Program': expected a number"]),
    ("id;OPD;Unit Kerja;headcount\na;x;y;5\n", ["1:3: the columns 'Unit Kerja' and 'OPD' hold the same"]),
    ("id;Jumlah Orang\na;\n", ["2:1: 'a': 'headcount' is missing. Fill in the column 'Jumlah Orang'."]),
    ("id;headcount\na;50%\n", ["2:2: column 'headcount': 'a': '50%' is a share, but a number belongs here."]),
    ("id;headcount;uptake\na;5;70\n", ["2:3: column 'uptake': 'a': a share lies", "Write 70% if that is meant."]),
    ("id;headcount\n;5\n", ["2:1: 'id' is missing. Fill in the column 'id'."]),
    ("id;headcount\na;1.250\n", ["2:2: column 'headcount': 'a': 1.250 could be read in two ways. Write 1250 or"]),
    ("id;headcount\na;1,250\n", ["2:2: column 'headcount': 'a': 1.250 could be read in two ways."]),
    ("id;headcount;weight\na;5;8.652\n", ["2:3: column 'weight': 'a': 8.652 could be read in two ways. Write 8652"]),
    ('id,headcount\na,"1,250"\n', ["2:2: column 'headcount': 'a': 1,250 could be read in two ways."]),
    ("id;headcount\na;1'250\n", ["2:2: column 'headcount': 'a': '1'250' has marks within the number. Write 1250"]),
    ("id;headcount\na;1.250.000\n", ["2:2: column 'headcount': 'a': '1.250.000' has marks within the number."]),
    ("id;headcount\na;-5\n", ["2:2: column 'headcount': 'a': this number cannot be negative"]),
    ("id;headcount\na;(5)\n", ["2:2: column 'headcount': 'a': this number cannot be negative (-5)"]),
    ("id,uptake,headcount\na,0,7,5\n", ["2:1: this row has 4 cells, but there are 3 columns."]),
    ("id;headcount\na;5\nbaru;\n", ["3:1: 'baru': 'headcount' is missing."]),
    ("id;headcount\na;5\n\nbaru;\n", ["4:1: 'baru': 'headcount' is missing."]),
    ("id;headcount;jumlah\na;5;5\n", ["1:3: unknown column 'jumlah'", "begin its name with '#'"]),
    ("id;headcount;\na;5;catatan\n", ["2:3: this cell has a value, but its column has no name."]),
    (
        "DATA (dalam ribuan rupiah)\nid;headcount;socialization.cost;socialization.raises_uptake_to\na;5;15000;90%\n",
        ["1:1: 'dalam ribuan rupiah': by this remark amounts of the table are in thousands or millions"],
    ),
    ("<html><body><table><tr><td>id</td></tr></table></body></html>", ["this is a web page (HTML)"]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "words"), REFUSED, ids=[str(words[0])[:60] for _table, words in REFUSED])
def test_what_could_be_misread_is_refused_at_its_place(tmp_path: Path, table: str, words: list[str]) -> None:
    found = refused(tmp_path, table)

    for word in words:
        assert any(word in text for text in found), found


def test_names_that_are_repeated_on_each_page_are_passed_over_and_said(tmp_path: Path) -> None:
    groups, notices = read(tmp_path, "id;headcount\na;5\nid;headcount\nb;6\nid;headcount\nc;9\n")
    assert [group.headcount for group in groups] == [5, 6, 9]
    assert notices == ["2 rows that repeat the column headings were left out: 3, 5."]


def test_numbers_with_spaces_or_underscores_between_thousands_have_one_meaning(tmp_path: Path) -> None:
    groups, _notices = read(tmp_path, "id;headcount\na;1 250\nb;1_250\nc;12\u00a0500\n")
    assert [group.headcount for group in groups] == [1_250, 1_250, 12_500]
    assert "expected a number" in " ".join(refused(tmp_path, "id;headcount\na;1 25\n"))


def test_a_refused_cell_is_told_once(tmp_path: Path) -> None:
    assert len(refused(tmp_path, "id;headcount\na;=B9\n#REF!;5\n")) == 2
    assert len(refused(tmp_path, "id;headcount\nJUMLAH;5\n")) == 1


FUNDS = MINIMAL[: MINIMAL.index("funds:")] + "funds: {table: t.csv}\n"


def test_amounts_of_a_table_are_read_or_refused_as_everywhere(tmp_path: Path) -> None:
    rows = "a;sendiri;1.250.000,00\nb;mitra;Rp50.000,-\nc;partner;50rb\nd;own;Rp 2,5 miliar\ne;own;500000\n"
    write(tmp_path, "id;kind;amount\n" + rows, "t.csv")
    funds = read_located(write(tmp_path, FUNDS)).scenario.funds

    assert [fund.amount for fund in funds] == [1_250_000, 50_000, 50_000, 2_500_000_000, 500_000]
    assert [fund.kind for fund in funds] == ["own", "partner", "partner", "own", "own"]
    write(tmp_path, "id;kind;amount\na;own;Rp 500,000.00\nb;own;1.000.000\nc;own;-\nd;own;2,5\n", "t.csv")
    found = [str(problem) for problem in problems(write(tmp_path, FUNDS))]
    assert "Write 1000000 or 'Rp1.000.000'." in found[1]
    assert [any(w in text for w in ("two ways", "no Rp", "fraction", "is missing")) for text in found] == [True] * 4


def test_several_values_between_commas_are_told_to_be_separated_by_semicolons(tmp_path: Path) -> None:
    write(tmp_path, 'id,closes.keu,periods\nbimtek,80%,"TW2, TW3"\n', "t.csv")
    text = MINIMAL[: MINIMAL.index("programmes:")] + MINIMAL[MINIMAL.index("funds:") :]
    (problem,) = problems(write(tmp_path, text + "periods: [TW2, TW3]\nprogrammes: {table: t.csv}\n"))

    assert "Separate several values with semicolons" in problem.remedy
