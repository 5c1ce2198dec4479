"""Mentors and mentees where some of them are in written groups beside the list of people, and have no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from planner import planning
from planner.check.mentor_pairs import check_mentors
from planner.check.verdict import Verdict
from planner.cli.assign import command
from planner.domain.people import MentorPair, UnnamedSeats
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.scenario_io import read_located
from planner.store.forgetting import forget
from planner.store.name_lists import write_name_lists
from planner.store.results import write_results
from planner.store.stored_plan import StoredPlan, read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: bimbing, fiscal_year: 2027}
periods: [TW1, TW2]
competencies: [{id: keu, name: Keuangan, kind: technical}]
people: {table: pegawai.csv, columns: {NIP: id, Nama: name, OPD: agency, Jenjang: level}}
groups:
  - {id: guru, name: Guru, agency: Dinas, level: senior, headcount: 4, gaps: {}}
  - {id: muda, agency: Aset, level: staf, headcount: 3, gaps: {keu: 2}}
programmes:
  - {id: bina, form: mentoring, hours: 10, lasts: 2, closes: {keu: 0.5}, mentors: {pool: senior, mentees_each: 2}}
mentor_pools: [{id: senior, from: {level: [senior]}, share: 100%}]
funds: [{id: apbd, kind: own, amount: 1_000_000}]
"""
HEAD = "NIP;Nama;OPD;Jenjang;gap:keu\n"
ROWS = [f"'1980010120050110{n:02d};Orang {n};{'Dinas' if n % 2 else 'BPKAD'};staf;1" for n in range(1, 6)]
SENIOR = "'198001012005011099;Orang 99;BPKAD;senior;0"


def stored_plan(folder: Path, rows: list[str]) -> StoredPlan:
    loaded = read_located(write(folder, rows, SCENARIO, HEAD))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, folder / "bimbing")
    return read_stored(folder / "bimbing")


def pairs_in(folder: Path) -> list[MentorPair]:
    rows: list[dict[str, Any]] = pq.read_table(folder / "mentor.parquet").to_pylist()
    return [MentorPair(**row) for row in rows]


@pytest.mark.parametrize("rows", [ROWS, [*ROWS, SENIOR]], ids=["no senior has a name", "one senior has a name"])
def test_mentors_of_written_groups_mentor_by_number(rows: list[str], tmp_path: Path) -> None:
    stored = stored_plan(tmp_path, rows)
    assert sum(row["participants"] for row in stored.data["allocations"]) == 7
    with speaking("en"):
        written = write_name_lists(stored, tmp_path, tmp_path / "names")
    pairs = pairs_in(tmp_path / "names")
    assert written.without_mentor == 0
    assert len(pairs) == 7
    assert written.mentored_beside == sum(pair.mentor_group == "guru" for pair in pairs)
    assert Counter(pair.mentee_group == "muda" for pair in pairs) == {False: 5, True: 2}
    taken = Counter((pair.mentor, pair.mentor_group, pair.number) for pair in pairs)
    assert max(taken.values()) <= 2
    of_bpkad = {pair.mentor for pair in pairs if pair.mentee[-2:] in ("02", "04")}
    assert of_bpkad == ({SENIOR[1:19]} if SENIOR in rows else {""}), "first a mentor of the same agency"
    sheet = load_workbook(tmp_path / "names" / "penugasan.xlsx")["Mentors"]
    told = [row[2:4] for row in sheet.iter_rows(values_only=True)]
    assert ("a person of 'muda', without a name" in [row[0] for row in told]) is True
    assert "person 1 of 'Guru', without a name" in [row[1] for row in told]


@pytest.mark.parametrize(
    ("twin", "mentor"),
    [("agency: Kecamatan", "person 1 of 'Guru (Dinas)'"), ("agency: Dinas", "person 1 of 'Guru (guru)'")],
)
def test_groups_of_one_name_are_told_apart_by_agency_or_id(twin: str, mentor: str, tmp_path: Path) -> None:
    other = f"  - {{id: lain, name: Guru, {twin}, level: staf, headcount: 3, gaps: {{keu: 2}}}}\nprogrammes:"
    loaded = read_located(write(tmp_path, ROWS[:2], SCENARIO.replace("programmes:", other), HEAD))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, tmp_path / "bimbing")
    with speaking("en"):
        write_name_lists(read_stored(tmp_path / "bimbing"), tmp_path, tmp_path / "names")
    book = load_workbook(tmp_path / "names" / "penugasan.xlsx")
    cells = [str(cell) for row in book["Mentors"].iter_rows(values_only=True) for cell in row]
    assert any(mentor in cell for cell in cells)
    mentee = "Guru (Kecamatan)" if "Kecamatan" in twin else "Guru (lain)"
    assert f"a person of '{mentee}', without a name" in cells
    assert mentee in {str(row[1]) for row in book["Seats without names"].iter_rows(values_only=True)}
    annex = load_workbook(next((tmp_path / "names").glob("lampiran*.xlsx")))
    assert any(mentee in str(cell) for sheet in annex for row in sheet.iter_rows(values_only=True) for cell in row)


def test_the_terminal_says_so_and_a_forgotten_person_leaves_the_pairs(tmp_path: Path) -> None:
    stored = stored_plan(tmp_path, ROWS)
    folder = tmp_path / "x"
    told = CliRunner().invoke(command, [str(stored.path.parent), "--people", str(tmp_path), "--out", str(folder)])
    assert told.exit_code == 0, told.output
    assert "7 people are mentored by groups beside the list" in told.output
    assert "have no mentor" not in told.output
    mentee = ROWS[0][1:19]
    assert mentee in {pair.mentee for pair in pairs_in(folder)}
    assert any(place.file.name == "mentor.parquet" for place in forget(mentee, folder))
    assert mentee not in {pair.mentee for pair in pairs_in(folder)}


def test_who_is_mentored_in_a_written_group_does_not_mentor(tmp_path: Path) -> None:
    scenario = SCENARIO.replace("{level: [senior]}", "{id: [muda, guru]}").replace("headcount: 4", "headcount: 2")
    loaded = read_located(write(tmp_path, ROWS[:2], scenario, HEAD))
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, tmp_path / "bimbing")
    write_name_lists(read_stored(tmp_path / "bimbing"), tmp_path, tmp_path / "names")
    mentors = {(pair.mentor_group, pair.number) for pair in pairs_in(tmp_path / "names")}
    assert mentors <= {("guru", 1), ("guru", 2), ("muda", 3)}


def checked(pairs: Sequence[MentorPair], people: int = 1, *, mentored: int = 1) -> Verdict:
    scenario = Scenario.model_validate(
        {
            "format": 1,
            "scenario": {"id": "bimbing", "fiscal_year": 2027},
            "competencies": [{"id": "keu", "kind": "technical"}],
            "groups": [
                {"id": "w", "headcount": 2, "gaps": {"keu": 1}},
                {"id": "x", "headcount": 2, "gaps": {"keu": 1}},
                {"id": "g", "headcount": 5, "gaps": {"keu": 3}},
            ],
            "mentor_pools": [{"id": "s", "from": {"id": ["g", "w"]}, "share": "100%"}],
            "programmes": [{"id": "b", "closes": {"keu": 1}, "mentors": {"pool": "s", "mentees_each": 2}}],
            "funds": [{"id": "apbd", "kind": "own", "amount": 1}],
        }
    )
    seated = [(one, "g", "b", "2027") for one in ("p", "q", "r")]
    rows = [{"group": "w", "programme": "b", "period": "2027", "participants": mentored}]
    plan = {"allocations": rows, "attendance": []}
    unnamed = [UnnamedSeats("w", "b", "2027", None, people, False)]
    return check_mentors(scenario, plan, pairs, seated, {"m": "g", "n": "g", "o": "x"}, unnamed, ["g"])


def test_pairs_are_recounted() -> None:
    p, q, r = (MentorPair("b", "2027", one, "g", "m", "g") for one in ("p", "q", "r"))
    r = r._replace(mentor="n")
    w = MentorPair("b", "2027", "", "w", "", "w", 1)
    right = [p, q, r, w]
    assert checked(right).passed
    assert checked([p, q, r, w._replace(mentor_group="", number=0)]).passed, "nobody has room"
    assert not checked(right[:3]).passed, "somebody is in no pair"
    assert not checked(right, 2).passed, "one of two without names is in no pair"
    assert not checked([*right, w]).passed, "one more than there are"
    assert not checked(right, mentored=2).passed, "both people of the group are mentored"
    wrongs: list[dict[str, Any]] = [
        {"mentor": "m"}, {"mentor": "p"}, {"mentee": "p"}, {"mentee": "x"}, {"mentor": "o", "mentor_group": "x"},
        {"mentor": "n", "mentor_group": "w"}, {"mentor": "n", "number": 1}, {"mentor": "", "number": 1},
    ]  # fmt: skip
    for wrong in wrongs:
        assert not checked([p, q, r._replace(**wrong), w]).passed, wrong
    for wrong in ({"number": 0}, {"number": 3}, {"mentor_group": "x"}, {"mentor_group": "g"}, {"mentor_group": "?"}):
        assert not checked([p, q, r, w._replace(**wrong)]).passed, wrong


VALUES: dict[str, list[Any]] = {
    "programme": ["b", "?", ""], "period": ["2027", "2028", ""], "mentee": ["p", "q", "r", "m", "n", "", "z"],
    "mentee_group": ["g", "w", "x", "?", ""], "mentor": ["m", "n", "o", "p", "q", "r", "", "?"],
    "mentor_group": ["g", "w", "x", "?", ""], "number": [-1, 0, 1, 2, 3],
}  # fmt: skip


def test_no_part_of_a_pair_can_be_another_but_for_a_mentor_with_room() -> None:
    p, q, r = (MentorPair("b", "2027", one, "g", "m", "g") for one in ("p", "q", "r"))
    right = [p, q, r._replace(mentor="n"), MentorPair("b", "2027", "", "w", "", "w", 1)]
    passed = [
        (place, name, value)
        for place, pair in enumerate(right)
        for name, values in VALUES.items()
        for value in values
        if value != getattr(pair, name)
        and checked([*right[:place], pair._replace(**{name: value}), *right[place + 1 :]]).passed
    ]
    assert passed == [(0, "mentor", "n"), (1, "mentor", "n"), (3, "number", 2)], "n and the second of w have room"


def test_pairs_that_are_exchanged_doubled_or_left_out_are_found() -> None:
    p, q, r = (MentorPair("b", "2027", one, "g", "m", "g") for one in ("p", "q", "r"))
    right = [p, q, r._replace(mentor="n"), MentorPair("b", "2027", "", "w", "", "w", 1)]
    for place, pair in enumerate(right):
        assert not checked([*right[:place], *right[place + 1 :]]).passed
        assert not checked([*right, pair]).passed
        for other in right[place + 1 :]:
            crossed = [each._replace(mentee=other.mentee) if each is pair else each for each in right]
            assert not checked(crossed).passed, "one is in two pairs, one in none"
            mentors = {one.mentee: two for one, two in ((pair, other), (other, pair))}
            fields = ("mentor", "mentor_group", "number")
            swapped = [
                each._replace(**{name: getattr(mentors.get(each.mentee, each), name) for name in fields})
                for each in right
            ]
            assert checked(swapped).passed, "whoever mentors them, the load is the same"
