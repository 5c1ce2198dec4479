"""Names of records that a form lets pick in rows, instead of ids that have to be typed."""

from __future__ import annotations

from shutil import copyfile
from typing import Any

from planner.scenario_io.amending import data_of
from planner.web.forms.fields import name_of as at_steps
from planner.web.forms.posted import Posted
from tests.unit.web.conftest import SHIPPED, Desk
from tests.unit.web.form_of_page import FormOfPage

SMALL = "/skenario/contoh-kecil.yaml/ubah"
FORM = f"{SMALL}/isian"


def opened(desk: Desk, di: str) -> dict[str, Any]:
    fields: dict[str, Any] = {**FormOfPage(desk.browser().get(SMALL, {"di": di}).content.decode()).fields}
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def at(*steps: str | int) -> str:
    return at_steps(steps)


CHOICES = "choices: {together: [[elearning-arsip, bimtek-keuangan]], at_most_one_of: [[hilang, bimtek-keuangan]]}\n"


def test_programmes_that_belong_together_are_picked_by_name(desk: Desk) -> None:
    """A faulty id stays to be seen; a row is one list, and what is left blank is none."""
    before = desk.text() + CHOICES
    (desk.folder / "contoh-kecil.yaml").write_text(before)
    page = desk.browser().get(SMALL, {"di": "choices"}).content.decode()
    assert '<option value="elearning-arsip" selected>E-learning kearsipan</option>' in page
    assert '<option value="hilang" selected>hilang</option>' in page
    assert "<textarea" not in page.split('id="scenario-form"')[1].split("</form>")[0]
    fields = opened(desk, "choices")
    name = at("choices", "together")
    assert fields[name] == ["elearning-arsip", "bimtek-keuangan", "", "@;", "", "", "", "@;"]
    desk.post(FORM, **fields)
    assert desk.text() == before
    others = at("choices", "at_most_one_of")
    fields |= {name: ["", "bimtek-keuangan", "elearning-arsip", "@;"], others: ["", "", "@;"]}
    assert desk.post(FORM, **fields).status_code == 302
    assert data_of(desk.text())["choices"] == {"together": [["bimtek-keuangan", "elearning-arsip"]]}
    fields = opened(desk, "programmes/bimtek-keuangan")
    assert fields[at("programmes", 0, "requires")] == ["", "", "", "@|"]
    fields[at("programmes", 0, "requires")] = ["elearning-arsip", "", "@|", "elearning-arsip", "bimtek-keuangan", "@|"]
    posted = Posted({at("programmes", 0, "requires"): ""}, lambda name: fields[name])
    assert posted.text(("programmes", 0, "requires")) == "elearning-arsip\nelearning-arsip | bimtek-keuangan"


def test_of_many_names_those_chosen_are_typed_one_a_field(desk: Desk) -> None:
    groups = "".join(f"  - {{id: g{n}, name: Kelompok {n}, headcount: 9}}\n" for n in range(60))
    text = desk.text().replace("groups:\n", f"groups:\n{groups}", 1)
    text = text.replace("  - id: bimtek-keuangan\n", "  - id: bimtek-keuangan\n    for: {id: [analis, g7]}\n", 1)
    (desk.folder / "contoh-kecil.yaml").write_text(text)
    fields = opened(desk, "programmes/bimtek-keuangan")
    name = at("programmes", 0, "for", "id")
    assert fields[name] == ["analis", "g7", "", "", ""]
    page = desk.browser().get(SMALL, {"di": "programmes/bimtek-keuangan"}).content.decode()
    assert '<option value="g7">Kelompok 7</option>' in page
    fields[name] = ["analis", "", "g8", ""]
    assert desk.post(FORM, **fields).status_code == 302
    assert desk.text() == text.replace("[analis, g7]", "[analis, g8]")


def test_ceilings_are_picked_from_price_lists_as_prices_are(desk: Desk) -> None:
    copyfile(SHIPPED / "contoh-harga.csv", desk.folder / "contoh-harga.csv")
    lists = "price_lists: {ssh: {table: contoh-harga.csv}, sbu: {table: contoh-harga.csv}}\n"
    before = desk.text() + lists
    assert before.count("OJ, price: 1_000_000}") == 1
    with_ceiling = "OJ, price: 1_000_000, ceiling: {from: ssh, code: 1.1.12.03.01.0001}}"
    before = before.replace("OJ, price: 1_000_000}", with_ceiling)
    (desk.folder / "contoh-kecil.yaml").write_text(before)
    steps = ("programmes", 0, "costs", 0, "ceiling")
    page = desk.browser().get(SMALL, {"di": "programmes/bimtek-keuangan"}).content.decode()
    assert "Honorarium narasumber · eselon II ke bawah: Rp900" in page
    offers = desk.browser().get(f"{SMALL}/harga", {at(*steps): ["moderator", "sbu", "", "@ceiling"]}).content.decode()
    assert '<option value="1.1.12.03.01.0002">' in offers
    fields = opened(desk, "programmes/bimtek-keuangan")
    name, kept = at(*steps), ["ssh", "1.1.12.03.01.0001", "", "@ceiling"]
    assert fields[name] == [*kept, "", "", "", "@ceiling"]
    desk.post(FORM, **fields)
    assert desk.text() == before, "blank rows are none"
    desk.post(
        FORM, **fields | {name: [*kept, "sbu", "1.1.12.03.01.0002", "Kota", "@ceiling", "ssh", "", "", "@ceiling"]}
    )
    assert data_of(desk.text())["programmes"][0]["costs"][0]["ceiling"] == [
        {"from": "ssh", "code": "1.1.12.03.01.0001"},
        {"from": "sbu", "code": "1.1.12.03.01.0002", "of": "Kota"},
    ]
    fields = opened(desk, "programmes/bimtek-keuangan")
    desk.post(FORM, **fields | {name: ["", "", "", "@ceiling"]})
    assert "ceiling" not in desk.text()


def test_of_one_price_list_there_is_nothing_to_choose(desk: Desk) -> None:
    copyfile(SHIPPED / "contoh-harga.csv", desk.folder / "contoh-harga.csv")
    (desk.folder / "contoh-kecil.yaml").write_text(desk.text() + "price_lists: {ssh: {table: contoh-harga.csv}}\n")
    fields = opened(desk, "programmes/bimtek-keuangan")
    assert fields[at("programmes", 0, "costs", 0, "ceiling")] == ["ssh", "", "", "@ceiling"]
