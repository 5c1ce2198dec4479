"""Problems of a workbook name columns as the sheets do, not by the keys of the format."""

from __future__ import annotations

import pytest

from planner.errors import Problem
from planner.locale import speaking
from planner.web.workspace import told

CASES = {
    ("Kelompok!H5", "column 'headcount': 'a': expected a number"): "column 'Orang': 'a': expected a number",
    ("x.xlsx:Program!G4", "column 'class_size.min': 'a' is wrong. Lower 'min' or raise 'max'."): (
        "column 'Angkatan: peserta paling sedikit': 'a' is wrong. "
        "Lower 'Angkatan: peserta paling sedikit' or raise 'Angkatan: peserta paling banyak'."
    ),
    ("Dana!G7", "column 'match.with': 'ratio' is missing. Fill in the column 'match.ratio'."): (
        "column 'Pendamping: dengan dana': 'Pendamping: rasio' is missing. Fill in the column 'Pendamping: rasio'."
    ),
    ("Aturan!A3", "column 'name': no bound. Add 'at_least' or 'at_most'."): (
        "column 'Aturan': no bound. Add 'Paling sedikit' or 'Paling banyak'."
    ),
    ("Realisasi peserta!D3", "column 'participants': expected a number"): "column 'Peserta': expected a number",
    ("Kesenjangan!D6", "column 'Arsip': 'a' lacks more. Raise 'headcount'."): (
        "column 'Arsip': 'a' lacks more. Raise 'Orang'."
    ),
    ("Catatan saya!B3", "column 'people': expected a number"): "column 'people': expected a number",
    ("x.yaml", "'headcount' is missing"): "'headcount' is missing",
}


@pytest.mark.parametrize(("place", "said"), CASES)
def test_columns_are_called_as_in_the_sheet(place: str, said: str) -> None:
    with speaking("id"):
        (words,) = told([Problem(said, file=place)])
    assert words == f"{place}: {CASES[place, said]}"
