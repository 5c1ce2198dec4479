"""A record under another id in the YAML text: what still names the old one is said, and follows at one click."""

from __future__ import annotations

import pytest

from planner.scenario_io.amending import data_of
from planner.web.forms.following import followed, new_ids
from planner.web.workspace import state_of
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL

YAML = f"{SMALL}ubah/yaml"
OFFER = "&#39;keuangan&#39; is now called &#39;uang&#39; (Competencies), but 2 places still name it &#39;keuangan&#39;."


def renamed(desk: Desk) -> str:
    """The text of the small example with another id of a competency, which two places still name by the old one."""
    return desk.text().replace("{id: keuangan,", "{id: uang,")


def test_a_text_whose_id_is_no_longer_named_so_is_told_while_it_is_typed(desk: Desk) -> None:
    before, opened = desk.files(), state_of(desk.text())
    said = desk.post(f"{SMALL}periksa", text=renamed(desk), opened=opened).content.decode()
    assert OFFER in said
    assert f'formaction="{YAML}/ikut"' in said
    assert desk.files() == before
    whole = renamed(desk).replace("{keuangan: ", "{uang: ")
    assert "is now called" not in desk.post(f"{SMALL}periksa", text=whole, opened=opened).content.decode()


def test_one_click_names_it_anew_everywhere_and_saves(desk: Desk) -> None:
    text = desk.text()
    answer = desk.post(f"{YAML}/ikut", text=renamed(desk), opened=state_of(text))
    assert answer["Location"] == f"{YAML}?tersimpan=1"
    assert desk.text() == text.replace("{id: keuangan,", "{id: uang,").replace("{keuangan: ", "{uang: ")
    desk.post(f"{SMALL}urungkan", opened=state_of(desk.text()))
    assert desk.text() == text


def test_a_text_that_was_saved_so_is_offered_it_still(desk: Desk) -> None:
    text = desk.text()
    (desk.folder / "turunan.yaml").write_text(
        "extends: contoh-kecil.yaml\nscenario: {id: turunan}\ncompetencies: [{id: keuangan, weight: 2}]\n"
    )
    desk.post(f"{SMALL}ubah", text=renamed(desk), opened=state_of(text))
    page = desk.browser().get(YAML).content.decode()
    assert OFFER in page
    assert "name &#39;keuangan&#39;; change it there yourself: turunan.yaml." in page
    desk.post(f"{YAML}/ikut", text=desk.text(), opened=state_of(desk.text()))
    assert "{uang: 80%}" in desk.text()
    assert "is now called" not in desk.browser().get(YAML).content.decode()


def test_following_a_text_that_changed_meanwhile_loses_nothing(desk: Desk) -> None:
    opened, mine = state_of(desk.text()), renamed(desk)
    theirs = desk.text().replace("headcount: 30", "headcount: 31")
    (desk.folder / "contoh-kecil.yaml").write_text(theirs)
    answer = desk.post(f"{YAML}/ikut", text=mine, opened=opened)
    assert answer.status_code == 409
    assert desk.text() == theirs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{id: keuangan,", "{id: arsip,"),  # the id of another
        ("  - {id: keuangan, name: Pengelolaan keuangan daerah, kind: technical}\n", ""),  # it went, and none came
        ("{id: arsip,", "{id: keuangan,"),
        ("competencies:", "competencies: ["),  # no readable text
    ],
)
def test_what_is_no_other_id_of_one_record_is_offered_nothing(desk: Desk, old: str, new: str) -> None:
    text = desk.text()
    said = desk.post(f"{SMALL}periksa", text=text.replace(old, new), opened=state_of(text)).content.decode()
    assert "is now called" not in said
    assert "mistake" in said


def test_two_ids_that_changed_places_are_no_new_ids() -> None:
    before = data_of("competencies: [{id: a}, {id: b}]\ngroups: [{id: g, gaps: {a: 1, b: 2}}]\n")
    swapped = data_of("competencies: [{id: b}, {id: a}]\ngroups: [{id: g, gaps: {a: 1, b: 2}}]\n")
    assert not list(new_ids(before, swapped))
    both = {"a": "b", "b": "a"}
    assert followed(before, swapped, "competencies", both)["groups"] == [{"id": "g", "gaps": {"b": 1, "a": 2}}]
