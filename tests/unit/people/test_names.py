"""Names for the seats of a plan: by the rule, and recounted by the checker."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook

from planner import planning
from planner.check.jp_before import surely_reached
from planner.check.names import NamedSeat, check_names
from planner.errors import InputError, MissingPackage
from planner.people.ways import told_gaps
from planner.plans.hours_reached import hours_reached, together
from planner.plans.measures import Measures
from planner.plans.overlap import closed_at_least
from planner.plans.plan import Plan
from planner.report.open_gap_words import reasons_of_open_gaps
from planner.scenario_io import presence_lists, read_located
from planner.scenario_io.tree import Place
from planner.store.attended_lists import presence_in
from planner.store.forgetting import forget
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import StoredPlan, read_stored
from tests.unit.people.people_files import GOOD, write

ROWS = [
    *GOOD,
    "198001012005011010;Fitri;BPKAD;PNS;9;1;1",
    "198001012005011011;=1+1;BPKAD;PNS;2;1;1",
    "198001012005011012;Hadi;Inspektorat;PNS;2;1;1",
]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> StoredPlan:
    folder = tmp_path_factory.mktemp("people")
    loaded = read_located(write(folder, ROWS))
    plan = planning.plan(loaded.scenario, inline=True).plan
    write_results(loaded.scenario, plan, folder / "orang")
    return read_stored(folder / "orang")


@pytest.fixture(scope="module")
def lists(stored: StoredPlan) -> Path:
    folder = stored.path.parent.parent / "lists"
    write_name_lists(stored, stored.path.parent.parent, folder, reasons_of_open_gaps(stored))
    return folder


def seats(lists: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(lists / "penugasan.parquet").to_pylist()
    return rows


def named(rows: list[dict[str, Any]]) -> Iterator[NamedSeat]:
    for row in rows:
        yield NamedSeat(row["id"], row["group"], row["programme"], row["period"], row["class"])


def test_the_lists_are_those_of_the_plan(stored: StoredPlan, lists: Path) -> None:
    rows = seats(lists)
    sent = {(r["group"], r["programme"], r["period"]): r["participants"] for r in stored.data["allocations"]}
    assert len(rows) == sum(sent.values())
    assert check_names(stored.scenario, stored.data, named(rows)).passed


def test_the_recount_finds_every_list_that_is_not_the_plans(stored: StoredPlan, lists: Path) -> None:
    rows = seats(lists)
    for spoiled in spoiled_lists(rows):
        assert not check_names(stored.scenario, stored.data, named(spoiled)).passed


def spoiled_lists(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for number in range(len(rows)):
        yield rows[:number] + rows[number + 1 :]
        yield [*rows, rows[number]]
    for key, value in (("period", "2030"), ("class", 9), ("group", "?"), ("programme", "?")):
        spoiled = deepcopy(rows)
        spoiled[0][key] = value
        yield spoiled


def test_the_largest_gap_comes_first_then_the_fewest_jp_then_the_id(stored: StoredPlan, lists: Path) -> None:
    group = "BPKAD / pns / keu+kom"
    lines = [row for row in pq.read_table(lists / "per-orang.parquet").to_pylist() if row["group"] == group]
    planned = {row["id"]: row["hours_planned"] for row in lines}
    order = ["198001012005011002", "198001012005011011", "198001012005011001", "198001012005011010"]
    assert sorted(planned, key=order.index) == order
    assert [planned[one] for one in order] == sorted(planned.values(), reverse=True)


def test_jp_done_before_count_towards_the_target(stored: StoredPlan, lists: Path) -> None:
    lines = pq.read_table(lists / "per-orang.parquet").to_pylist()
    attendance = Plan.from_plain(stored.data).attendance
    most = {row.group: row.reached for row in hours_reached(stored.scenario, attendance, at_most=True)}
    for row in stored.data["hours_target"]:
        named = sum(line["target_reached"] for line in lines if line["group"] == row["group"])
        assert row["reached"] <= named <= most[row["group"]]
    assert sum(row["reached"] for row in stored.data["hours_target"])


def test_who_reaches_the_target_whoever_is_sent_is_what_every_way_of_sending_gives() -> None:
    draw = Random(3)
    for _case in range(60):
        people, target = draw.randint(1, 5), draw.randint(1, 10)
        done, sent = ([draw.randint(0, 10) for _one in range(people)] for _kind in range(2))
        found = [sum(d + s >= target for d, s in zip(done, each, strict=True)) for each in set(permutations(sent))]
        before = Counter(min(each, target) for each in done if each)
        rows = [(Fraction(jp), n) for jp, n in before.items()]
        taken = [(Fraction(jp), n) for jp, n in Counter(sent).items() if jp]
        ends = [together(rows, taken, target, people, at_most=at_most) for at_most in (False, True)]
        assert ends == [min(found), max(found)]
        assert surely_reached(people, {str(jp): n for jp, n in before.items()}, taken, target) == min(found)


def test_codes_are_hidden_and_words_are_those_of_people(lists: Path) -> None:
    sheet = load_workbook(lists / "daftar-peserta" / "dua-2027.xlsx").worksheets[0]
    assert [row for row in range(1, sheet.max_row + 1) if sheet.row_dimensions[row].hidden] == [4]
    assert str(sheet["A4"].value).startswith("[")
    people = load_workbook(lists / "penugasan.xlsx").worksheets[1]
    assert {people.cell(row, 7).value for row in range(2, people.max_row + 1)} == {"PNS", "PPPK"}


def test_a_gap_without_a_seat_is_told_with_the_reason_of_the_report(stored: StoredPlan) -> None:
    group = stored.scenario.group["Inspektorat / pns / keu+kom"]
    reasons = {(group.id, "kom"): "hours limit used up"}
    assert list(told_gaps(stored.scenario, group, [], ["kom"], reasons)) == ["Komunikasi: no seat; hours limit used up"]
    assert "gives seats to others" in next(told_gaps(stored.scenario, group, [], ["kom"], {}))
    assert set(reasons_of_open_gaps(stored)) <= {(row["group"], row["competency"]) for row in stored.data["closings"]}


def test_lists_hold_text_and_no_formulas_and_plans_hold_no_names(stored: StoredPlan, lists: Path) -> None:
    book = load_workbook(lists / "penugasan.xlsx")
    names = {cell.value: cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert names["=1+1"] == "s"
    assert names["198001012005011002"] == "s"
    assert "BPKAD, PNS, keu + kom" in names, "groups have the name that documents print"
    assert not [cell for cell in names if " / pns" in str(cell)]
    assert "Fitri" in {row["name"] for row in seats(lists)}
    for file in stored.path.parent.rglob("*"):
        if file.is_file():
            assert b"Fitri" not in file.read_bytes()
            assert b"198001012005011010" not in file.read_bytes()


def test_without_the_package_for_workbooks_the_remedy_is_named_and_nothing_written(
    stored: StoredPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingPackage, match=r"planner\[xlsx\]"):
        write_name_lists(stored, stored.path.parent.parent, tmp_path / "lists")
    assert not (tmp_path / "lists").exists()


def test_who_is_forgotten_is_in_no_list_and_in_no_table_of_people(
    stored: StoredPlan, lists: Path, tmp_path: Path
) -> None:
    copytree(lists, tmp_path / "names")
    copytree(stored.path.parent.parent, tmp_path / "scenario", ignore=lambda _folder, _names: ["lists"])
    person = seats(lists)[0]
    found = forget(person["id"], tmp_path)
    assert not any(place.left for place in found)
    kinds = {"penugasan.parquet", "per-orang.parquet", "penugasan.xlsx", "lampiran.xlsx"}
    assert kinds < {place.file.name for place in found}
    assert {place.file.parent.name for place in found} >= {"daftar-peserta", "names", "scenario"}
    assert forget(person["id"], tmp_path) == ()
    assert seats(tmp_path / "names") == [row for row in seats(lists) if row["id"] != person["id"]]
    for file in (tmp_path / "names").rglob("*.xlsx"):
        cells = {cell.value for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row}
        assert person["id"] not in cells
        assert person["name"] not in cells, file


def test_what_mixed_groups_close_is_counted_person_by_person(tmp_path: Path) -> None:
    loaded = read_located(write(tmp_path, ROWS), ["people.most_groups=3"])
    plan = planning.plan(loaded.scenario, inline=True).plan
    write_results(loaded.scenario, plan, tmp_path / "orang")
    stored = read_stored(tmp_path / "orang")
    written = write_name_lists(stored, tmp_path, tmp_path / "lists")
    mixed = [group for group in loaded.scenario.groups if group.id.endswith("*")]
    assert mixed
    lines = {row["id"]: row for row in pq.read_table(tmp_path / "lists" / "per-orang.parquet").to_pylist()}
    lacks = {row.split(";")[0].strip("'"): row.split(";")[5:] for row in ROWS}
    closed = Fraction(0)
    for identifier, line in lines.items():
        attended = [row["programme"] for row in seats(tmp_path / "lists") if row["id"] == identifier]
        for c, said in zip(("keu", "kom"), lacks[identifier], strict=True):
            if said in ("1", "ya") and line["group"] in {group.id for group in mixed}:
                closes = [loaded.scenario.programme[p].closes.get(c, Fraction(0)) for p in attended]
                closed += max(closes, default=Fraction(0))
    assert closed
    assert written.closed_in_mixed == min(closed, written.counted_in_mixed)
    exact = sum((row.closed for row in plan.closings if not row.group.endswith("*")), Fraction(0))
    assert exact < closed_at_least(Measures(loaded.scenario, plan)) <= exact + closed


def test_people_who_have_changed_since_are_refused(stored: StoredPlan, lists: Path, tmp_path: Path) -> None:
    write(tmp_path, ROWS[1:])
    with pytest.raises(InputError, match="have changed"):
        write_name_lists(stored, tmp_path, tmp_path / "lists")
    assert not (tmp_path / "lists").exists()


def test_lists_that_come_back_are_the_actuals(stored: StoredPlan, lists: Path, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    copytree(lists, folder)
    fill(folder, lambda row: ("ya", "ya") if row % 3 else ("keluar", None))
    counts = presence_in(stored.scenario, folder)
    rows = counts.rows()
    seated = len(seats(lists))
    assert sum(row["participants"] for row in rows["attended"]) + counts.left == seated
    assert counts.left
    assert {row["programme"] for row in rows["held"]} <= {"dua"}, "programmes without classes hold none"
    lack = {row["id"]: row["lacks"].split(";") for row in pq.read_table(lists / "per-orang.parquet").to_pylist()}
    closed = sum(row.get("closed:kom", 0) for row in rows["attended"])
    assert closed == len({one for one, p, _t, _number in counts.seats if "kom" in lack[one]}), "one gap of each person"
    fill(folder, lambda row: ("yes", "yes") if row % 3 else ("left", None))
    assert presence_in(stored.scenario, folder) == counts, "the words that English messages ask for"
    fill(folder, lambda _row: (None, None))
    with pytest.raises(InputError, match="not stated whether this person was present") as raised:
        presence_in(stored.scenario, folder)
    assert raised.value.problems[0].remedy == "Write yes, no or left."


def test_every_row_with_an_id_counts_whatever_its_number(stored: StoredPlan, lists: Path, tmp_path: Path) -> None:
    folder, book, file = came_back(lists, tmp_path)
    before = presence_in(stored.scenario, folder)
    sheet = book.worksheets[0]
    sheet["A7"].value, sheet["B7"].value = "2.", f" '{sheet['B7'].value} "
    sheet["A8"].value = None
    book.save(file)
    assert presence_in(stored.scenario, folder) == before
    sheet["B8"].value = None
    assert told(stored, folder, book, file) == ["this row has no id.", "1 person who was named stands on no row: No. 2"]


def test_lists_and_people_that_did_not_come_back_are_named(stored: StoredPlan, lists: Path, tmp_path: Path) -> None:
    folder, book, file = came_back(lists, tmp_path)
    book.worksheets[0].delete_rows(7)
    assert told(stored, folder, book, file) == ["1 person who was named stands on no row: No. 1"]
    file.unlink()
    with pytest.raises(InputError, match=r"list dua · 2027 · Class 1 is missing\.") as raised:
        presence_in(stored.scenario, folder)
    assert raised.value.problems[0].file == str(file)


def test_who_was_absent_and_passed_and_an_id_that_is_a_number_are_refused(
    stored: StoredPlan, lists: Path, tmp_path: Path
) -> None:
    folder, book, file = came_back(lists, tmp_path)
    sheet = book.worksheets[0]
    sheet["F7"].value, sheet["G7"].value = "Tidak", None
    sheet["B8"].value = int(sheet["B8"].value)
    said = told(stored, folder, book, file)
    assert said[0] == "Present (F) says 'tidak', and Komunikasi (H) says 'ya'."
    assert said[1].startswith("the id must be text: this number is larger than a worksheet holds exactly")
    sheet["B8"].value = 12
    assert "this id is a number and must be text" in told(stored, folder, book, file)[1]


def test_classes_of_one_group_are_tested_all_or_none(stored: StoredPlan, lists: Path, tmp_path: Path) -> None:
    folder, book, file = came_back(lists, tmp_path)
    last = book.worksheets[-1]
    for row in last.iter_rows(min_row=7, min_col=7, max_col=7):
        row[0].value = None
    assert len(book.worksheets) > 1
    assert all(
        "'Keuangan' was tested in one class and not in another" in each for each in told(stored, folder, book, file)
    )


def test_who_lacks_nothing_closes_no_gap(stored: StoredPlan, lists: Path, tmp_path: Path) -> None:
    folder, book, file = came_back(lists, tmp_path)
    before = presence_in(stored.scenario, folder)
    sheet = book.worksheets[0]
    substitute = "199001012022212004"  # Eka lacks kom alone
    sheet.insert_rows(7)
    for column, cell in ((2, substitute), (6, "ya"), (7, "ya"), (8, "ya")):
        sheet.cell(7, column).value = cell
    book.save(file)
    counts = presence_in(stored.scenario, folder)
    # keu is no gap of theirs, and kom is closed by one of the two programmes alone
    assert counts.without_gap == before.without_gap + 2
    group = next(g for _p, _t, g in counts.closed if "PPPK" in g.upper())
    assert set(counts.closed["dua", "2027", group]) == {"kom"}
    kom = (substitute, "kom")
    assert {**counts.results, kom: True} == {**before.results, kom: True}


def test_of_one_kind_of_fault_twenty_rows_are_named(stored: StoredPlan) -> None:
    reading = presence_lists._Reading(stored.scenario, {})
    for number in range(25):
        reading.wrong(Place(f"daftar.xlsx:A!{number}"), "whether this is so is not said.", "Say it.")
    with pytest.raises(InputError) as raised:
        reading.raise_any(Path("daftar"))
    assert len(raised.value.problems) == 21
    assert "whether this is so is not said: 25 rows in all." in str(raised.value)


def came_back(lists: Path, tmp_path: Path) -> tuple[Path, Workbook, Path]:
    """A copy of the lists, filled in, and the first workbook of them."""
    folder = tmp_path / "names"
    copytree(lists, folder)
    fill(folder, lambda _row: ("ya", "ya"))
    file = folder / "daftar-peserta" / "dua-2027.xlsx"
    return folder, load_workbook(file), file


def told(stored: StoredPlan, folder: Path, book: Workbook, file: Path) -> list[str]:
    """What is said of a changed workbook, without the name of the list."""
    book.save(file)
    with pytest.raises(InputError) as raised:
        presence_in(stored.scenario, folder)
    return [problem.message.split(": ", 1)[-1].removesuffix(".") if "No." in problem.message else problem.message
            for problem in sorted(raised.value.problems, key=lambda problem: "No." in problem.message)]  # fmt: skip


def fill(folder: Path, marks: Callable[[int], tuple[str | None, str | None]]) -> None:
    """Fill in the lists: (present, passed) of each row."""
    for file in (folder / "daftar-peserta").glob("*.xlsx"):
        book = load_workbook(file)
        for sheet in book:
            for number in range(6, sheet.max_row + 1):
                if isinstance(sheet.cell(number, 1).value, int):
                    present, passed = marks(number)
                    sheet.cell(number, 6).value = present
                    for column in range(7, sheet.max_column):
                        sheet.cell(number, column).value = passed
        book.save(file)
