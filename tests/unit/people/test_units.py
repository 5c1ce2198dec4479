"""Lists of units: every unit leads to an agency by parents that there are, or its row is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.scenario_io import read_located
from tests.unit.people.people_files import SCENARIO, write

NAMED = "table: pegawai.csv\n  units: {table: unit.csv, layout: units}"
SCENARIO_OF_UNITS = SCENARIO.replace("table: pegawai.csv", NAMED).replace("OPD: agency", "OPD: unit_id")
PEOPLE = ["198001012005011001;Ani;3;PNS;0;1;1", "198001012005011002;Budi;4;PNS;0;1;1"]


def of(folder: Path, *units: str) -> tuple[dict[str, int], str]:
    """People by agency, and what is noticed, of a list of units with the columns id, name and parent."""
    file = write(folder, PEOPLE, SCENARIO_OF_UNITS)
    (folder / "unit.csv").write_text("Id;NamaUnor;DiatasanId\n" + "".join(unit + "\n" for unit in units))
    read = read_located(file)
    agencies: dict[str, int] = {}
    for group in read.scenario.groups:
        agencies[group.agency or ""] = agencies.get(group.agency or "", 0) + group.headcount
    return agencies, "\n".join(map(str, read.noticed))


def faults(folder: Path, *units: str) -> list[str]:
    with pytest.raises(InputError) as error:
        of(folder, *units)
    return [f"{problem.line}: {problem.message}" for problem in error.value.problems[:-1]]


@pytest.mark.parametrize("top", ["", "0", "-"])
def test_parents_lead_to_the_agency(tmp_path: Path, top: str) -> None:
    assert of(tmp_path, f"1;Kota;{top}", "3;BPKAD;1", "4;Bidang;3") == ({"BPKAD": 2}, "")


def test_a_parent_that_there_is_not_is_refused_by_row(tmp_path: Path) -> None:
    told = faults(tmp_path, "1;Kota;", "3;BPKAD;9", "4;Bidang;3")
    assert told == ["3: 'DiatasanId' names a unit that the list does not have."]


@pytest.mark.parametrize(
    ("units", "rows"),
    [(["1;Kota;", "3;BPKAD;4", "4;Bidang;3"], [3, 4]), (["1;Kota;1", "3;BPKAD;1", "4;Bidang;3"], [2]),
     (["5;Seksi;4", "1;Kota;", "3;BPKAD;4", "4;Bidang;3"], [4, 5])],
)  # fmt: skip
def test_parents_in_a_circle_are_refused_by_row(tmp_path: Path, units: list[str], rows: list[int]) -> None:
    told = faults(tmp_path, *units)
    assert told == [f"{row}: 'DiatasanId' leads in a circle, so that the unit is above itself." for row in rows]


def test_units_below_a_refused_one_have_no_agency(tmp_path: Path) -> None:
    file = write(tmp_path, PEOPLE, SCENARIO_OF_UNITS.replace("units:", "lenient: true\n  units:"))
    (tmp_path / "unit.csv").write_text("Id;NamaUnor;DiatasanId\n1;Kota;\n3;BPKAD;9\n4;Bidang;3\n5;Dinas;1\n")
    assert {group.agency for group in read_located(file).scenario.groups} == {None}


def test_different_units_of_one_name_that_become_one_agency_are_told(tmp_path: Path) -> None:
    agencies, noticed = of(tmp_path, "1;Kota;", "3;Dinas;1", "4;Dinas;1", "5;Badan;1")
    assert agencies == {"Dinas": 2}
    assert "unit.csv: different units of one name become one agency, by rows: 'Dinas' (3, 4)." in noticed


def test_units_that_the_list_does_not_have_are_told_by_row(tmp_path: Path) -> None:
    agencies, noticed = of(tmp_path, "1;Kota;", "3;BPKAD;1")
    assert agencies == {"BPKAD": 1, "": 1}
    assert "pegawai.csv: the list of units gives no agency for the unit of 1 row: 3." in noticed
