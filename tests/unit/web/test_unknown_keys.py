"""A key that no form knows is told as it is written, with a link to the text; keys of forms by their labels."""

from __future__ import annotations

import json

import pytest

from planner.web.workspace import state_of
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL

TO_TEXT = f'<a href="{SMALL}ubah/yaml">to the text (YAML)</a>'


def with_text(desk: Desk, old: str, new: str) -> None:
    assert old in desk.text()
    (desk.folder / "contoh-kecil.yaml").write_text(desk.text().replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("headcount:", "headcuont:", "Groups · Analis keuangan · &#39;headcuont&#39;"),
        ("fiscal_year:", "fisical_year:", "Scenario · &#39;fisical_year&#39;"),
        ("min:", "minn:", "Size of a class · &#39;minn&#39;"),
        ("price:", "prixe:", "Cost lines · Narasumber · &#39;prixe&#39;"),
        ("\nprogrammes:", "\nprogrammez:", ""),
    ],
)
def test_an_unknown_key_is_told_in_quotes_with_a_link_to_the_text(desk: Desk, old: str, new: str, where: str) -> None:
    with_text(desk, old, new)
    for address in (SMALL, f"{SMALL}ubah?di=groups", f"{SMALL}ubah/tabel"):
        page = desk.browser().get(address).content.decode()
        assert where in page, address
        assert TO_TEXT in page, address
        told = f"unknown key &#39;{new.strip(chr(10) + ':')}&#39;. Did you mean &#39;{old.strip(chr(10) + ':')}&#39;?"
        assert told in page, "in the words of the text, where it is mended"


def test_keys_are_told_by_the_labels_of_the_record_s_form_on_every_page(desk: Desk) -> None:
    with_text(desk, "headcount: 30", "headcount: 3")
    client = desk.browser()
    desk.post("/bahasa", client, language="id")
    for address in (SMALL, f"{SMALL}ubah?di=competencies/keuangan", f"{SMALL}ubah/tabel"):
        page = client.get(address).content.decode()
        assert "naikkan &#39;Orang&#39;." in page, address
        assert "&#39;headcount&#39;" not in page, address


def test_an_id_that_is_a_key_too_is_no_label(desk: Desk) -> None:
    with_text(desk, "{id: keuangan,", "{id: headcount,")
    page = desk.browser().get(SMALL).content.decode()
    assert "names an unknown competency: &#39;keuangan&#39;" in page
    with_text(desk, "{keuangan: 80%}", "{headcount: 80%}")
    with_text(desk, "gaps: {keuangan: ", "gaps: {headcount: 9")
    page = desk.browser().get(SMALL).content.decode()
    assert "people with a gap in &#39;headcount&#39;" in page


def test_a_form_that_is_typed_in_links_an_unknown_key_to_the_text_too(desk: Desk) -> None:
    with_text(desk, "headcount:", "headcuont:")
    sent = {"di": "competencies/keuangan", "opened": state_of(desk.text()), "was": json.dumps({})}
    assert TO_TEXT in desk.post(f"{SMALL}ubah/isian/periksa", **sent).content.decode()
