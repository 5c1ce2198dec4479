"""A report of hundreds of agencies, programmes and funds stays readable, and says what it leaves out."""

from __future__ import annotations

import re

import pytest

from planner.report import render_report
from planner.report.material import material_of
from planner.report.views import annexed, budget, funds, payers, table
from tests.pages.markup import Element, read
from tests.scenarios.builders import plan, scenario


def page(monkeypatch: pytest.MonkeyPatch, most: int | None) -> Element:
    if most is not None:
        for module, name in (
            (annexed, "MOST_AGENCIES"),
            (budget, "MOST_PROGRAMMES"),
            (funds, "MOST_DRAWN"),
            (payers, "MOST_PAYERS"),
            (table, "MOST_SHOWN"),
        ):
            monkeypatch.setattr(module, name, most)
    return read(render_report(scenario(), plan()))


def agencies_in(page: Element) -> int:
    return sum("agency-part" in (part.attributes.get("class") or "").split() for part in page.all("div"))


def test_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, cut = page(monkeypatch, None), page(monkeypatch, 1)
    assert agencies_in(cut) == 1 < agencies_in(whole)
    assert all(len(each.one("tbody").all("tr")) <= 1 for each in cut.all("table"))
    said = re.sub(r"\s+", " ", cut.text)
    for words in (
        r"Dari \d+ perangkat daerah, yang ditampilkan di sini 1 dengan kesenjangan terbuka terbanyak",
        r"Ini 1 baris pertama dari tabel yang lebih panjang",
        r"Grafik menampilkan 1 sumber dana dengan pagu terbesar",
        r"Rincian ditampilkan untuk 1 program termahal dari \d+ program",
    ):
        assert re.search(words, said), words
        assert not re.search(words, whole.text), words


def test_payers_beyond_the_largest_are_one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    material = material_of(scenario(), plan())
    paid = {fund.id: 10 * n for n, fund in enumerate(material.scenario.funds, start=1)}
    assert [payer.funds for payer in payers.payers(material, paid)] == [(fund,) for fund in paid]
    monkeypatch.setattr(payers, "MOST_PAYERS", 1)
    assert [payer.of(paid) for payer in payers.payers(material, paid)] == [sum(paid.values())]
