"""The pages of the workbench, asked as a browser asks."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import RequestFactory

from planner.errors import Problem
from planner.locale import speaking
from planner.web.pages import named, planning
from planner.web.plan_run import State
from planner.web.workspace import state_of, told
from tests.unit.web.conftest import Desk, as_json
from tests.unit.web.plans import SMALL, over, store_plan

IMPOSSIBLE = """
rules:
  - {id: semua, name: Semua, measure: participants, at_least: 40}
"""


@pytest.fixture
def planned(make_desk: Callable[[], Desk]) -> Desk:
    """A workbench whose small example has a plan."""
    desk = make_desk()
    store_plan(desk, "contoh-kecil.yaml")
    return desk


def test_a_folder_is_shown_with_the_state_of_each_scenario(planned: Desk) -> None:
    (planned.folder / "salah.yaml").write_text("format: 1\nscenario: {id: salah, name: 5}\n")
    (planned.folder / ".tersembunyi.yaml").write_text("")
    home = planned.browser().get("/").content.decode()
    assert "contoh-kecil.yaml" in home
    assert "salah.yaml" in home
    assert "tersembunyi" not in home
    card = planned.browser().get(f"{SMALL}kartu").content.decode()
    assert "planned" in card
    assert "50.5%" in card  # 20,2 of 40 gaps
    faulty = planned.browser().get("/skenario/salah.yaml/kartu").content.decode()
    assert "needs correction" in faulty
    assert str(planned.folder) not in faulty


def test_a_card_says_its_question_and_what_is_wrong_in_the_words_of_forms(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    card = desk.browser().get(f"{SMALL}kartu").content.decode()
    assert "Apakah alat ini menghitung dengan benar? Cukup kecil untuk dihitung dengan tangan." in card
    assert "Apakah alat ini menghitung dengan benar?" in desk.browser().get(SMALL).content.decode()
    file.write_text(file.read_text().replace("headcount: 30", "headcount: -30"))
    card = desk.browser().get(f"{SMALL}kartu").content.decode()
    assert re.search(r"1 problem: <strong>Groups · [^<]+ · People</strong>", card)
    assert "groups[" not in card
    assert "Apakah alat ini menghitung dengan benar?" in card


def test_a_card_says_all_years_of_its_scenario(make_desk: Callable[[], Desk]) -> None:
    desk = make_desk()
    years = "periods: [{id: a, year: 2027}, {id: b, year: 2028}, {id: c, year: 2029}]\ncompetencies:"
    (desk.folder / "contoh-kecil.yaml").write_text(desk.text().replace("competencies:", years, 1))
    assert "2027\N{EN DASH}2029" in desk.browser().get(f"{SMALL}kartu").content.decode()


def test_what_is_noticed_is_told_in_the_words_of_forms_with_the_way_there(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    text = file.read_text()
    assert text.count("headcount: 30") == 1
    file.write_text(text.replace("headcount: 30", "headcount: -30"))
    page = desk.browser().get(SMALL).content.decode()
    said = page[page.index("1 mistake") :]
    assert re.search(r"<strong>Groups · [^<]+ · People</strong>", said), (
        "the field by its label, not groups[0].headcount"
    )
    assert "groups[" not in said
    assert f'href="{SMALL}ubah?di=groups/' in said
    assert "contoh-kecil.yaml:" in said, "the line, for who knows the file"


def test_a_competency_is_called_by_its_name_where_something_is_wrong_with_a_gap(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(file.read_text().replace("gaps: {keuangan: 25}", "gaps: {keuangan: 2500}"))
    page = desk.browser().get(SMALL).content.decode()
    assert "<strong>Groups · Analis keuangan · Gaps · Pengelolaan keuangan daerah</strong>" in page


def test_pages_write_figures_as_the_language_that_they_speak_does(planned: Desk) -> None:
    for address in (SMALL, f"{SMALL}laporan"):
        english = planned.browser().get(address).content.decode()
        assert "20.2 of 40" in english, "the scenario is Indonesian, the page is not"
        assert "20,2" not in english
    assert "20,2 dari 40" in planned.browser().get(f"{SMALL}berkas/report.html").content.decode()


def test_a_changed_scenario_is_said_to_be_planned_no_more(planned: Desk) -> None:
    file = planned.folder / "contoh-kecil.yaml"
    file.write_text(file.read_text().replace("headcount: 30", "headcount: 31"))
    page = planned.browser().get(SMALL).content.decode()
    assert "plan outdated" in page
    assert "plan again to see what follows" in page


def test_a_plan_that_the_checker_refuses_is_not_shown(planned: Desk) -> None:
    file = planned.results / "contoh-kecil" / "plan.json"
    text = file.read_text()
    assert text.count("30000000") > 0
    file.write_text(text.replace("30000000", "30000001"))
    page = planned.browser().get(SMALL).content.decode()
    assert "What has to be corrected" in page
    assert "tile-value" not in page
    assert planned.browser().get(f"{SMALL}berkas/plan.json").status_code == 302


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("address", ["/", "/baru", "/banding", SMALL, f"{SMALL}ubah", f"{SMALL}kartu"])
def test_every_page_speaks_both_languages(planned: Desk, language: str, address: str) -> None:
    client = planned.browser()
    planned.post("/bahasa", client, language=language)
    page = client.get(address).content.decode()
    other = {"id": ("Scenarios", "Compare", ">Plan", "Save"), "en": ("Skenario", "Bandingkan", "Susun", "Simpan")}
    assert not [word for word in other[language] if f">{word}" in page]


def test_documents_are_those_of_the_checked_plan(planned: Desk) -> None:
    client = planned.browser()
    assert client.get(f"{SMALL}berkas/plan.json").json() == as_json(planned.results / "contoh-kecil" / "plan.json")
    report = client.get(f"{SMALL}berkas/report.html")
    assert "<h1>Contoh kecil" in report.content.decode()
    assert client.get(f"{SMALL}berkas/rencana.xlsx").content.startswith(b"PK")
    assert client.get(f"{SMALL}berkas/..%2Fplan.json").status_code == 404
    assert client.get(f"{SMALL}berkas/scenario.yaml").status_code == 404
    whole = client.get(f"{SMALL}laporan").content.decode()
    assert whole.count("<section") > 10


@pytest.mark.parametrize("name", ["tidak-ada.yaml", "..", "../hasil", "%2e%2e%2fhasil%2fx.yaml", "skema.json", ".git"])
def test_what_is_not_a_scenario_of_the_folder_is_not_found(desk: Desk, name: str) -> None:
    assert desk.browser().get(f"/skenario/{name}/").status_code == 404


def test_twenty_clicks_make_one_plan(desk: Desk) -> None:
    client = desk.browser()
    client.get("/baru")
    for _click in range(20):
        assert desk.post(f"{SMALL}susun", client)["Location"] == SMALL
    first = desk.bench.runs.latest("contoh-kecil.yaml")
    assert over(desk) is State.DONE
    assert desk.bench.runs.latest("contoh-kecil.yaml") is first
    stored = as_json(desk.results / "contoh-kecil" / "plan.json")
    assert stored["gaps_closed"] == pytest.approx(20.2)
    assert "The plan is ready and checked." in client.get(SMALL).content.decode()
    (run,) = desk.bench.archive.folders.ids()
    folder = desk.bench.archive.folders.folder(run)
    assert (folder / "plan.json").read_bytes() == (desk.results / "contoh-kecil" / "plan.json").read_bytes()
    assert f"/rencana/{run}/" in client.get("/riwayat").content.decode()
    assert "made a plan" in client.get(f"/rencana/{run}/").content.decode()
    assert not list(desk.results.rglob("*unfinished*"))


def test_a_run_that_ends_while_its_page_is_made_is_not_over_without_results(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The results are looked for just before the run ends: the page may say that it goes on, but not that it is
    over."""
    looked_for = named.card_named

    def while_it_ends(name: str) -> Any:
        found = looked_for(name)
        ending.close()
        over(desk)
        return found

    ending = ExitStack()
    ending.enter_context(desk.bench.runs.turn.taken())
    desk.post(f"{SMALL}susun")
    monkeypatch.setattr(planning, "card_named", while_it_ends)
    page = desk.browser().get(SMALL).content.decode()
    assert "run-done" not in page
    monkeypatch.undo()
    page = desk.browser().get(SMALL).content.decode()
    assert "run-done" in page
    assert "Summary" in page


def test_the_news_of_a_run_end_with_it(desk: Desk) -> None:
    desk.post(f"{SMALL}susun")

    async def told() -> bytes:
        answer = planning.news(RequestFactory().get(f"{SMALL}berita"), "contoh-kecil.yaml")
        assert answer["Content-Type"] == "text/event-stream"
        return b"".join([part async for part in answer.streaming_content])

    with speaking("en"):
        news = asyncio.run(told()).decode()
    assert news.count("event: over") == 1
    assert news.rindex("event: over") > news.rindex("event: run")
    assert "The plan is ready and checked." in news


def test_a_scenario_that_cannot_be_is_said_to_be_impossible(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(file.read_text() + IMPOSSIBLE)
    desk.post(f"{SMALL}susun")
    assert over(desk) is State.IMPOSSIBLE
    assert "impossible" in desk.browser().get(f"{SMALL}kartu").content.decode()
    assert not (desk.results / "contoh-kecil").exists()


def test_a_run_can_be_stopped_at_once(desk: Desk) -> None:
    desk.post(f"{SMALL}susun")
    desk.post(f"{SMALL}hentikan")
    assert over(desk) in (State.STOPPED, State.DONE)


def test_a_scenario_that_waits_says_only_so_and_can_be_cancelled(desk: Desk) -> None:
    with desk.bench.runs.turn.taken():
        desk.post(f"{SMALL}susun")
        page = desk.browser().get(SMALL).content.decode()
        assert "Waiting for another plan to be finished." in page
        assert ">Cancel</button>" in page
        for no in ("The model is being built.", "Stop and keep the best plan", "0 s"):
            assert no not in page, "it has not begun, and there is no plan to keep"
        card = desk.browser().get(f"{SMALL}kartu").content.decode()
        assert ">waiting</span>" in card
        for told in (page, card, desk.browser().get(f"{SMALL}bila").content.decode()):
            assert "being planned" not in told
            assert "is being made" not in told
        desk.post(f"{SMALL}hentikan")
        assert over(desk) is State.STOPPED
    assert "Stopped before there was a plan." in desk.browser().get(SMALL).content.decode()


def state(page: str) -> str:
    """The state of the text that a page of the editor was opened with."""
    return page.split('name="opened" value="')[1].split('"')[0]


def test_a_save_keeps_the_text_before_and_can_be_undone(desk: Desk) -> None:
    before, client = desk.text(), desk.browser()
    opened = state(client.get(f"{SMALL}ubah").content.decode())
    saved = desk.post(f"{SMALL}ubah", client, text=before.replace("\n", "\r\n") + "# lagi\r\n", opened=opened)
    assert saved.status_code == 302
    assert desk.text() == before + "# lagi\n"
    page = client.get(f"{SMALL}ubah").content.decode()
    assert "Undo the last save" in page
    undone = desk.post(f"{SMALL}urungkan", client, opened=state(page), tab="ubah/yaml")
    assert desk.text() == before
    assert undone["Location"] == f"{SMALL}ubah/yaml?tersimpan=kembali"
    assert "The last save is undone" in client.get(undone["Location"]).content.decode()
    again = desk.post(f"{SMALL}urungkan", client, opened=state_of(before), tab="ubah")
    assert again["Location"] == f"{SMALL}ubah?tersimpan=0", "there is nothing more to bring back"
    assert "Undo the last save" not in client.get(f"{SMALL}ubah").content.decode()


def test_a_file_that_changed_meanwhile_is_never_overwritten_unseen(desk: Desk) -> None:
    client = desk.browser()
    opened = state(client.get(f"{SMALL}ubah").content.decode())
    theirs = desk.text() + "# mereka\n"
    (desk.folder / "contoh-kecil.yaml").write_text(theirs)
    answer = desk.post(f"{SMALL}urungkan", client, text="# saya & <b>\n", opened=opened)
    assert answer.status_code == 409
    assert "so nothing was brought back" in answer.content.decode()
    assert desk.text() == theirs
    answer = desk.post(f"{SMALL}ubah", client, text="# saya & <b>\n", opened=opened)
    page = answer.content.decode()
    assert "# saya &amp; &lt;b&gt;" in page
    assert "- # mereka" in page
    assert f'<a class="button" href="{SMALL}ubah/yaml">' in page, "what overwrites nothing stands first"
    assert '<pre class="difference" tabindex="0"' in page, "long lines are reached by keyboard"
    assert desk.post(f"{SMALL}ubah", client, text="# saya\n", opened=state(page)).status_code == 302
    assert desk.text() == "# saya\n"


def test_a_mistake_is_named_at_its_line_while_it_is_typed(desk: Desk) -> None:
    wrong = desk.text().replace("headcount: 30", "headcount: tiga puluh")
    found = desk.post(f"{SMALL}periksa", text=wrong).content.decode()
    assert "1 mistake" in found
    assert "contoh-kecil.yaml:35:" in found
    assert "In order" in desk.post(f"{SMALL}periksa", text=desk.text()).content.decode()


def test_a_file_that_is_no_text_in_utf_8_is_called_what_it_is(desk: Desk) -> None:
    (desk.folder / "lain.yaml").write_bytes(desk.text().encode("utf-16"))
    browser = desk.browser()
    assert browser.get("/").status_code == 200
    assert browser.get("/skenario/lain.yaml/kartu").status_code == 200
    for page in ("", "/tabel", "/yaml"):
        answer = browser.get(f"/skenario/lain.yaml/ubah{page}")
        assert answer.status_code == 409
        assert "not text in UTF-8" in answer.content.decode()


def test_plans_are_compared_beside_each_other(planned: Desk) -> None:
    planned.post("/baru", name="salinan", source="contoh-kecil.yaml")
    alone = planned.browser().get("/banding?dengan=contoh-kecil.yaml&dengan=salinan.yaml").content.decode()
    assert "Only scenarios that have a plan" in alone
    assert "Nothing to compare yet" in alone
    store_plan(planned, "salinan.yaml")
    choice = planned.browser().get("/banding?dengan=salinan.yaml").content.decode()
    assert re.findall(r'value="(\S+)"( checked)?/>', choice[choice.index("choices") :]) == [
        ("contoh-kecil.yaml", ""),
        ("salinan.yaml", " checked"),
    ]
    both = planned.browser().get("/banding?dengan=contoh-kecil.yaml&dengan=salinan.yaml").content.decode()
    assert both.count("Contoh kecil") > 1
    assert 'class="bar"' in both, "it is a page of the workbench"
    printed = planned.browser().get("/banding/cetak?dengan=contoh-kecil.yaml&dengan=salinan.yaml").content.decode()
    assert 'class="bar"' not in printed
    tables = re.findall(r"<td.*?</td>", printed)
    assert tables
    assert len(re.findall(r"<td.*?</td>", both)) == len(tables)
    assert planned.browser().get("/banding/cetak?dengan=salinan.yaml").status_code == 302


def test_two_files_of_one_id_show_no_plan_and_are_not_planned(planned: Desk) -> None:
    (planned.folder / "kembar.yaml").write_text(planned.text())
    for name in ("kembar.yaml", "contoh-kecil.yaml"):
        page = planned.browser().get(f"/skenario/{name}/").content.decode()
        assert "give each its own id" in page
        assert "tile-value" not in page
        planned.post(f"/skenario/{name}/susun")
        assert planned.bench.runs.latest(name) is None


def test_what_was_typed_for_a_file_that_is_gone_is_shown(desk: Desk) -> None:
    client = desk.browser()
    client.get(f"{SMALL}ubah/yaml")
    (desk.folder / "contoh-kecil.yaml").rename(desk.folder / "lain.yaml")
    for address, fields in (("ubah", {"text": "# ketikan <saya>"}), ("ubah/isian", {'["x"]': "# ketikan <saya>"})):
        answer = desk.post(f"{SMALL}{address}", client, **fields)
        assert answer.status_code == 404
        assert "# ketikan &lt;saya&gt;" in answer.content.decode()


def test_the_language_changes_where_one_is(desk: Desk) -> None:
    page = desk.browser().get(f"{SMALL}ubah?di=funds/apbd").content.decode()
    assert f'name="back" value="{SMALL}ubah?di=funds/apbd"' in page
    desk.folder.joinpath("x.yaml").write_text("a: [")
    sent = desk.post("/baru", name="a/b").content.decode()
    assert 'name="back" value="/' in sent


def test_problems_name_no_folder_of_the_machine() -> None:
    problem = Problem("the other is at /a/b/c.yaml:3.", "Run: x /a/b/y.xlsx", "funds[0]", "/a/b/y.yaml", 2)
    assert told([problem]) == ["y.yaml:2: funds[0]: the other is at c.yaml:3. Run: x y.xlsx"]
    assert told([Problem("no file")]) == ["no file"]
