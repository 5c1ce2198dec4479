"""Two windows, or an editor beside the workbench, change one file: both changes are kept together where they can be."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from tests.unit.web.conftest import Desk

EDIT = "/skenario/contoh-kecil.yaml/ubah"


def field(page: str, name: str) -> str:
    """What a hidden field or a text of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page) or re.search(
        rf'name="{name}"[^>]*>\n(.*?)</textarea>', page, re.DOTALL
    )
    assert found is not None, name
    return unescape(found[1])


def opened(desk: Desk) -> dict[str, str]:
    """The fields of the text's page."""
    page = desk.browser().get(f"{EDIT}/yaml").content.decode()
    return {name: field(page, name) for name in ("opened", "base", "text")}


def changed(desk: Desk, before: str, after: str) -> None:
    """Change the file beside the workbench."""
    assert before in desk.text()
    (desk.folder / "contoh-kecil.yaml").write_text(desk.text().replace(before, after))


def of_page(answer: Any, *names: str) -> dict[str, str]:
    page = answer.content.decode()
    return {name: field(page, name) for name in ("opened", "base", "text", "tab", *names)}


def test_changes_of_different_lines_are_saved_together(desk: Desk) -> None:
    mine = opened(desk)
    mine["text"] = mine["text"].replace("headcount: 30", "headcount: 31")
    changed(desk, "headcount: 20", "headcount: 21")
    answer = desk.post(EDIT, **mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Both changes fit together" in page
    lines = re.findall(r'class="(added|removed)">.*headcount: (\d+)', page)
    assert lines == [("removed", "30"), ("added", "31")], "what the other has changed is there already"
    saved = desk.post(EDIT, **of_page(answer), gabung="1")
    assert saved["Location"] == f"{EDIT}/yaml?tersimpan=1"
    assert "headcount: 31" in desk.text()
    assert "headcount: 21" in desk.text()


def test_lines_that_both_changed_are_chosen_one_by_one(desk: Desk) -> None:
    mine = opened(desk)
    mine["text"] = mine["text"].replace("headcount: 30", "headcount: 31").replace("headcount: 20", "headcount: 22")
    changed(desk, "headcount: 20", "headcount: 21")
    for choice, kept in (("mine", "22"), ("theirs", "21")):
        before = desk.text()
        answer = desk.post(EDIT, **mine)
        page = answer.content.decode()
        assert "1 place was changed by both" in page
        assert re.findall(r"headcount: \d+", page[page.index('class="overlap"') : page.index("</fieldset>")]) == [
            "headcount: 20",
            "headcount: 22",
            "headcount: 21",
        ]
        desk.post(EDIT, **of_page(answer), **{"gabung": "1", "bagian-0": choice})
        assert "headcount: 31" in desk.text(), "what only one has changed is kept"
        assert f"headcount: {kept}" in desk.text()
        (desk.folder / "contoh-kecil.yaml").write_text(before)


def test_a_choice_about_a_text_that_has_changed_again_is_asked_once_more(desk: Desk) -> None:
    mine = opened(desk)
    mine["text"] = mine["text"].replace("headcount: 30", "headcount: 31")
    changed(desk, "headcount: 20", "headcount: 21")
    first = of_page(desk.post(EDIT, **mine))
    changed(desk, "headcount: 21", "headcount: 25")
    now = desk.text()
    again = desk.post(EDIT, **first, gabung="1")
    assert again.status_code == 409
    assert desk.text() == now
    desk.post(EDIT, **of_page(again), gabung="1")
    assert desk.text() == now.replace("headcount: 30", "headcount: 31")


def test_lines_of_an_editor_on_windows_are_no_changes(desk: Desk) -> None:
    mine = opened(desk)
    mine["text"] = mine["text"].replace("headcount: 30", "headcount: 31")
    now = desk.text().replace("headcount: 20", "headcount: 21").replace("\n", "\r\n")
    (desk.folder / "contoh-kecil.yaml").write_bytes(now.encode())
    answer = desk.post(EDIT, **{name: text.replace("\n", "\r\n") for name, text in mine.items()})
    assert "Both changes fit together" in answer.content.decode()
    desk.post(EDIT, **of_page(answer), gabung="1")
    text = (desk.folder / "contoh-kecil.yaml").read_bytes().decode()
    assert text == now.replace("headcount: 30", "headcount: 31")


def test_what_does_not_hold_together_is_said_before_it_is_saved(desk: Desk) -> None:
    mine = opened(desk)
    end = "\n# akhir\n"
    mine["text"] = mine["text"].replace("groups:", "groups:\n  - {id: baru, name: Baru, headcount: 3}", 1)
    changed(desk, desk.text(), desk.text() + end)
    assert "leave something to correct" not in desk.post(EDIT, **mine).content.decode()
    changed(desk, "programmes:", "programmes:\n  - {id: baru, name: Baru}")
    assert "leave something to correct" in desk.post(EDIT, **mine).content.decode()


def test_without_the_text_that_was_opened_both_are_shown_and_nothing_is_put_together(desk: Desk) -> None:
    mine = opened(desk) | {"base": "something else"}
    changed(desk, "headcount: 20", "headcount: 21")
    page = desk.post(EDIT, **mine).content.decode()
    assert "What your text changes" in page
    assert 'name="gabung"' not in page


def test_a_form_goes_back_to_its_own_part(desk: Desk) -> None:
    page = desk.browser().get(EDIT, {"di": "groups/analis"}).content.decode()
    sent = {name: field(page, name) for name in ("opened", "was")}
    changed(desk, "headcount: 20", "headcount: 21")
    (name,) = [each for each in re.findall(r'name="([^"]+)"', page) if unescape(each).endswith('"headcount"]')]
    answer = desk.post(f"{EDIT}/isian", di="groups/analis", **sent, **{unescape(name): "31"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Your change fits into the file as it is now" in page
    fields = {name: field(page, name) for name in ("opened", "text", "tab", "di")}
    assert desk.post(EDIT, **fields)["Location"] == f"{EDIT}?di=groups%2Fanalis&tersimpan=1"
    assert "headcount: 31" in desk.text()
    assert "headcount: 21" in desk.text()


def test_a_field_that_both_have_changed_says_so_and_nothing_is_overwritten_by_default(desk: Desk) -> None:
    page = desk.browser().get(EDIT, {"di": "groups/analis"}).content.decode()
    sent = {name: field(page, name) for name in ("opened", "was")}
    changed(desk, "headcount: 30", "headcount: 33")
    (name,) = [each for each in re.findall(r'name="([^"]+)"', page) if unescape(each).endswith('"headcount"]')]
    typed = json.loads(sent["was"]) | {"di": "groups/analis", **sent}
    said = desk.post(f"{EDIT}/isian", **typed | {unescape(name): "31"}).content.decode()
    assert "1 field was changed by both" in said
    assert "before 30; yours 31; the other's 33" in said
    assert "fits into the file" not in said
    assert "my other fields" not in said, "there are none"
    actions = said[said.index('<p class="actions">') :]
    assert actions.index('<a class="button" href') < actions.index('<button class="quiet">Overwrite')
    again = desk.post(f"{EDIT}/isian", **typed | {unescape(name): "33"}).content.decode()
    assert "changed by both" not in again, "both have put the same there"


@pytest.mark.parametrize("tab", ["isian", "tabel"])
def test_only_the_fields_that_the_other_has_not_changed_can_be_saved(desk: Desk, tab: str) -> None:
    """Of a form and of the grid: the other's field stays as the other has put it."""
    page = desk.browser().get(f"{EDIT}/tabel" if tab == "tabel" else EDIT, {"di": "groups/analis"}).content.decode()
    sent = {name: field(page, name) for name in ("opened", "was")}
    changed(desk, "headcount: 30", "headcount: 33")
    shown, mine = json.loads(sent["was"]), {}
    for key, text in (("headcount", "31"), ("name", "Analis anggaran")):
        (name,) = [each for each in shown if each.endswith(f'"{key}"]') and (tab == "isian" or '"analis"' in each)]
        mine[name] = text
    typed = {"isian": json.dumps(mine)} if tab == "tabel" else {"di": "groups/analis"} | shown | mine
    answer = desk.post(f"{EDIT}/{tab}", **sent, **typed)
    said = answer.content.decode()
    assert "before 30; yours 31; the other's 33" in said
    assert "Save only my other fields" in said
    fields = {name: field(said, name) for name in ("opened", "text", "tanpa", "tab")}
    assert desk.post(EDIT, **fields, lain="1").status_code == 302
    assert "headcount: 33" in desk.text()
    assert "Analis anggaran" in desk.text()


@pytest.mark.parametrize("button", [{"lain": "1"}, {}])
def test_a_third_change_meanwhile_is_brought_together_with_the_fields_kept(desk: Desk, button: dict[str, str]) -> None:
    """While the page about a conflict stands, another field changes: that change is not undone as if it were one's
    own."""
    page = desk.browser().get(EDIT, {"di": "groups/analis"}).content.decode()
    sent = {name: field(page, name) for name in ("opened", "was")}
    changed(desk, "headcount: 30", "headcount: 33")
    shown, mine = json.loads(sent["was"]), {}
    for key, text in (("headcount", "31"), ("name", "Analis anggaran")):
        (name,) = [each for each in shown if each.endswith(f'"{key}"]')]
        mine[name] = text
    said = desk.post(f"{EDIT}/isian", **sent, di="groups/analis", **shown | mine).content.decode()
    fields = {name: field(said, name) for name in ("opened", "base", "text", "tanpa", "tab")}
    changed(desk, "headcount: 20", "headcount: 22")
    once_more = desk.post(EDIT, **fields, **button)
    assert "Both changes fit together" in once_more.content.decode()
    assert desk.post(EDIT, **of_page(once_more), gabung="1").status_code == 302
    assert "headcount: 22" in desk.text()
    assert "Analis anggaran" in desk.text()
    assert ("headcount: 33" in desk.text()) == bool(button)


def test_what_was_typed_into_the_text_is_not_dropped_by_saving_the_other_fields(desk: Desk) -> None:
    page = desk.browser().get(EDIT, {"di": "groups/analis"}).content.decode()
    sent = {name: field(page, name) for name in ("opened", "was")}
    changed(desk, "headcount: 30", "headcount: 33")
    shown = json.loads(sent["was"])
    named = {key: next(name for name in shown if name.endswith(f'"{key}"]')) for key in ("headcount", "name")}
    typed = {"di": "groups/analis", **sent, **shown, named["headcount"]: "31", named["name"]: "Analis anggaran"}
    said = desk.post(f"{EDIT}/isian", **typed).content.decode()
    fields = {name: field(said, name) for name in ("opened", "text", "tanpa", "tab", "tampil")}
    untouched = fields | {"text": fields["text"].replace("\n", "\r\n")}
    now = desk.text()
    fields["text"] += "# catatan saya\n"
    asked = desk.post(EDIT, **fields, lain="1")
    assert (asked.status_code, desk.text()) == (409, now)
    again = asked.content.decode()
    assert "would drop what you typed there" in again
    fields = {name: field(again, name) for name in ("opened", "text", "tanpa", "tab", "tampil")}
    assert desk.post(EDIT, **fields).status_code == 302
    assert "# catatan saya" in desk.text()
    (desk.folder / "contoh-kecil.yaml").write_text(now)
    assert desk.post(EDIT, **fields, lain="1").status_code == 302, "asked once is enough"
    assert "headcount: 33" in desk.text()
    (desk.folder / "contoh-kecil.yaml").write_text(now)
    assert desk.post(EDIT, **untouched, lain="1").status_code == 302, "line ends of a browser are no change"


def test_a_cell_that_both_have_changed_says_so(desk: Desk) -> None:
    page = desk.browser().get(f"{EDIT}/tabel").content.decode()
    sent = {name: field(page, name) for name in ("opened", "was")}
    changed(desk, "headcount: 30", "headcount: 33")
    (name,) = [each for each in json.loads(sent["was"]) if '"analis"' in each and '"headcount"' in each]
    said = desk.post(f"{EDIT}/tabel", **sent, isian=json.dumps({name: "31"})).content.decode()
    assert "1 field was changed by both" in said
    assert "yours 31; the other's 33" in said


def test_what_nobody_has_chosen_stays_as_the_other_has_put_it(desk: Desk) -> None:
    mine = opened(desk)
    mine["text"] = mine["text"].replace("headcount: 20", "headcount: 22")
    changed(desk, "headcount: 20", "headcount: 21")
    answer = desk.post(EDIT, **mine)
    assert "checked" not in answer.content.decode()
    desk.post(EDIT, **of_page(answer), gabung="1")
    assert "headcount: 21" in desk.text()


def test_a_text_is_saved_as_it_was_with_what_cannot_be_seen_in_it(desk: Desk) -> None:
    """A space of no width, a heart in colour, and the ends of lines of Windows."""
    file = desk.folder / "contoh-kecil.yaml"
    text = desk.text().replace("Analis keuangan", "Analis\u200b keuangan \u2764\ufe0f").replace("\n", "\r\n")
    file.write_bytes(text.encode())
    sent = opened(desk)
    assert desk.post(EDIT, **sent)["Location"] == f"{EDIT}/yaml?tersimpan=0"
    assert file.read_bytes().decode() == text
    sent["text"] = sent["text"].replace("headcount: 30", "headcount: 31")
    changed_beside = text.replace("headcount: 20", "headcount: 21")
    file.write_bytes(changed_beside.encode())
    desk.post(EDIT, **of_page(desk.post(EDIT, **sent)), gabung="1")
    assert file.read_bytes().decode() == changed_beside.replace("headcount: 30", "headcount: 31")
