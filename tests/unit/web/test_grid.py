"""The grid of groups and gaps: only what was changed in it changes in the file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planner.scenario_io.amending import data_of
from planner.web.forms.edited_file import EditedFile
from planner.web.forms.grid import GridRow, GroupGrid
from planner.web.pages import grid
from planner.web.pages.grid import MOST_ROWS
from planner.web.workspace import ScenarioFile, state_of
from tests.unit.web.conftest import Desk
from tests.unit.web.form_of_page import FormOfPage
from tests.unit.web.plans import SMALL

GRID = "/skenario/contoh-kecil.yaml/ubah/tabel"
GROUPS = "  - {id: analis, name: Analis keuangan, headcount: 30, gaps: {keuangan: 25}}\n"


def content(desk: Desk, address: str = GRID) -> Any:
    return desk.browser().get(f"{address}/isi").json()


def cell(key: str, *keys: str) -> str:
    return json.dumps(["groups", key, *keys], separators=(",", ":"), ensure_ascii=False)


def sent(
    desk: Desk, cells: dict[str, tuple[str, str]], address: str = GRID, action: str = "", opened: str = "", **more: str
) -> Any:
    """Send cells as the script does: what each said, and what it says."""
    was, isian = ({name: pair[n] for name, pair in cells.items()} for n in (0, 1))
    fields = {"was": json.dumps(was), "isian": json.dumps(isian), "opened": opened or content(desk, address)["opened"]}
    return desk.post(address + action, **fields | more)


def test_all_groups_and_gaps_are_there_and_looking_changes_nothing(desk: Desk) -> None:
    before = desk.files()
    told = content(desk)
    labels = [column["label"] for column in told["columns"]]
    assert labels[:5] == ["Id", "Name", "People", "Pengelolaan keuangan daerah", "Kearsipan"]
    assert [row["texts"][:5] for row in told["rows"]] == [
        ["analis", "Analis keuangan", "30", "25", ""],
        ["arsiparis", "Pengelola arsip", "20", "", "15"],
    ]
    page = desk.browser().get(GRID).content.decode()
    assert "Analis keuangan" in page
    assert desk.files() == before


def test_changed_cells_change_their_lines_alone(desk: Desk) -> None:
    before = desk.text()
    cells = {
        cell("analis", "gaps", "keuangan"): ("25", "1.250"),
        cell("analis", "gaps", "arsip"): ("", "3"),
        cell("analis", "headcount"): ("30", "2.000"),
        cell("arsiparis", "name"): ("Pengelola arsip", "Pengelola arsip"),
    }
    assert sent(desk, cells).status_code == 302
    after = "  - {id: analis, name: Analis keuangan, headcount: 2000, gaps: {keuangan: 1250, arsip: 3}}\n"
    assert desk.text() == before.replace(GROUPS, after)
    sent(desk, {cell("analis", "gaps", "keuangan"): ("1.250", ""), cell("analis", "gaps", "arsip"): ("3", "")})
    assert desk.text() == before.replace(GROUPS, "  - {id: analis, name: Analis keuangan, headcount: 2000}\n")


def test_rows_are_added_and_taken_out(desk: Desk) -> None:
    before = desk.text()
    new = {cell("+1", "id"): ("", "baru"), cell("+1", "headcount"): ("", "7"), cell("+1", "gaps", "arsip"): ("", "2")}
    sent(desk, new)
    last = "  - {id: arsiparis, name: Pengelola arsip, headcount: 20, gaps: {arsip: 15}}\n"
    assert desk.text() == before.replace(last, last + "  - {id: baru, headcount: 7, gaps: {arsip: 2}}\n")
    sent(desk, {cell("baru", "@remove"): ("", "1")})
    assert desk.text() == before


def test_another_id_is_followed_by_what_names_the_group(desk: Desk) -> None:
    named = desk.text().replace("    costs:", "    for: {id: [analis, arsiparis]}\n    costs:", 1)
    (desk.folder / "contoh-kecil.yaml").write_text(named)
    assert 'name="ikut"' in desk.browser().get(GRID).content.decode()
    cells = {cell("analis", "id"): ("analis", "arsiparis"), cell("arsiparis", "id"): ("arsiparis", "analis")}
    assert sent(desk, cells, ikut="1").status_code == 302
    swapped = named.replace("id: analis,", "id: X,").replace("id: arsiparis,", "id: analis,").replace("X", "arsiparis")
    assert desk.text() == swapped.replace("[analis, arsiparis]", "[arsiparis, analis]"), "all at once"
    (desk.folder / "contoh-kecil.yaml").write_text(named)
    other = {cell("analis", "id"): ("analis", "analis-baru")}
    assert "In order" in sent(desk, other, action="/periksa", ikut="1").content.decode()
    sent(desk, other)
    assert desk.text() == named.replace("id: analis,", "id: analis-baru,"), "only where it is wished for"
    (desk.folder / "contoh-kecil.yaml").write_text(named)
    sent(desk, {cell("analis", "id"): ("analis", "arsiparis")}, ikut="1")
    assert "[analis, arsiparis]" in desk.text(), "an id that two would have takes no references over"


def test_files_that_build_on_this_one_and_name_its_groups_are_told(desk: Desk) -> None:
    assert "build on this one" not in desk.browser().get(GRID).content.decode()
    overlay = "extends: contoh-kecil.yaml\nscenario: {id: turunan}\ngroups: [{id: analis, headcount: 40}]\n"
    (desk.folder / "turunan.yaml").write_text(overlay)
    page = desk.browser().get(GRID).content.decode()
    assert "change it in the files that build on this one too: turunan.yaml" in page
    cells = {cell("analis", "id"): ("analis", "penganalisis")}
    assert sent(desk, cells, ikut="1").status_code == 302
    assert (desk.folder / "turunan.yaml").read_text() == overlay, "nothing follows that is not wished for"
    desk.post(f"{SMALL}urungkan", opened=state_of(desk.text()))
    assert sent(desk, cells, ikut="1", semua="1").status_code == 302
    assert (desk.folder / "turunan.yaml").read_text() == overlay.replace("id: analis", "id: penganalisis")


def test_without_the_script_a_page_of_fields_does_the_same(desk: Desk) -> None:
    before = desk.text()
    page = desk.browser().get(GRID).content.decode().replace('id="grid-form"', 'id="editor"')
    fields: dict[str, Any] = {**FormOfPage(page).fields}
    fields.pop("csrfmiddlewaretoken")
    desk.post(GRID, **fields)
    assert desk.text() == before
    desk.post(GRID, **fields | {cell("analis", "gaps", "keuangan"): "26"})
    assert desk.text() == before.replace("keuangan: 25", "keuangan: 26")


def test_a_wrong_cell_is_named_and_may_be_saved_as_a_draft(desk: Desk) -> None:
    before = desk.files()
    cells = {cell("analis", "gaps", "keuangan"): ("25", "dua puluh")}
    found = sent(desk, cells, action="/periksa").content.decode()
    assert f'data-cell="{cell("analis", "gaps", "keuangan")}"'.replace('["', "[&#34;").split("&#34;")[0] in found
    assert desk.files() == before
    sent(desk, cells)
    assert "aria-invalid" in desk.browser().get(GRID).content.decode()


def test_a_file_that_changed_meanwhile_keeps_both_changes_for_a_choice(desk: Desk) -> None:
    opened = content(desk)["opened"]
    theirs = desk.text().replace("headcount: 30", "headcount: 31")
    (desk.folder / "contoh-kecil.yaml").write_text(theirs)
    answer = sent(desk, {cell("analis", "gaps", "keuangan"): ("25", "24")}, opened=opened)
    assert answer.status_code == 409
    assert "headcount: 31, gaps: {keuangan: 24}" in answer.content.decode()
    assert f'<a class="button quiet" href="{SMALL}ubah/tabel">' in answer.content.decode()
    gone = sent(desk, {cell("hilang", "name"): ("x", "<b>kata")}, opened=opened)
    assert gone.status_code == 409
    assert "&lt;b&gt;kata" in gone.content.decode()
    assert desk.text() == theirs


def test_a_scenario_that_builds_on_another_shows_its_groups_and_says_what_differs(desk: Desk) -> None:
    name = "lain.yaml"
    (desk.folder / name).write_text("extends: contoh-kecil.yaml\nscenario: {id: lain}\n")
    address = f"/skenario/{name}/ubah/tabel"
    assert [row["base"] for row in content(desk, address)["rows"]] == [True, True]
    changed = {cell("analis", "headcount"): ("30", "28"), cell("analis", "gaps", "keuangan"): ("25", "")}
    sent(desk, changed, address)
    assert data_of(desk.text(name))["groups"] == [{"id": "analis", "headcount": 28, "gaps": {"keuangan": None}}]
    loaded = ScenarioFile(name, desk.folder / name).load().scenario
    assert (loaded.groups[0].headcount, dict(loaded.groups[0].gaps)) == (28, {})
    row = content(desk, address)["rows"][0]
    assert (row["base"], row["texts"][:4]) == (False, ["analis", "Analis keuangan", "28", ""])
    sent(desk, {cell("arsiparis", "@remove"): ("", "1")}, address)
    assert data_of(desk.text(name))["groups"][1] == {"id": "arsiparis", "remove": True}
    assert [row["key"] for row in content(desk, address)["rows"]] == ["analis"]


def test_groups_of_a_table_are_shown_with_its_name_and_not_changed(desk: Desk) -> None:
    (desk.folder / "kelompok.csv").write_text("id,headcount,gaps.keuangan\nsatu,12,5\n")
    text = desk.text()
    start, end = text.index("groups:"), text.index("programmes:")
    (desk.folder / "contoh-kecil.yaml").write_text(text[:start] + "groups: {table: kelompok.csv}\n\n" + text[end:])
    told = content(desk)
    assert told["fixed"]
    assert told["rows"][0]["texts"][2:4] == ["12", "5"]
    page = desk.browser().get(GRID).content.decode()
    assert "kelompok.csv" in page
    assert ">Save<" not in page


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"x": 1}', '{"[]": "1"}', '{"[\\"funds\\",\\"a\\",\\"b\\"]": "1"}', "null", '{"[1]": 2}']
)
def test_what_is_no_cell_changes_nothing(desk: Desk, text: str) -> None:
    before = desk.files()
    desk.post(GRID, was=text, isian=text, opened=content(desk)["opened"])
    assert desk.files() == before


def test_a_page_of_very_many_groups_has_as_many_fields_as_one_of_few(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = desk.text()
    many = "".join(GROUPS.replace("analis", f"k{n}") for n in range(1000))
    (desk.folder / "banyak.yaml").write_text(text.replace(GROUPS, many))
    written: list[str] = []
    in_text = GroupGrid._row

    def counted(grid: GroupGrid, key: str, *record: Any) -> GridRow:
        written.append(key)
        return in_text(grid, key, *record)

    monkeypatch.setattr(GroupGrid, "_row", counted)
    page = desk.browser().get("/skenario/banyak.yaml/ubah/tabel?hal=2").content.decode()
    assert page.count("<input") < 700
    assert written == [f"k{n}" for n in range(MOST_ROWS, 2 * MOST_ROWS)]
    file = ScenarioFile("banyak.yaml", desk.folder / "banyak.yaml")
    assert len(GroupGrid(EditedFile(file, file.text())).rows) == 1001


def test_many_rows_are_sent_in_parts_that_are_all_of_the_same_text(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = content(desk)
    assert everything["next"] is None
    monkeypatch.setattr(grid, "AT_ONCE", 1)
    first = content(desk)
    assert (first["rows"], first["next"]) == (everything["rows"][:1], 1)
    asked = {"dari": first["next"], "opened": first["opened"]}
    second = desk.browser().get(f"{GRID}/isi", asked).json()
    assert second == {"opened": first["opened"], "rows": everything["rows"][1:], "next": None}
    (desk.folder / "contoh-kecil.yaml").write_text(desk.text().replace("headcount: 30", "headcount: 31"))
    assert desk.browser().get(f"{GRID}/isi", asked).status_code == 409
