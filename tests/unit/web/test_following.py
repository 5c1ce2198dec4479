"""A record under another id in the YAML text: what still names the old one is said, and follows at one click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.scenario_io.amending import data_of
from planner.scenario_io.tree import Bare
from planner.web.forms import following
from planner.web.forms.following import followed, followed_above, new_ids, renamed_in
from planner.web.workspace import state_of
from tests.unit.web.conftest import Desk
from tests.unit.web.form_of_page import FormOfPage
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
    assert "These files build on this one and name &#39;keuangan&#39;: turunan.yaml." in page
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


OVER = "extends: contoh-kecil.yaml\nscenario: {id: turunan}   # catatan\ncompetencies: [{id: keuangan, weight: 2}]\n"


def test_files_that_build_on_it_follow_at_one_click_and_can_be_undone(desk: Desk) -> None:
    other = desk.folder / "turunan.yaml"
    other.write_text(OVER)
    opened = state_of(desk.text())
    said = desk.post(f"{SMALL}periksa", text=renamed(desk), opened=opened).content.decode()
    assert "Change it in this file and in those, and save" in said
    answer = desk.post(f"{YAML}/ikut", text=renamed(desk), opened=opened, semua="1")
    assert answer["Location"] == f"{YAML}?tersimpan=1"
    assert "{uang: 80%}" in desk.text()
    assert other.read_text() == OVER.replace("id: keuangan", "id: uang")
    assert "is now called" not in desk.browser().get(YAML).content.decode()
    desk.post("/skenario/turunan.yaml/urungkan", opened=state_of(other.read_text()))
    assert other.read_text() == OVER


def test_a_file_that_alone_still_names_the_old_id_is_offered_too(desk: Desk) -> None:
    (desk.folder / "turunan.yaml").write_text(OVER)
    whole = renamed(desk).replace("{keuangan: ", "{uang: ")
    said = desk.post(f"{SMALL}periksa", text=whole, opened=state_of(desk.text())).content.decode()
    assert "&#39;keuangan&#39; is now called &#39;uang&#39; (Competencies)." in said
    assert "turunan.yaml" in said


def test_two_ids_of_one_list_in_one_save_are_both_offered(desk: Desk) -> None:
    text = desk.text()
    both = renamed(desk).replace("{id: arsip,", "{id: berkas,")
    said = desk.post(f"{SMALL}periksa", text=both, opened=state_of(text)).content.decode()
    assert OFFER in said
    assert "&#39;arsip&#39; is now called &#39;berkas&#39; (Competencies), but 2 places still name it" in said
    desk.post(f"{YAML}/ikut", text=both, opened=state_of(text))
    assert "{uang: 80%}" in desk.text()
    assert "{berkas: 60%}" in desk.text()


def test_an_id_that_the_other_file_gives_itself_is_left_alone() -> None:
    over = data_of("groups: [{id: a, headcount: 1}, {id: b, headcount: 2}]\n")
    assert followed_above(over, "groups", {"a": "b"}) == over
    swapped = followed_above(
        data_of("periods: [TW1]\nfunds: [{id: x, releases: {TW1: 10%}}]\n"), "periods", {"TW1": "S1"}
    )
    assert swapped == data_of("periods: [S1]\nfunds: [{id: x, releases: {S1: 10%}}]\n")


FURTHER = "extends: ./turunan.yaml\nscenario: {id: cucu}\ngroups: [{id: analis, gaps: {keuangan: 5}}]\n"


@pytest.fixture
def followed_to_the_end(desk: Desk) -> Desk:
    """A workbench in which an id was changed that two files name: one builds on the example, one on that one."""
    (desk.folder / "turunan.yaml").write_text(OVER)
    (desk.folder / "cucu.yaml").write_text(FURTHER)
    answer = desk.post(f"{YAML}/ikut", text=renamed(desk), opened=state_of(desk.text()), semua="1")
    assert answer["Location"] == f"{YAML}?tersimpan=1"
    return desk


def test_a_file_that_builds_on_one_that_builds_on_it_follows_too(followed_to_the_end: Desk) -> None:
    assert followed_to_the_end.text("cucu.yaml") == FURTHER.replace("keuangan", "uang")
    page = followed_to_the_end.browser().get(f"{YAML}?tersimpan=1").content.decode()
    assert "The last save of this file changed these files too" in page
    assert '<a href="/skenario/turunan.yaml/">turunan.yaml</a>, <a href="/skenario/cucu.yaml/">cucu.yaml</a>' in page


@pytest.mark.parametrize("of", ["contoh-kecil.yaml", "turunan.yaml", "cucu.yaml"])
def test_undoing_the_save_of_one_of_them_brings_all_back(followed_to_the_end: Desk, of: str) -> None:
    desk = followed_to_the_end
    answer = desk.post(f"/skenario/{of}/urungkan", opened=state_of(desk.text(of)))
    assert answer.status_code == 302
    assert "{keuangan: 80%}" in desk.text()
    assert (desk.text("turunan.yaml"), desk.text("cucu.yaml")) == (OVER, FURTHER)
    assert "changed these files too" not in desk.browser().get(YAML).content.decode()


@pytest.mark.parametrize("by_hand", [True, False])
def test_where_one_was_changed_since_none_comes_back_until_that_is_undone(
    followed_to_the_end: Desk, by_hand: bool
) -> None:
    desk, theirs = followed_to_the_end, followed_to_the_end.text("cucu.yaml")
    if by_hand:
        (desk.folder / "cucu.yaml").write_text(f"{theirs}# lagi\n")
    else:
        desk.post("/skenario/cucu.yaml/ubah", text=f"{theirs}# lagi\n", opened=state_of(theirs))
    before = desk.files()
    answer = desk.post(f"{SMALL}urungkan", opened=state_of(desk.text()))
    assert answer.status_code == 409
    assert "they have been changed again since: cucu.yaml" in answer.content.decode()
    assert desk.files() == before
    if by_hand:
        (desk.folder / "cucu.yaml").write_text(theirs)
    else:
        desk.post("/skenario/cucu.yaml/urungkan", opened=state_of(desk.text("cucu.yaml")))
    assert desk.post(f"{SMALL}urungkan", opened=state_of(desk.text())).status_code == 302
    assert (desk.text("turunan.yaml"), desk.text("cucu.yaml")) == (OVER, FURTHER)


def test_where_one_cannot_be_brought_back_none_is(followed_to_the_end: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, before, put = followed_to_the_end, followed_to_the_end.files(), Path.replace

    def refused(self: Path, target: Path) -> Path:
        if target.name == "cucu.yaml" and self.parent.name == "cucu.yaml":
            raise OSError(28, "No space left on device")
        return put(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    answer = desk.post(f"{SMALL}urungkan", opened=state_of(desk.text()))
    assert answer.status_code == 507
    assert desk.files() == before


def test_save_and_plan_names_the_files_that_were_changed_with_it(desk: Desk) -> None:
    (desk.folder / "turunan.yaml").write_text(OVER)
    page = desk.browser().get(f"{SMALL}ubah?di=competencies/keuangan").content.decode()
    fields: dict[str, Any] = {**FormOfPage(page).fields, '["competencies",0,"id"]': "uang", "then": "plan"}
    del fields["csrfmiddlewaretoken"]
    answer = desk.post(f"{SMALL}ubah/isian", **fields)
    assert answer["Location"] == f"{SMALL}?tersimpan=1"
    assert "id: uang" in desk.text("turunan.yaml")
    assert '<a href="/skenario/turunan.yaml/">' in desk.browser().get(answer["Location"]).content.decode()


def test_above_a_file_that_takes_the_record_out_its_id_is_that_of_another(desk: Desk) -> None:
    out = "extends: contoh-kecil.yaml\nscenario: {id: turunan}\ngroups: [{id: analis, remove: true}]\n"
    own = (
        "extends: turunan.yaml\nscenario: {id: cucu}\n"
        "groups: [{id: analis, name: Lain, agency: X, headcount: 3, gaps: {arsip: 2}}]\n"
    )
    (desk.folder / "turunan.yaml").write_text(out)
    (desk.folder / "cucu.yaml").write_text(own)
    changed = desk.text().replace("{id: analis,", "{id: penelaah,").replace("- id: analis", "- id: penelaah")
    assert changed != desk.text()
    said = desk.post(f"{SMALL}periksa", text=changed, opened=state_of(desk.text())).content.decode()
    assert "These files build on this one and name &#39;analis&#39;: turunan.yaml." in said
    desk.post(f"{YAML}/ikut", text=changed, opened=state_of(desk.text()), semua="1")
    assert desk.text("turunan.yaml") == out.replace("id: analis", "id: penelaah")
    assert desk.text("cucu.yaml") == own


def test_a_text_that_is_as_it_was_is_not_read_for_new_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str) -> dict[str, Bare]:
        read.append(text)
        return data_of(text)

    monkeypatch.setattr(following, "data_of", counted)
    same = "groups: [{id: a}]\n"
    assert renamed_in([same, None], same) == ([], {})
    assert not read
    assert renamed_in([same], "groups: [{id: b}]\n", lambda _each: True)[0]
    assert len(read) == 2
