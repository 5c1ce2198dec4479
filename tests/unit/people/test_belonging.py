"""Lists of names recounted from the list of people: who is counted in which group, and who lacks what they attend."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pytest

from planner import planning
from planner.check.belonging import SeatsWithoutGap, check_belonging
from planner.check.names import NamedSeat, check_names
from planner.check.verdict import Verdict
from planner.domain.scenario import Scenario
from planner.errors import CheckFailed, InputError
from planner.people.assignment import Names, named
from planner.people.listed_alike import listed_alike
from planner.people.register import Register
from planner.scenario_io import read_located
from planner.scenario_io.people_table import register_again
from planner.store import name_lists
from planner.store.name_lists import name_tables
from planner.store.results import write_results
from planner.store.stored_plan import StoredPlan, read_stored
from tests.unit.people.people_files import write

SCENARIO = """
format: 1
scenario: {id: orang, fiscal_year: 2027}
competencies: [{id: keu, kind: technical}, {id: kom, kind: managerial}]
people:
  table: pegawai.csv
  columns: {NIP: id, OPD: agency, Unit: unit, Jenis: employment, Tanda: tags, JP: hours, Pernah: completed}
  each: [{where: {employment: pppk}, max_hours: 24}]
programmes:
  - {id: dua, hours: 16, closes: {keu: 0.9, kom: 0.5}}
  - {id: el, hours: 10, closes: {kom: 0.8}}
funds: [{id: apbd, kind: own, amount: 1}]
"""
HEAD = "NIP;OPD;Unit;Jenis;Tanda;JP;Pernah;gap:keu;gap:kom\n"
ROWS = [
    "198001012005011001;BPKAD;A;PNS;guru; 4;;1;1",
    "198001012005011002;BPKAD;B;PNS;guru;;;1;1",
    "198001012005011003;Dinas;A;PNS;guru;;;1;1",
    "198001012005011004;BPKAD;A;PNS;;3;;1;1",
    "198001012005011005;BPKAD;A;PNS;guru;;el;1;1",
    "198001012005011006;BPKAD;A;PNS;guru;;;1;0",
    "198001012005011007;BPKAD;A;PNS;guru;;;0;1",
    "199001012022212008;BPKAD;A;PPPK;;2;;1;1",
    "199001012022212009;BPKAD;A;PPPK;;12.5;;1;1",
    "198001012005011010;BPKAD;A;PNS;guru;;;0;0",
]
type Rows = list[dict[str, Any]]


def planned(folder: Path, changes: Sequence[str] = ()) -> tuple[StoredPlan, Register, Rows, Rows, SeatsWithoutGap]:
    """A plan, the list of people read anew, and the rows of its lists of names."""
    loaded = read_located(write(folder, ROWS, SCENARIO, HEAD), changes)
    write_results(loaded.scenario, planning.plan(loaded.scenario, inline=True).plan, folder / "orang")
    stored = read_stored(folder / "orang")
    found = name_tables(stored, folder)
    said = SeatsWithoutGap(found.names.trained_without_gap, found.names.trained_after_passing)
    return stored, register_again(stored.scenario, folder), found.lines.to_pylist(), found.seats.to_pylist(), said


def verdict(stored: StoredPlan, register: Register, lines: Rows, seats: Rows, said: SeatsWithoutGap) -> Verdict:
    of_lines, of_seats = pyarrow.Table.from_pylist(lines), pyarrow.Table.from_pylist(seats)
    alike, strangers, repeated = listed_alike(register, of_lines, of_seats, {})
    return check_belonging(stored.scenario, alike, stored.scenario.listed_groups, strangers, repeated, said)


@pytest.mark.parametrize("changes", [(), ("people.most_groups=6",), ("people.by=[employment]",)])
def test_lists_of_a_plan_agree_with_the_list_of_people(tmp_path: Path, changes: tuple[str, ...]) -> None:
    stored, register, lines, seats, said = planned(tmp_path, changes)
    assert len(lines) == len(ROWS)
    assert seats
    assert verdict(stored, register, lines, seats, said).findings == ()


@pytest.mark.parametrize("changes", [(), ("people.most_groups=6",)])
def test_whoever_is_counted_in_the_group_of_somebody_else_is_found(tmp_path: Path, changes: tuple[str, ...]) -> None:
    stored, register, lines, seats, said = planned(tmp_path, changes)
    tried = 0
    for at, one in enumerate(lines):
        for other in lines[:at]:
            if one["group"] == other["group"]:
                continue
            instead = {one["id"]: other["id"], other["id"]: one["id"]}
            other_lines, other_seats = (
                [{**row, "id": instead.get(row["id"], row["id"])} for row in rows] for rows in (lines, seats)
            )
            exchanged = [
                NamedSeat(*(row[n] for n in ("id", "group", "programme", "period", "class"))) for row in other_seats
            ]
            assert check_names(stored.scenario, stored.data, exchanged).passed, "as many people of each group"
            found = verdict(stored, register, other_lines, other_seats, said)
            assert {finding.key for finding in found.findings} >= {one["group"], other["group"]}
            assert not any(row["id"] in str(finding) for row in lines for finding in found.findings)
            tried += 1
    assert tried > 30


def test_strangers_repeated_lines_and_other_counts_are_found(tmp_path: Path) -> None:
    stored, register, lines, seats, said = planned(tmp_path)

    def told(lines: Rows, seats: Rows, said: SeatsWithoutGap = said) -> str:
        return " ".join(finding.sentence for finding in verdict(stored, register, lines, seats, said).findings)

    stranger = deepcopy(seats)
    stranger[0]["id"] = "198001012005011099"
    assert "name 1 people who are not in the list" in told(lines, stranger)
    alike = [row for row in lines if row["group"] == lines[0]["group"]]
    assert "1 lines of people who have one already" in told([*lines, alike[0]], seats)
    assert "has 0 people of group" in told([row for row in lines if row["group"] != alike[0]["group"]], seats)
    assert "state 3 seats of people without a gap; recounted they are 0" in told(lines, seats, SeatsWithoutGap(1, 2))


def test_seats_of_people_of_mixed_groups_who_lack_nothing_are_recounted(tmp_path: Path) -> None:
    stored, register, lines, seats, said = planned(tmp_path, ["people.most_groups=6"])
    mixed = {group for group in stored.scenario.listed_groups if group.endswith("*")}
    lacks = {row["id"]: set(row["lacks"].split(";")) for row in lines}
    closes = {p.id: set(p.closes) for p in stored.scenario.programmes}
    counted = sum(not closes[row["programme"]] & lacks[row["id"]] for row in seats if row["group"] in mixed)
    assert said == (counted, 0)
    assert mixed
    assert not verdict(stored, register, lines, seats, SeatsWithoutGap(counted + 1, 0)).passed


def test_no_lists_are_made_that_do_not_agree_with_the_list_of_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, *_rest = planned(tmp_path)

    def otherwise(*arguments: Any) -> Names:
        return replace(named(*arguments), after_passing={("g", "el", "2027"): 7})

    monkeypatch.setattr(name_lists, "named", otherwise)
    with pytest.raises(CheckFailed, match="state 7 seats"):
        name_tables(stored, tmp_path)


@pytest.mark.parametrize(
    ("key", "value"), [("agency", "Kecamatan"), ("hours_before", 7), ("completed", {"dua": 1}), ("tags", ["perawat"])]
)
def test_groups_that_were_made_otherwise_since_are_named(tmp_path: Path, key: str, value: Any) -> None:
    stored, *_rest = planned(tmp_path)
    plain = stored.scenario.to_plain()
    plain["groups"][0][key] = value
    changed = Scenario.model_validate(plain)
    write_results(changed, planning.plan(changed, inline=True).plan, tmp_path / "lain")
    with pytest.raises(InputError, match="is different"):
        name_tables(read_stored(tmp_path / "lain"), tmp_path)
