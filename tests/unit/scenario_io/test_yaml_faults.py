"""Hazards of YAML: each is refused, at its line and column, with what to do."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest

from planner.scenario_io import read_scenario
from planner.scenario_io.scalars import AmbiguousScalar, read_plain
from tests.unit.scenario_io.minimal import MINIMAL, changed, only, places, problems, write


def test_the_minimal_scenario_is_read(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path, MINIMAL))

    assert scenario.group["analis"].gaps == {"keu": 60}
    assert scenario.fund["apbd"].amount == 10_000_000


def test_a_date_without_quotes_is_its_text(tmp_path: Path) -> None:
    dated = "periods:\n  - {id: TW1, from: 2027-01-04, to: 2027-03-31}\ngroups:"
    scenario = read_scenario(write(tmp_path, changed("groups:", dated)))

    assert scenario == read_scenario(write(tmp_path, changed("groups:", dated.replace("2027-01-04", "4 Januari 2027"))))
    assert read_plain("2027-01-31") == "2027-01-31"


FAULTS = [
    # (old, new, line, column, words)
    (
        "    headcount: 100\n",
        "    headcount: 100\n    headcount: 90\n",
        8,
        5,
        ["'headcount' is defined twice", "line 7"],
    ),
    ("id: analis", "id: no", 6, 9, ["'no'", "quotes"]),
    ("id: analis", "id: Yes", 6, 9, ["'Yes'", "quotes"]),
    ("id: analis", "id: on", 6, 9, ["'on'", "quotes"]),
    ("id: analis", "id: OFF", 6, 9, ["'OFF'", "quotes"]),
    ("headcount: 100", "headcount: 012", 7, 16, ["'012' is ambiguous", "leading zero"]),
    ("headcount: 100", "headcount: 0x1F", 7, 16, ["'0x1F' is ambiguous", "another base"]),
    ("headcount: 100", "headcount: 0o7", 7, 16, ["'0o7' is ambiguous", "another base"]),
    ("headcount: 100", "headcount: 0b11", 7, 16, ["'0b11' is ambiguous", "another base"]),
    ("headcount: 100", "headcount: 12:30:00", 7, 16, ["'12:30:00' is ambiguous", "base 60"]),
    ("headcount: 100", "headcount: 1e9", 7, 16, ["'1e9' is ambiguous", "1_000_000_000"]),
    ("id: analis", "id: 2027-02-30", 6, 9, ["no such day", "quotes"]),
    ("id: analis", "id: 2027-1-31", 6, 9, ["a date", "Write a date as 2027-01-31.", "quotes"]),
    ("id: analis", "id: 2027-01-31 10:00:00", 6, 9, ["a date", "2027-01-31", "quotes"]),
    ("headcount: 100", "headcount: 2027-01-31", 7, 16, ["number", "'2027-01-31'"]),
    ("    headcount: 100\n", "\theadcount: 100\n", 7, 1, ["tab"]),
    ("gaps: {keu: 60}", "gaps: {keu: 60", 9, 11, ["'{' is not closed", "It began in line 8"]),
    ("closes: {keu: 0.8}", "closes: [keu: 0.8}", 11, 22, ["'[' is not closed"]),
    ("    headcount: 100\n", "    headcont: 100\n", 7, 5, ["unknown key 'headcont'", "Did you mean 'headcount'?"]),
    ("id: analis", "id: !!python/object:os.system x", 6, 9, ["a tag", "not allowed"]),
    ("id: analis", "id: !!str 5", 6, 9, ["a tag"]),
    ("id: analis", "id: &a analis", 6, 9, ["an anchor (&a)"]),
    ("id: analis", "id: *a", 6, 9, ["an alias (*a)"]),
    ("gaps: {keu: 60}", "gaps: &g {keu: *g}", 8, 11, ["an anchor (&g)"]),
    ("gaps: {keu: 60}", "gaps: {? [a] : 60}", 8, 14, ["a key must be text"]),
    ("gaps: {keu: 60}", "gaps: {true: 60}", 8, 12, ["a key must be text, not true"]),
    ("gaps: {keu: 60}", "gaps: {null: 60}", 8, 12, ["a key must be text, not null"]),
    ("gaps: {keu: 60}", "gaps: {no: 60}", 8, 12, ["'no'", "quotes"]),
    ("id: analis", 'id: "a\\qb"', 6, 11, ["backslash"]),
    ("id: analis", 'id: "analis', 16, 1, ["ends inside a quoted text", "It began in line 6"]),
    ("id: analis", "id: analis: x", 6, 15, ["':' stands where none can"]),
    ("id: analis", "id: @analis", 6, 9, ["no value can begin"]),
    ("amount: 10_000_000", "amount: 2,5 miliar", 15, 35, ["splits '2,5 miliar'", "quotes"]),
    ("kind: own", "kind: own, agency: [A, B]", 15, 35, ["funds[0].agency", "not a list", "a single value"]),
    ("kind: own", "kind: own, agency: {A: B}", 15, 35, ["not keys and values"]),
    ("competencies:", "periods: [TW1, ~]\ncompetencies:", 3, 16, ["periods[1]", "nothing is written here"]),
    (
        "competencies:",
        "periods: [{id: TW1, name: TW1}]\ncompetencies:",
        3,
        21,
        ["periods[0].name", "key 'name'"],
    ),
    ("competencies:", "periods: [{id: TW1, record: 2}]\ncompetencies:", 3, 21, ["key 'record'"]),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "words"), FAULTS, ids=[fault[1].strip() for fault in FAULTS])
def test_a_fault_names_its_line_and_column(
    tmp_path: Path, old: str, new: str, line: int, column: int, words: list[str]
) -> None:
    path = write(tmp_path, changed(old, new))
    problem = only(path)

    assert (problem.file, problem.line, problem.column) == (str(path), line, column), str(problem)
    for word in words:
        assert word in str(problem)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "gaps: {keu: 60}",
            "gaps: {keu: 60}\n    socialization: 30",
            "not 30. Its keys: raises_uptake_to, cost, account.",
        ),
        (
            "competencies:",
            "actuals: realisasi.xlsx\ncompetencies:",
            "not 'realisasi.xlsx'. Its keys: through, table, attended, held, paid,",
        ),
        ("gaps: {keu: 60}", "gaps: 60", "not 60. Its keys are ids of 'competencies'."),
        ("gaps: {keu: 60}", "gaps: {keu: 60}\n    new_gaps: 5", "not 5. Its keys are years."),
    ],
)
def test_a_value_where_a_record_stands_is_told_with_the_keys_it_takes(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert words in str(only(write(tmp_path, changed(old, new))))


@pytest.mark.parametrize("line", ["[Konsumsi]", "[{item: Konsumsi, per: class, price: 5, zzz: 5}]"])
def test_a_key_that_only_the_program_fills_is_not_named(tmp_path: Path, line: str) -> None:
    text = re.sub(r"\n    costs:.*(?:\n      .*)*", "", MINIMAL)
    said = str(only(write(tmp_path, changed("  - id: bimtek\n", f"  - id: bimtek\n    costs: {line}\n", text))))
    assert "account, per, quantity" in said.replace("'", "")
    assert "listed" not in said


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (
            "{table: p.csv, agency_dept: 2}",
            "people.agency_dept: unknown key 'agency_dept'. Did you mean",
        ),
        ("{table: p.csv, each: [{max_hour: 2}]}", "people.each[0].max_hour: unknown key 'max_hour'."),
        ("p.csv", "people: expected keys and values ('key: value'), not 'p.csv'."),
    ],
)
def test_a_fault_within_people_is_the_only_one(tmp_path: Path, people: str, words: str) -> None:
    """That there are no groups follows from it, and that a selector finds none."""
    without = changed("groups:\n  - id: analis\n    headcount: 100\n    gaps: {keu: 60}\n", "")
    text = changed("  - id: bimtek\n", "  - id: bimtek\n    for: {agency: BPKAD}\n", without)
    assert words in str(only(write(tmp_path, f"{text}people: {people}\n")))


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, 1, "the file is empty"),
        ("# hanya komentar\n", 1, 1, "the file is empty"),
        ("---\n...\n", 1, 1, "the file is empty"),
        ("null\n", 1, 1, "the file is empty"),
        ("- format: 1\n", 1, 1, "not a list"),
        ("\nhalo\n", 2, 1, "not a list or a single value"),
        (MINIMAL + "---\nformat: 1\n", 16, 1, "a second document"),
    ],
)
def test_a_file_that_is_not_one_mapping_is_refused(
    tmp_path: Path, text: str, line: int, column: int, words: str
) -> None:
    problem = only(write(tmp_path, text))

    assert (problem.line, problem.column) == (line, column)
    assert words in problem.message


HOSTILE = {
    "deep brackets": "[" * 100_000,
    "deep braces": "{a: " * 50_000,
    "nesting of 500": "a: " + "[" * 500 + "]" * 500,
    "nesting of 41 in lines": "\n".join("  " * depth + "a:" for depth in range(45)),
    "alias bomb": "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\n" + "d: [*c, *c]\n" * 100,
    "self-reference": "&a [*a]",
    "merge key bomb": "a: &a {x: 1}\nb: {<<: [*a, *a, *a]}\n",
    "python object": "!!python/object/apply:os.system ['true']",
    "number of 5,000 digits": changed("headcount: 100", "headcount: " + "9" * 5_000),
    "number of 2 million digits": "format: " + "9" * 1_900_000,
    "text of 2 million signs": 'format: "' + "x" * 1_900_000 + '"',
    "more than 2 MB": "# " + "x" * 2_100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, HOSTILE[name])
    taken = []
    for _again in range(3):
        began = time.process_time()
        found = problems(path)
        taken.append(time.process_time() - began)

    # The best of three: the machine may be busy with other tests.
    assert min(taken) < 0.1
    assert all(len(str(problem)) < 1_000 for problem in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("format: *a\n", "an alias (*a) is not allowed"),
        ("format: &a 1\n", "an anchor (&a) is not allowed"),
        ("groups: &a [1]\n", "an anchor (&a) is not allowed"),
        ("scenario: &a {id: x}\n", "an anchor (&a) is not allowed"),
        ("groups: !!set {x}\n", "a tag (tag:yaml.org,2002:set) is not allowed"),
    ],
)
def test_anchors_aliases_and_tags_are_each_refused_by_themselves(tmp_path: Path, text: str, words: str) -> None:
    """A bomb is refused at its first anchor; an alias would be, too, if an anchor were ever let through."""
    assert words in only(write(tmp_path, text)).message


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = changed("headcount: 100", "headcount: 012\n    employment: no")
    text = changed("closes: {keu: 0.8}", "closes: {keu: 1.8, kom: 1}", text)
    text = changed("kind: own", "kind: ours", text)
    text = changed("fiscal_year: 2027", "fiscal_yr: 2027", text)

    assert places(problems(write(tmp_path, text))) == [(2, 24), (7, 16), (8, 17), (12, 19), (12, 24), (16, 22)]


def test_a_flood_of_problems_is_cut(tmp_path: Path) -> None:
    text = MINIMAL + "rules:\n" + "  - no\n" * 50_000
    found = problems(write(tmp_path, text))

    assert len(found) == 201
    assert "only the first 200" in found[-1].message


def test_values_that_look_odd_but_mean_one_thing_are_read(tmp_path: Path) -> None:
    lines = ["headcount: 1_00", "level: 5.10", "location: 2027", "agency: y", "tags: [v1.2.3, '012', \"no\"]"]
    text = changed("    headcount: 100\n", "".join(f"    {line}\n" for line in lines))
    text = changed("item: Honor", "item: Honor, account: 5.1.02.02.01.0003", text)
    scenario = read_scenario(write(tmp_path, text))
    group = scenario.group["analis"]

    assert group.headcount == 100
    assert (group.level, group.location, group.agency) == ("5.10", "2027", "y")
    assert group.tags == ("v1.2.3", "012", "no")
    assert scenario.programmes[0].costs[0].account == "5.1.02.02.01.0003"


def test_a_small_number_as_programs_write_it_is_read_exactly() -> None:
    assert read_plain("1.0e-05") == Decimal("0.00001")
    assert read_plain("2.5E+3") == 2500


@pytest.mark.parametrize("text", ["1e9", "1e-5", "1.0e5", "1.5e9"])
def test_a_power_of_ten_that_readers_disagree_about_is_refused(text: str) -> None:
    with pytest.raises(AmbiguousScalar):
        read_plain(text)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("Rp 500,000.00", "'Rp 500,000.00' could be read in two ways: Rp500.000 with English marks, or Rp500 and a"),
        ("Rp500,000", "'Rp500,000' could be read in two ways"),
        ("Rp1,500,000", "'Rp1,500,000' is written with English marks. Write Rp1.500.000 if that is meant."),
        ("1,500", "1,500 could be read in two ways. Write 1500 or 1.5."),
        ("2,500,000", "'2,500,000' has marks within the number. Write 2500000 if that is meant."),
        ("2,5 miliar", "Put it in quotes: '2,5 miliar'."),
        ("0,05", "Put it in quotes: '0,05'."),
        ("Rp50.000,-", "Put it in quotes: 'Rp50.000,-'."),
    ],
)
@pytest.mark.parametrize("after", ["", ", chance: 50%"])
def test_an_amount_that_a_comma_splits_between_braces_is_told_as_one(
    tmp_path: Path, amount: str, words: str, after: str
) -> None:
    line = f"funds: [{{id: apbd, kind: partner, amount: {amount}{after}}}]\n"
    text = MINIMAL[: MINIMAL.index("funds:")] + line
    (problem,) = problems(write(tmp_path, text))
    assert problem.path == "funds[0].amount"
    assert problem.message == f"the comma between the braces splits '{amount}' into several entries."
    assert words in problem.remedy


def test_a_key_with_a_leading_zero_is_refused_as_itself(tmp_path: Path) -> None:
    text = changed("gaps: {keu: 60}", "gaps: {keu: 60, 007: 3}")
    assert [problem.message for problem in problems(write(tmp_path, text))] == [
        "'007' is ambiguous: a leading zero makes an octal number for some programs."
    ]
