"""What the report says in words of funds, duties, rules and groups."""

from __future__ import annotations

import copy
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.plans.plan_rows import RuleResult
from planner.report import render_report, summary_table
from tests.pages.markup import Element, read
from tests.scenarios.builders import DECISIONS, SMALL, large, plan, scenario


def report(decisions: Decisions = DECISIONS, **blocks: Any) -> Element:
    built = scenario(**blocks)
    return read(render_report(built, plan(built, decisions)))


@pytest.fixture(scope="module")
def page() -> Element:
    """The report of the small scenario."""
    return report()


def card(page: Element, title: str) -> str:
    (found,) = [e for e in page.all("article") if e.all("h3")[0].text.startswith(title)]
    return found.text


def rows(page: Element, id: str) -> list[list[str]]:
    return page.one("table", id=id).rows()[1:]


def test_a_fund_states_each_condition_and_how_the_plan_stands_to_it(page: Element) -> None:
    text = card(page, "Universitas Jambi")
    for part in (
        "Terpakai Rp60.000.000 dari Rp60.000.000; sisa Rp0.",
        "Membiayai program: Bimtek pengelolaan keuangan daerah ✓ dipatuhi",
        "Membiayai komponen biaya: dihitung per angkatan ✓ dipatuhi",
        "Membiayai paling banyak 50% dari biaya tiap program ✓ rencana: 45,0%",
        # of the Rp102.7 million of the APBD 25 are for socialization and the agreement, which no match counts
        "Membayar biaya program paling banyak 1 kali biaya program yang dibayar APBD Provinsi Jambi"
        " ✓ Rp60.000.000 dari paling banyak Rp77.700.000",
        "Bila dipakai, membayar paling sedikit Rp20.000.000 ✓ membayar Rp60.000.000",
        "Memerlukan perjanjian kerja sama dengan biaya Rp10.000.000 dari dana sendiri sudah termasuk dalam biaya",
        "Peluang dana dan kursinya benar-benar tersedia: 80% rencana mengandalkan seluruhnya",
    ):
        assert part in text


def test_a_fund_of_seats_tells_how_many_are_taken(page: Element) -> None:
    text = card(page, "Kursi gratis Komdigi")
    assert "Memberi kursi gratis tanpa dana." in text
    assert "20 kursi gratis pada Pelatihan komunikasi efektif ✓ 20 terisi" in text


def test_a_fund_that_is_not_used_is_said_to_be_unused() -> None:
    page = report(Decisions())
    assert "Rencana ini tidak memakai sumber dana tersebut." in card(page, "Universitas Jambi")
    assert "✓ tidak dipakai" in card(page, "Universitas Jambi")


def test_released_money_stands_beside_what_is_spent_by_then(page: Element) -> None:
    assert rows(page, "table-releases-1") == [
        ["TW1", "60%", "240.000.000", "63.200.000", "176.800.000"],
        ["TW2", "100%", "400.000.000", "102.700.000", "297.300.000"],
    ]


# Own funds spend Rp102.7 million of their 400 in this plan.
@pytest.mark.parametrize(
    ("budget", "other", "verdict", "difference"),
    [
        (40_000_000_000, 60_000_000, "✓ Terpenuhi", "Itu Rp26.700.000 lebih besar"),  # 162.7 of 136
        (100_000_000_000, 60_000_000, "✗ Belum terpenuhi", "kurang Rp177.300.000."),  # 162.7 of 340
        (30_205_882_352, 0, "✓ Terpenuhi", "Itu Rp0 lebih besar"),  # 102_699_999.9968, rounded up
        (30_205_882_353, 0, "✗ Belum terpenuhi", "kurang Rp1."),  # 102_700_000.0002, rounded up
    ],
)
def test_the_legal_floor_is_met_to_the_rupiah(budget: int, other: int, verdict: str, difference: str) -> None:
    floor = SMALL["scenario"]["floor"] | {"of": budget, "other_countable": other}
    text = card(report(scenario={"floor": floor}), "Batas minimal anggaran")
    assert verdict in text
    assert "Yang dihitung: Rp102.700.000 belanja dana sendiri" in text
    assert "Rp297.300.000 dana sendiri yang tidak terpakai" in text
    assert difference in text
    assert "Sumber: Pedoman penyusunan APBD TA 2019" in text


def test_a_share_just_below_the_floor_is_not_shown_as_the_floor() -> None:
    """Rp102.7 million of 30.21 milliard are 0.33995%: 0.34% to two decimals, though the floor is missed."""
    floor = SMALL["scenario"]["floor"] | {"of": 30_210_000_000}
    text = card(report(scenario={"floor": floor}), "Batas minimal anggaran")
    assert "seluruhnya Rp102.700.000, 0,33995% dari belanja daerah" in text


def test_a_final_document_does_not_speak_of_sources_that_are_missing() -> None:
    page = report(scenario={"floor": {"share": "0.34%", "of": 1}, "sources": []})
    assert "Sumber" not in card(page, "Batas minimal anggaran")
    assert "tidak menyebut sumber" not in page.visible_text()


def test_the_hours_target_is_counted_person_by_person(page: Element) -> None:
    # 110 people attend a course of 24 JP, or one of 24 and one of 10; the others have 10 JP or none
    text = card(page, "Jam pelajaran")
    assert "◐ Terpenuhi sebagian" in text
    assert "Targetnya 20 JP per ASN setahun; 110 dari 320 ASN mencapainya." in text
    assert "rata-rata tidak berarti apa-apa" in text
    assert "✓ Terpenuhi" in card(report(scenario={"hours_target": 0}), "Jam pelajaran")
    assert "✗ Belum terpenuhi" in card(report(scenario={"hours_target": 35}), "Jam pelajaran")


def test_jp_that_groups_took_before_count_towards_the_target(page: Element) -> None:
    assert "di luar rencana ini tidak dihitung" in card(page, "Jam pelajaran")
    groups = [group | {"hours_before": 20} for group in SMALL["groups"]]
    text = card(report(groups=groups), "Jam pelajaran")
    assert "320 dari 320 ASN mencapainya" in text
    assert "JP yang sudah diikuti sebelum rencana dihitung di tahun pertamanya, menurut skenario." in text
    assert "tidak dihitung" not in text


def test_without_duties_there_are_none() -> None:
    page = report(scenario={"floor": None, "hours_target": None})
    assert page.all("article", class_="card duty") == []


def test_rules_stand_with_measure_bound_and_verdict(page: Element) -> None:
    assert rows(page, "table-rules") == [
        [
            "Sedikitnya 30% biaya untuk kompetensi teknis (aturan)",
            "biaya · program: jenis teknis",
            "paling sedikit 30% (Rp41.310.000)",  # of 137.7 million, without socialization and agreements
            "Rp133.450.000",
            "✓ Terpenuhi",
        ],
        [
            "Kerinci sedikitnya 40 peserta (sasaran)",
            "peserta · kelompok: lokasi Kerinci",
            "paling sedikit 40",
            "30",
            "✗ Meleset 10, dinilai setara 5 kesenjangan berbobot",
        ],
    ]


def test_a_rule_may_have_two_bounds_and_be_above_the_upper() -> None:
    rules = [{"name": "Antara", "measure": "hours", "at_least": 1, "at_most": 100, "soft": {"penalty": 2}}]
    built = scenario(rules=rules)
    answer = plan(built)
    result = RuleResult("Antara", Fraction(205, 2), Fraction(1), Fraction(100), False)
    page = read(render_report(built, replace(answer, rules=(result,))))
    assert rows(page, "table-rules")[0][2:] == [
        "paling sedikit 1 JP; paling banyak 100 JP",
        "102,5 JP",
        "✗ Meleset 2,5 JP, dinilai setara 5 kesenjangan berbobot",
    ]


def group(page: Element, name: str) -> list[str]:
    """What the annex says of a group: who it is and what it is given, then its gaps."""
    parts = [table.one("tbody") for table in page.all("table") if table.attributes["id"].startswith("gaps-")]
    rows = [row for part in parts for row in part.rows()]
    first = next(n for n, row in enumerate(rows) if row[0].startswith(name))
    after = next((n for n, row in enumerate(rows) if n > first and len(row) == 1), len(rows))
    return [" | ".join(row) for row in rows[first:after]]


def test_a_group_is_told_what_it_is_given_and_why_gaps_stay_open(page: Element) -> None:
    assert group(page, "Analis keuangan BPKAD") == [
        "Analis keuangan BPKAD Kota Jambi; fungsional; 240 orang; bersedia ikut: 90% setelah sosialisasi (sebelumnya "
        "70%) \u2022 Bimtek pengelolaan keuangan daerah (24 JP): TW1 80 peserta "
        "\u2022 Pelatihan komunikasi efektif (10 JP; 20 kursi gratis): TW2 37 peserta",
        "Pengelolaan keuangan daerah | 68,0 dari 120 | 52: 12 belum bersedia ikut; 16,2 tidak akan mencapai "
        "standar dalam program mana pun; selebihnya: tidak ada sebab tunggal yang pasti",
        "Komunikasi | 22,2 dari 60 | 37,8: 6 belum bersedia ikut; 21,6 tidak akan mencapai standar dalam program mana "
        "pun; selebihnya: tidak ada sebab tunggal yang pasti",
    ]
    assert group(page, "Perencana Dinas")[2].endswith(": tidak ada program yang menutupnya")


def test_a_group_that_gets_nothing_is_named() -> None:
    page = report(Decisions({("bpkad-analis", "pel-komunikasi", "TW2"): 5}))
    text = page.visible_text()
    assert "1 kelompok yang memiliki kesenjangan tidak mendapat apa pun yang menutupnya" in text
    assert "Kelompok ini tidak mendapat pelatihan." in text


def test_a_group_in_which_nobody_is_willing() -> None:
    groups = copy.deepcopy(SMALL["groups"])
    groups[1]["uptake"] = 0
    page = report(Decisions({("bpkad-analis", "pel-komunikasi", "TW2"): 5}), groups=groups)
    assert group(page, groups[1]["name"])[1].endswith(": tidak ada anggota kelompok yang bersedia ikut")


def test_known_forms_have_labels_and_others_stand_as_written() -> None:
    programmes = copy.deepcopy(SMALL["programmes"])
    programmes[0]["form"], programmes[1]["form"] = "Bimtek", "klinik keliling"
    page = report(programmes=programmes)
    assert [row[1] for row in rows(page, "table-programmes")] == ["bimbingan teknis", "klinik keliling"]


@pytest.fixture(scope="module")
def page_of_many() -> Element:
    """A report of 120 groups in 20 agencies."""
    return read(render_report(*large(120, 8, 10)))


def test_with_very_many_groups_the_heat_map_shows_agencies(page_of_many: Element) -> None:
    assert len(rows(page_of_many, "table-heat")) == 20
    assert len(rows(page_of_many, "table-groups")) == 121


def test_with_very_many_agencies_the_heat_map_shows_locations() -> None:
    page = read(render_report(*large(486, 3, 3)))  # 81 agencies, one more than the map has rows
    assert len(rows(page, "table-heat")) == 7
    assert "menurut lokasi dan kompetensi" in page.one("table", id="table-heat").one("caption").text


def test_with_very_many_agencies_in_one_place_the_map_shows_those_with_most_gaps_left() -> None:
    groups = [
        {"id": f"g{n}", "agency": f"Dinas {n}", "headcount": 50, "gaps": {"keu-daerah": 1 + n % 50}} for n in range(100)
    ]
    page = report(Decisions(), groups=groups, rules=[])
    shown = rows(page, "table-heat")
    assert len(shown) == 80
    assert min(int(row[1].removeprefix("0/")) for row in shown) == 11
    assert "Peta memuat 80 perangkat daerah dengan kesenjangan terbuka terbanyak" in page.visible_text()
    assert len(page.all("details", class_="agency")) == 100


def test_the_parts_of_many_agencies_are_folded_and_those_of_few_are_open(page_of_many: Element, page: Element) -> None:
    assert len(page_of_many.all("details", class_="agency")) == 20
    assert page.all("details", class_="agency") == []


def test_the_calendar_shows_the_programmes_with_most_participants() -> None:
    page = read(render_report(*large(30, 40, 70)))
    running = len(rows(page, "table-calendar")) - 1
    assert running > 60
    assert f"Grafik memuat 60 program dengan peserta terbanyak dari {running}" in page.visible_text()


def sentences(page: Element) -> str:
    return page.all("ul", class_="sentences")[0].text


def test_the_summary_says_who_takes_part_what_it_costs_and_who_pays(page: Element) -> None:
    text = sentences(page)
    for part in (
        "Rencana ini menutup perkiraan 115,7 dari 222 kesenjangan kompetensi (52,1%) pada 2 kelompok ASN",
        "Sebanyak 147 peserta mengikuti 2 program; orang yang mengikuti dua program dihitung dua kali.",
        "Diselenggarakan 3 angkatan. Rata-rata setiap ASN memperoleh 9,4 JP.",
        "Biayanya Rp162.700.000, yaitu Rp102.700.000 dari dana sendiri dan Rp60.000.000 dari mitra.",
        "Pembiayaan: APBD Provinsi Jambi Rp102.700.000 (63,1%); Universitas Jambi Rp60.000.000 (36,9%).",
        "Kursi gratis Komdigi memberi 20 kursi tanpa biaya.",
    ):
        assert part in text


def test_nothing_is_said_of_hours_classes_and_partners_that_there_are_not() -> None:
    programmes = [{"id": "p", "closes": {"komunikasi": 1}, "costs": [{"item": "a", "per": "participant", "price": 7}]}]
    funds = [{"id": "apbd", "name": "APBD", "kind": "own", "amount": 1000}]
    blocks = {"programmes": programmes, "funds": funds, "rules": [], "scenario": {"hours_target": None}}
    page = report(Decisions({("bpkad-analis", "p", "TW1"): 20}), **blocks)
    assert "JP" not in sentences(page)
    assert "angkatan" not in sentences(page)
    assert "Biayanya Rp140, seluruhnya dari APBD." in sentences(page)
    tiles = [tile.text for tile in page.all("div", class_="tile")]
    assert tiles[2:] == ["Biaya per kesenjangan tertutup Rp7 rata-rata", "Peserta 20 dalam 1 program"]


def test_a_plan_that_costs_nothing_says_so() -> None:
    programmes = [{"id": "p", "closes": {"komunikasi": 1}}]
    funds = [{"id": "apbd", "name": "APBD", "kind": "own", "amount": 0}]
    page = report(Decisions({("bpkad-analis", "p", "TW1"): 20}), programmes=programmes, funds=funds, rules=[])
    assert "Rencana ini tidak memerlukan biaya." in sentences(page)


def test_sources_and_assumptions_are_printed(page: Element) -> None:
    text = page.visible_text()
    assert "Data ilustratif untuk pengujian." in text
    assert "Harga satuan bersifat ilustratif." in text


def test_the_terminal_summary_says_the_same_as_the_report() -> None:
    summary = dict(summary_table(scenario(), plan()))
    assert summary["Kesenjangan tertutup (perkiraan)"] == "115,7 dari 222 (52,1%)"
    assert summary["Jumlah biaya"] == "Rp162.700.000"
    assert summary["Aturan yang terpenuhi"] == "1 dari 1", "rules are those that must hold"
    assert summary["Sasaran yang tercapai"] == "0 dari 1", "goals are those that may be missed"
    assert summary["Pemeriksaan independen"] == "✓ Memenuhi semua aturan, sampai ke rupiah"
    assert all(isinstance(text, str) and text for row in summary.items() for text in row)
