"""Sheets of agencies in the annex: names that begin alike are told apart, as far as a spreadsheet takes them."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
from openpyxl import load_workbook

from planner.people.name_books import TITLE, agencies_book, titles_apart

LONG = "Unit Pelaksana Teknis Dinas Pendidikan Kecamatan"


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (["BPKAD", "Dinas Kesehatan"], ["BPKAD", "Dinas Kesehatan"]),
        ([LONG], [LONG]),  # alone it begins as it is called
        (
            [f"{LONG} Kaliwungu", f"{LONG} Mejobo"],
            ["Unit Pelaksana … atan Kaliwungu", "Unit Pelaksana … camatan Mejobo"],
        ),
        (["SD 'A' / B", "SD: C"], ["SD A B", "SD C"]),
    ],
)
def test_names_that_begin_alike_have_their_ends(names: list[str], titles: list[str]) -> None:
    assert list(titles_apart(names).values()) == titles


def test_every_agency_has_a_sheet_of_its_own() -> None:
    names = [f"{LONG} {end}" for end in ("Kaliwungu", "Mejobo", "mejobo", "Undaan")] + ["'Kutip'", "", LONG[:TITLE]]
    programme = SimpleNamespace(name="Bimtek", hours=8)
    scenario: Any = SimpleNamespace(
        programme={"b": programme}, scenario=SimpleNamespace(name="Rencana", id="r"), groups=(), group={}
    )
    seats = [(str(n), f"Orang {n}", name or None, "", "g", "b", "TW1", 1) for n, name in enumerate(names)]
    book = load_workbook(io.BytesIO(agencies_book(scenario, seats)))
    assert len(book.sheetnames) == len(names)
    assert max(map(len, book.sheetnames)) <= TITLE
    told = {sheet.title: str(sheet["A1"].value) for sheet in book}
    assert all(any(value.endswith(name) for value in told.values()) for name in names if name)
    assert sum(title.casefold().endswith(("mejobo", "2")) for title in told) == 2, told
