"""Prices of another year than the scenario's, as the workbench tells them on its pages."""

from __future__ import annotations

import pytest

from tests.unit.scenario_io.price_lists.lists import plain_list, saved, text_of
from tests.unit.web.conftest import Desk

CODE = "1.1.12.03.01.0001"
LINE = f"price: {{from: ssh, code: {CODE}}}"
TITLE = "Harga berlaku sampai 31 Desember 2026"
SAID = "which says &#39;Harga berlaku sampai 31 Desember 2026&#39;, is used for 2027"


def _with_an_old_list(desk: Desk) -> str:
    saved(desk.folder, [[TITLE], *plain_list((CODE, "Honorarium narasumber", "OJ", 900_000))])
    text = text_of(LINE)
    (desk.folder / "lama.yaml").write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize("page", ["", "ubah", "ubah/yaml", "ubah/tabel"])
def test_pages_of_a_scenario_tell_prices_that_hold_no_longer(desk: Desk, page: str) -> None:
    _with_an_old_list(desk)
    shown = desk.browser().get(f"/skenario/lama.yaml/{page}")
    assert shown.status_code == 200
    assert SAID in shown.content.decode()


def test_a_text_that_is_being_edited_tells_them_too(desk: Desk) -> None:
    text = _with_an_old_list(desk)
    checked = desk.post("/skenario/lama.yaml/periksa", text=text.replace("headcount: 30", "headcount: 31"))
    assert SAID in checked.content.decode()
