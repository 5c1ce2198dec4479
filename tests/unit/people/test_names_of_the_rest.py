"""Names for a plan of what is left: who attended is known from the lists that came back."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from planner import planning
from planner.attendance.rest import RestOfGroup
from planner.check.names import NamedSeat, check_names
from planner.domain.groups import Group
from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.plans.mixed_groups import closed_in_mixed
from planner.plans.plan import Plan
from planner.report.actuals_form import blank_actuals
from planner.report.terminal import summary_rows
from planner.scenario_io import read_located
from planner.scenario_io.replanning import read_with_actuals
from planner.store.attended_lists import attended_in, presence_in
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import SCENARIO_FILE, StoredPlan, read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027, hours_target: 20}
periods: [TW1, TW2, TW3]
competencies: [{id: keu, name: Keuangan, kind: technical}, {id: kom, name: Komunikasi, kind: managerial}]
people:
  table: pegawai.csv
  columns: {NIP: id, Nama: name, OPD: agency}
  each: [{max_hours: 26}]
programmes:
  - {id: dua, hours: 16, closes: {keu: 0.9}, class_size: {min: 2, max: 3}, periods: [TW1, TW2, TW3],
     classes: {per_period: 1}}
  - {id: el, hours: 10, closes: {kom: 0.8}, periods: [TW1, TW2, TW3], class_size: {min: 2, max: 2},
     classes: {per_period: 1}}
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
HEAD = "NIP;Nama;OPD;gap:keu;gap:kom\n"
ROWS = [
    *(f"'1980010120050110{n:02d};Orang {n};BPKAD;1;1" for n in range(1, 8)),
    *(f"'1981010120050110{n:02d};Pegawai {n};Dinas;{n % 2};1" for n in range(1, 6)),
]
type Marks = Callable[[str, str], tuple[str, str | None]]
"""Of an id and a programme: whether the person was present, and passed."""


def first_plan(
    folder: Path, changes: list[str], rows: list[str] = ROWS, scenario: str = SCENARIO, head: str = HEAD
) -> StoredPlan:
    loaded = read_located(write(folder, rows, scenario, head), changes)
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, folder / "orang")
    return read_stored(folder / "orang")


def replanned(stored: StoredPlan, folder: Path, lists: Path, through: str, changes: Sequence[str] = ()) -> StoredPlan:
    """The plan of what is left after `through`, as the lists count what happened."""
    table = folder / f"realisasi-{through}.xlsx"
    counts = presence_in(stored.scenario, lists, through)
    table.write_bytes(blank_actuals(stored, through, dict(counts.rows())))
    horizon = stored.scenario.horizon
    loaded = read_with_actuals(stored.path.with_name(SCENARIO_FILE), table, through, horizon, changes)
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, folder / loaded.scenario.id)
    return read_stored(folder / loaded.scenario.id)


def fill(lists: Path, marks: Marks, until: str) -> None:
    """Fill in the lists of the courses up to a period."""
    for file in (lists / "daftar-peserta").glob("*.xlsx"):
        if file.stem.split("-")[-1] > until:
            continue
        book = load_workbook(file)
        for sheet in book:
            for row in sheet.iter_rows(min_row=6):
                if isinstance(row[0].value, int):
                    present, passed = marks(str(row[1].value), file.stem.split("-")[0])
                    row[5].value, row[6].value = present, passed
        book.save(file)


def hide_row(file: Path) -> None:
    book = load_workbook(file)
    book.worksheets[0].row_dimensions[7].hidden = True
    book.save(file)


def seats(lists: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(lists / "penugasan.parquet").to_pylist()
    return rows


def verified(stored: StoredPlan, lists: Path) -> None:
    rows = [NamedSeat(r["id"], r["group"], r["programme"], r["period"], r["class"]) for r in seats(lists)]
    assert check_names(stored.scenario, stored.data, rows).passed


@pytest.mark.parametrize("groups", [5000, 2])
def test_seats_that_are_left_go_to_people_who_did_not_attend(groups: int, tmp_path: Path) -> None:
    stored = first_plan(tmp_path, [f"people.most_groups={groups}"])
    lists = tmp_path / "names"
    write_name_lists(stored, tmp_path, lists)
    failing = "198001012005011001"
    fill(
        lists,
        lambda one, _p: ("tidak", None) if one.endswith("2") else ("ya", "tidak" if one == failing else "ya"),
        "TW1",
    )
    rest = replanned(stored, tmp_path, lists, "TW1")
    with pytest.raises(InputError, match="does not say who has attended"):
        write_name_lists(rest, tmp_path, tmp_path / "unknown")
    written = write_name_lists(rest, tmp_path, tmp_path / "names-1", came_back=lists)
    assert not written.notices
    hide_row(lists / "daftar-peserta" / f"{next(iter(rest.scenario.programme))}-TW1.xlsx")
    (notice,) = attended_in(rest.scenario, lists).notices
    assert notice.message == "1 hidden row was read: 7."
    rows = seats(tmp_path / "names-1")
    verified(rest, tmp_path / "names-1")
    came = {(s["id"], s["programme"]) for s in seats(lists) if s["period"] == "TW1" and not s["id"].endswith("2")}
    assert {(row["id"], row["programme"]) for row in rows if row["happened"]} == came
    assert written.happened == len(came) < written.seats
    assert max(Counter((row["id"], row["programme"]) for row in rows).values()) == 1
    assert all(row["period"] > "TW1" for row in rows if not row["happened"])
    files = {file.stem for file in (tmp_path / "names-1" / "daftar-peserta").glob("*.xlsx")}
    assert not any(name.endswith("TW1") for name in files)
    lines = {row["id"]: row for row in pq.read_table(tmp_path / "names-1" / "per-orang.parquet").to_pylist()}
    planned = Counter[str]()
    for row in rows:
        planned[row["id"]] += int(rest.scenario.programme[row["programme"]].hours)
    assert {one: int(line["hours_planned"]) for one, line in lines.items() if line["hours_planned"]} == planned
    assert max(planned.values()) <= 26

    fill(tmp_path / "names-1", lambda _one, _p: ("ya", "ya"), "TW2")
    again = replanned(rest, tmp_path, tmp_path / "names-1", "TW2")
    write_name_lists(again, tmp_path, tmp_path / "names-2", came_back=tmp_path / "names-1")
    verified(again, tmp_path / "names-2")
    assert came <= {(row["id"], row["programme"]) for row in seats(tmp_path / "names-2") if row["happened"]}


@pytest.mark.parametrize("seed", [4, 13])
def test_better_seats_of_mixed_groups_are_told_from_those_of_exact_ones(seed: int, tmp_path: Path) -> None:
    """Once something has happened, ways of exact groups come after those of mixed ones, and have other numbers."""
    three = ", ".join(f"{{id: {c}, kind: technical}}" for c in "abc")
    text = re.sub(r"competencies: .*", f"competencies: [{three}]", SCENARIO)
    text = text.replace("{keu: 0.9}", "{a: 0.9, b: 0.4}").replace("{kom: 0.8}", "{c: 0.8}")
    draw = Random(seed)
    rows = [
        f"'1980010120050110{n:02d};Orang {n};{draw.choice(['BPKAD', 'Dinas'])};"
        + ";".join(draw.choice("011") for _c in "abc")
        for n in range(1, draw.randint(14, 20))
    ]
    stored = first_plan(tmp_path, ["people.most_groups=4"], rows, text, "NIP;Nama;OPD;gap:a;gap:b;gap:c\n")
    lists = tmp_path / "names"
    write_name_lists(stored, tmp_path, lists)
    fill(lists, lambda one, _p: ("tidak", None) if one.endswith("2") else ("ya", "ya"), "TW1")
    rest = replanned(stored, tmp_path, lists, "TW1")
    written = write_name_lists(rest, tmp_path, tmp_path / "names-1", came_back=lists)
    verified(rest, tmp_path / "names-1")
    plan = Plan.from_plain(rest.data)
    least, most = closed_in_mixed(rest.scenario, plan)
    assert least <= written.closed_in_mixed <= written.counted_in_mixed <= most
    assert least, "what was measured"
    said = dict(summary_rows(rest.scenario, plan))["In mixed groups"]
    assert re.fullmatch(r"[\d.]+ counted; by the people named [\d.]+ to [\d.]+", said)


def test_lists_that_are_not_what_happened_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = first_plan(tmp_path, [])
    lists = tmp_path / "names"
    write_name_lists(stored, tmp_path, lists)
    with pytest.raises(InputError, match="nothing of this plan has happened"):
        write_name_lists(stored, tmp_path, tmp_path / "early", came_back=lists)
    fill(lists, lambda _one, _p: ("ya", "ya"), "TW1")
    rest = replanned(stored, tmp_path, lists, "TW1")
    other = tmp_path / "other"
    copytree(lists, other)
    fill(other, lambda one, _p: ("keluar", None) if one.endswith("1") else ("ya", "ya"), "TW1")
    monkeypatch.setattr("planner.store.attended_lists.MOST_LISTED", 1)
    with pytest.raises(InputError, match="the lists name") as error:
        write_name_lists(rest, tmp_path, tmp_path / "lists", came_back=other)
    assert re.fullmatch(r"\d+ more places? (has|have) the same fault\.", str(error.value.problems[-1]))
    assert len(error.value.problems) == 2
    assert not (tmp_path / "lists").exists()


def test_the_recount_finds_what_is_added_to_people_who_have_attended(tmp_path: Path) -> None:
    scenario = Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "sisa", "fiscal_year": 2027},
            "periods": ["TW1", "TW2"],
            "competencies": [{"id": "a", "kind": "technical"}, {"id": "b", "kind": "technical"}],
            "groups": [{"id": "g", "headcount": 3, "gaps": {"a": 3, "b": 3}, "max_hours": 20}],
            "programmes": [
                {"id": "p", "hours": 15, "closes": {"a": 1}},
                {"id": "q", "hours": 10, "closes": {"b": 1}, "requires": ["p"]},
                {"id": "r", "hours": 5, "closes": {"b": 1}, "requires": ["p"]},
            ],
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
            "actuals": {
                "through": "TW1",
                "attended": [{"programme": "p", "period": "TW1", "group": "g", "participants": 1}],
            },
        }
    )

    def found(programme: str, one: str) -> list[str]:
        allocations = [("p", "TW1"), (programme, "TW2")]
        plan = {
            "allocations": [{"group": "g", "programme": p, "period": t, "participants": 1} for p, t in allocations],
            "classes": [],
        }
        named = [NamedSeat("x", "g", "p", "TW1", None), NamedSeat(one, "g", programme, "TW2", None)]
        return [finding.rule for finding in check_names(scenario, plan, named).findings]

    assert found("r", "x") == []
    assert found("r", "y") == ["requires"]
    assert found("q", "x") == ["max_hours"]
    assert "attendance" in found("p", "x")
    assert found("p", "y") == []


@pytest.mark.parametrize(("named", "rules"), [(2, []), (3, ["requires"])])
def test_the_recount_lets_as_many_skip_a_prerequisite_as_do_not_lack_it(named: int, rules: list[str]) -> None:
    scenario = Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "lompat", "fiscal_year": 2027},
            "competencies": [{"id": "a", "kind": "technical"}, {"id": "b", "kind": "technical"}],
            "groups": [{"id": "g", "headcount": 3, "gaps": {"a": 1, "b": 3}}],
            "programmes": [
                {"id": "p", "hours": 5, "closes": {"a": 1}},
                {"id": "r", "hours": 5, "closes": {"b": 1}, "requires": ["p"]},
            ],
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
        }
    )
    period = scenario.horizon[0]
    plan = {
        "allocations": [{"group": "g", "programme": "r", "period": period, "participants": named}],
        "classes": [],
    }
    seats = [NamedSeat(one, "g", "r", period, None) for one in "xyz"[:named]]
    assert [finding.rule for finding in check_names(scenario, plan, seats).findings] == rules


def test_seats_that_nobody_can_take_are_told_with_the_rules_that_leave_them_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = first_plan(tmp_path, ["rules=[{name: Paling banyak, measure: participants, at_most: 90}]"])
    lists = tmp_path / "names"
    write_name_lists(stored, tmp_path, lists)
    fill(lists, lambda _one, _p: ("ya", "ya"), "TW1")
    rest = replanned(stored, tmp_path, lists, "TW1")
    found: list[tuple[str, str, str, int]] = []

    def nobody(_scenario: Scenario, group: Group, _before: object, left: dict[Any, int], *_more: object) -> RestOfGroup:
        start, seated = next(iter(left.items()))
        found.append((group.id, *start, seated))
        return RestOfGroup(empty={start: seated})

    with monkeypatch.context() as patched:
        patched.setattr("planner.store.attended_lists.rest_of_group", nobody)
        with pytest.raises(InputError, match="nobody of") as raised:
            write_name_lists(rest, tmp_path, tmp_path / "names-1", came_back=lists)
    (setting,) = shlex.split(raised.value.problems[-1].message.split("--set ")[1])
    again = replanned(stored, tmp_path, lists, "TW1", [setting])
    assert again.scenario.rules[0].name == "Paling banyak"
    sent = {(row["group"], row["programme"], row["period"]): row["participants"] for row in again.data["allocations"]}
    assert found
    assert not [place for *place, _seated in found if sent.get((place[0], place[1], place[2]))]
    write_name_lists(again, tmp_path, tmp_path / "names-2", came_back=lists)
    verified(again, tmp_path / "names-2")
