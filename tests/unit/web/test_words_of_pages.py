"""What a planner reads on the pages of a scenario is in words: no paths of the format, no digits in a row."""

from __future__ import annotations

import re
import time

import pytest

from planner.domain.words import Signatory
from planner.web.forms.labels import label
from planner.web.page_words import speaking_on_pages
from tests.unit.web.conftest import SETTLED, Desk
from tests.unit.web.plans import SMALL, store_plan


def test_warnings_about_a_planned_scenario_name_fields_as_forms_do(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(desk.text().replace("{arsip: 15}", "{arsip: 15}, max_hours: 1"))
    with speaking_on_pages("en"):
        warnings = desk.bench.workspace.file("contoh-kecil.yaml").load().warnings
    assert warnings, "it has something to look at"
    store_plan(desk, "contoh-kecil.yaml")
    page = desk.browser().get(f"{SMALL}?ringkasan=1").content.decode()
    for warning in warnings:
        assert warning.path not in page
        assert "contoh-kecil.yaml:" not in page
    assert "Groups · Pengelola arsip" in page
    assert "(max_hours)" not in page


def test_prices_of_cost_lines_are_grouped_in_their_summary(desk: Desk) -> None:
    page = desk.browser().get(f"{SMALL}ubah", {"di": "programmes/bimtek-keuangan"}).content.decode()
    line = page[page.index('class="entry-facts"') :].split("</span>")[0]
    assert "Price: 1,000,000" in line or "Price: 1.000.000" in line


def test_a_list_whose_file_is_missing_is_named_without_a_key(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(desk.text() + "\nprice_lists:\n  ssh: {table: tidak-ada.csv}\n")
    page = desk.browser().get(f"{SMALL}kartu").content.decode()
    assert "tidak-ada.csv" in page
    assert "<strong>Price lists · ssh</strong>" in page


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ("only_if: {bimtek-keuangan: elearning-arsp}", ("&#39;Only if&#39; names", "E-learning kearsipan")),
        ("at_most_one_of: [[elearning-arsip]]", ("&#39;At most one of&#39;", "at least two different programmes")),
    ],
)
def test_relations_of_programmes_are_named_as_their_form_names_them(
    desk: Desk, choices: str, told: tuple[str, ...]
) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(f"{desk.text()}\nchoices: {{{choices}}}\n")
    for address in (SMALL, f"{SMALL}ubah?di=choices"):
        page = desk.browser().get(address).content.decode()
        words = page[page.index('class="problems"') :]
        for each in told:
            assert each in words, (address, each)
        for key in ("only_if", "at_most_one_of", "[[a, b]]"):
            assert key not in words.split("</section>")[0], (address, key)
        assert "&#39;E-learning kearsipan&#39; (E-learning kearsipan)" not in words, "a name is said once"


def test_warnings_are_told_to_each_in_their_language(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    file.write_text(desk.text().replace("{arsip: 15}", "{arsip: 15}, max_hours: 1"))
    time.sleep(2 * SETTLED / 1e9)  # from now on the file is read once
    indonesian, english = desk.browser(), desk.browser()
    desk.post("/bahasa", indonesian, language="id")
    for client, said in ((english, "more than one person"), (indonesian, "lebih dari yang boleh"), (english, "it is")):
        assert said in client.get(SMALL).content.decode()


def test_what_a_programme_uses_is_named_as_the_resource_not_as_a_competency_of_that_id(desk: Desk) -> None:
    file = desk.folder / "contoh-kecil.yaml"
    places = "resources:\n  - {id: keuangan, name: Asrama, amount: 5}\nprogrammes:"
    text = desk.text().replace("programmes:", places, 1)
    use = "uses: {keuangan: {per: participant, amount: -1}}\n    closes: {keuangan:"
    assert text.count("closes: {keuangan:") > 0
    file.write_text(text.replace("closes: {keuangan:", use, 1))
    page = desk.browser().get(SMALL).content.decode()
    assert re.search(r"<strong>Programmes[^<]* · Uses of resources · Asrama · [^<]+</strong>", page)


def test_the_rank_of_who_signs_is_no_place_in_an_order(desk: Desk) -> None:
    with speaking_on_pages("id"):
        assert label(Signatory, "rank") == "Pangkat"


def test_a_warning_about_a_column_of_a_table_names_no_group(desk: Desk) -> None:
    """The file has no record there: the table has."""
    file = desk.folder / "contoh-kecil.yaml"
    text = desk.text()
    start, end = text.index("groups:"), text.index("programmes:")
    file.write_text(
        f"{text[:start]}groups: {{table: kelompok.csv}}\n\n{text[end:]}".replace("arsip: 60%", "keuangan: 60%")
    )
    (desk.folder / "kelompok.csv").write_text("id,headcount,gap:keuangan,gap:arsip\na,30,25,5\n")
    page = desk.browser().get("/skenario/contoh-kecil.yaml/ubah").content.decode()
    assert "Groups · Gaps" in page
    assert "None" not in page
