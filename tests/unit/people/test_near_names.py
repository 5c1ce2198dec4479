"""Names of agencies, places and units that probably mean the same are told, with their people and rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.checks.warnings import dubious
from planner.errors import InputError
from planner.scenario_io import read_located
from planner.units.texts import near_key
from tests.unit.people.people_files import GOOD, SCENARIO, write

OTHERS = ["Dinas PU.", "DINAS PU", "Dinas-PU", "dinas p.u.", "Dinas\u00a0\u00a0pu"]


def with_agencies(*agencies: str) -> list[str]:
    return [row.replace("BPKAD", agency) for row, agency in zip(GOOD, agencies, strict=False)]


@pytest.mark.parametrize("other", OTHERS)
def test_one_agency_written_in_two_ways_is_told(other: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_located(write(tmp_path, with_agencies("Dinas PU", "Dinas PU", "Dinas PU", other, other)))
    text = str(raised.value)
    shown = " ".join(other.split())
    assert f"'{shown}' (2 people, rows 5, 6)" in text
    assert "'Dinas PU' (3 people, rows 2, 3, 4)" in text
    assert f"{shown}: Dinas PU" in text or f"'{shown}': Dinas PU" in text


@pytest.mark.parametrize(
    ("one", "other"),
    [("Dinas PU & Perumahan", "Dinas PU dan Perumahan"), ("Tata Usaha (TU)", "Tata Usaha TU"), ("SMA-N 1", "SMAN 1")],
)
def test_signs_and_words_for_them_are_near(one: str, other: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="differ only in case, spaces, punctuation"):
        read_located(write(tmp_path, with_agencies(one, one, one, other, other)))


@pytest.mark.parametrize(("one", "other"), [("UPT 1.2", "UPT 12"), ("Gol A", "Gol A+"), ("Badan", "Bidan")])
def test_other_names_are_not_near(one: str, other: str, tmp_path: Path) -> None:
    assert near_key(one) != near_key(other)
    groups = read_located(write(tmp_path, with_agencies(one, one, one, other, other))).scenario.groups
    assert {group.agency for group in groups} == {one, other}


def test_values_say_which_is_meant_or_that_both_are(tmp_path: Path) -> None:
    rows = with_agencies("Dinas PU", "Dinas PU", "Dinas PU", "Dinas PU.", "Dinas PU.")
    scenario = SCENARIO.replace("  table: pegawai.csv", "  table: pegawai.csv\n  values: {agency: {Dinas PU.: MEANT}}")
    for meant, agencies in (("Dinas PU", {"Dinas PU"}), ("Dinas PU.", {"Dinas PU", "Dinas PU."})):
        groups = read_located(write(tmp_path, rows, scenario.replace("MEANT", meant))).scenario.groups
        assert {group.agency for group in groups} == agencies
        assert sum(group.headcount for group in groups) == 5


def test_a_name_that_means_itself_leaves_the_others_to_be_told(tmp_path: Path) -> None:
    """Only 'Dinas P.U.' is meant so: 'Dinas PU.' beside 'Dinas PU' is refused, and once mended nothing is warned of."""
    rows = with_agencies("Dinas PU", "Dinas PU", "Dinas PU.", "Dinas P.U.", "Dinas P.U.")
    values = "  table: pegawai.csv\n  values: {agency: {Dinas P.U.: Dinas P.U.}}"
    scenario = SCENARIO.replace("  table: pegawai.csv", values)
    with pytest.raises(InputError) as raised:
        read_located(write(tmp_path, rows, scenario))
    assert "'Dinas PU.'" in str(raised.value)
    assert "P.U." not in str(raised.value)
    mended = read_located(write(tmp_path, [row.replace("Dinas PU.", "Dinas PU") for row in rows], scenario))
    assert {group.agency for group in mended.scenario.groups} == {"Dinas PU", "Dinas P.U."}
    assert not [doubt for doubt in dubious(mended.scenario) if "differ only" in str(doubt)]


def test_work_units_are_noticed_and_nobody_is_lost(tmp_path: Path) -> None:
    rows = [f"{row};Bidang Jalan{'.' if n > 2 else ''}" for n, row in enumerate(GOOD)]
    head = "NIP;Nama;OPD;Jenis;JP;gap:keu;gap:kom;unit\n"
    loaded = read_located(write(tmp_path, rows, head=head))
    told = [str(notice) for notice in loaded.noticed]
    assert any("unit: 'Bidang Jalan.' (2 people, rows 5, 6) and 'Bidang Jalan' (3 people" in each for each in told)
    assert sum(group.headcount for group in loaded.scenario.groups) == 5


def test_written_groups_of_a_near_agency_are_warned_of(tmp_path: Path) -> None:
    beside = "groups:\n  - {id: guru, agency: BPKAD., headcount: 2, gaps: {keu: 2}}\nprogrammes:"
    scenario = read_located(write(tmp_path, GOOD, SCENARIO.replace("programmes:", beside))).scenario
    told = " ".join(str(doubt) for doubt in dubious(scenario))
    assert "5 people of the list + 2 of written groups = 7 people" in told
    assert "differ only in case, spaces, punctuation" in told
