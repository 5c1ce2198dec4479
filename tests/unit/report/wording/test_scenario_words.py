"""Inputs of a scenario in words."""

from __future__ import annotations

from planner.domain.base import Record
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.report.wording.scenario_words import input_name, key_said
from planner.scenario_io.fields import Expected
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


def test_what_stands_under_free_keys_has_the_name_of_its_own_list() -> None:
    """Not that of a record of another list with the same id, nor an id where there is a name."""
    plain = scenario(
        choices={"only_if": {"bimtek-keu": "pel-komunikasi"}},
        periods=[{"id": "komunikasi", "year": 2027}, {"id": "akhir", "year": 2028}],
    )
    group, bimtek = "groups.bpkad-analis", "Bimtek pengelolaan keuangan daerah"
    paths = {
        "choices.only_if.bimtek-keu": f"Pilihan antarprogram: hanya bila ini diselenggarakan · {bimtek}",
        f"{group}.new_gaps.2028.komunikasi": "Analis keuangan BPKAD: kesenjangan baru · 2028 · Komunikasi",
        "funds.apbd.releases.komunikasi": "APBD Provinsi Jambi: dicairkan sampai akhir · komunikasi",
    }
    with speaking("id"):
        assert {path: input_name([plain], path.split(".")) for path in paths} == paths


def keys(model: type[Record], seen: set[type[Record]]) -> set[str]:
    """Every key of a record and of all that may stand in it."""
    if model in seen:
        return set()
    seen.add(model)
    found = {field.alias or name for name, field in model.model_fields.items()}
    for key in sorted(found):
        expected = Expected("record", model).below(key)
        while expected is not None and expected.inner is not None:
            expected = expected.inner
        if expected is not None and expected.model is not None:
            found |= keys(expected.model, seen)
    return found


def test_every_key_of_a_scenario_has_words() -> None:
    """The workbook lists all values of a scenario, the comparison those that differ, none under its key in the file."""
    the_same = {"id", "logo", "per"}  # words of both languages
    with speaking("id"):
        unsaid = {key for key in keys(Scenario, set()) if key_said(key) == key}
    assert unsaid <= the_same
