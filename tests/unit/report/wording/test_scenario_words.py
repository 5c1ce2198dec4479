"""Inputs of a scenario in words."""

from __future__ import annotations

from planner.locale import speaking
from planner.report.wording.scenario_words import input_name
from tests.scenarios.builders import scenario

PATHS = {
    "funds.apbd.amount": "APBD Provinsi Jambi: jumlah",
    "funds.unja": "Sumber dana: Universitas Jambi",
    "groups.bpkad-analis.gaps.komunikasi": "Analis keuangan BPKAD: kesenjangan · Komunikasi",
    "scenario.fiscal_year": "Rencana: tahun anggaran",
    "rules.Kerinci sedikitnya 40 peserta.at_least": "Kerinci sedikitnya 40 peserta: paling sedikit",
    "programmes.bimtek-keu.class_size.min": "Bimtek pengelolaan keuangan daerah: ukuran angkatan · paling sedikit",
    "funds.nobody.amount": "Sumber dana: nobody: jumlah",
    "format": "format berkas",
}


def test_an_input_is_named_by_its_record_and_its_field() -> None:
    with speaking("id"):
        assert {path: input_name([scenario()], path.split(".")) for path in PATHS} == PATHS


def test_an_input_whose_name_others_have_too_tells_its_id() -> None:
    funds = [{"id": each, "name": "Hibah", "kind": "own", "amount": 1} for each in ("satu", "dua")]
    with speaking("id"):
        assert input_name([scenario(funds=funds)], ("funds", "dua", "amount")) == "Hibah (dua): jumlah"


def test_an_input_of_the_other_scenario_alone_has_the_name_from_there() -> None:
    without = scenario(funds=[{"id": "apbd", "name": "APBD", "kind": "own", "amount": 1}])
    with speaking("id"):
        assert input_name([without, scenario()], ("funds", "unja", "amount")) == "Universitas Jambi: jumlah"
