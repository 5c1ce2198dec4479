"""Values far from their kind are told; those that occur are not."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from planner.domain.checks.warnings_kinds import (
    prices_in_thousands,
    prices_of_several,
    prices_taxed_twice,
    unlikely_floor,
    unlikely_hours,
    unlikely_prices,
    unlikely_shares,
)
from planner.domain.scenario import Scenario
from planner.scenario_io import read_scenario
from tests.scenarios.least import BASE

ROOT = Path(__file__).parents[4]
SHIPPED = sorted([*(ROOT / "scenarios").glob("*.yaml"), ROOT / "planner" / "cli" / "starter" / "skenario.yaml"])


def doubts(built: Scenario) -> list[tuple[tuple[str | int, ...], str]]:
    found = [*unlikely_shares(built), *unlikely_prices(built), *unlikely_hours(built), *unlikely_floor(built)]
    found += [*prices_in_thousands(built), *prices_of_several(built), *prices_taxed_twice(built)]
    return [(doubt.path, doubt.message) for doubt in found]


def told(line: dict[str, Any] | None = None, **changes: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    """Doubts about the base scenario with a cost line and changes of its group, programme, fund or identity."""
    data = copy.deepcopy(BASE)
    data["programmes"][0]["costs"] = [{"item": "i", "per": "participant", "price": 50_000} | (line or {})]
    for key, change in changes.items():
        (data["scenario"] if key == "scenario" else data[key][0]).update(change)
    return doubts(Scenario.model_validate(data))


@pytest.mark.parametrize("path", SHIPPED, ids=[path.name for path in SHIPPED])
def test_no_shipped_scenario_is_warned_of(path: Path) -> None:
    assert doubts(read_scenario(path)) == []


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        (
            {"groups": {"uptake": "0.9%"}},
            ("groups", 0, "uptake"),
            "0.9% is very little here; if 90% is meant, write 0.9",
        ),
        ({"groups": {"uptake": "1%"}}, ("groups", 0, "uptake"), "if 100% is meant, write 1 or 100%"),
        ({"programmes": {"closes": {"k": "0.85%"}}}, ("programmes", 0, "closes", "k"), "if 85% is meant"),
        ({"funds": {"chance": "0.8%"}}, ("funds", 0, "chance"), "if 80% is meant"),
        ({"programmes": {"hours": 2400}}, ("programmes", 0, "hours"), "2400 JP; the longest course known"),
        ({"programmes": {"hours": 1200}}, ("programmes", 0, "hours"), "1200 JP; the longest course known"),
        ({"groups": {"hours_before": 9000}}, ("groups", 0, "hours_before"), "has taken 9000 JP already"),
        (
            {"groups": {"hours_before": 50, "max_hours": 40}},
            ("groups", 0, "hours_before"),
            "has taken 50 JP already (hours_before), more than the 40 JP that one person may take",
        ),
        ({"line": {"unit": "OH (x Rp1.000)"}}, ("programmes", 0, "costs", 0, "unit"), "by '(x Rp1.000)', but is read"),
        ({"line": {"unit": "ribuan"}}, ("programmes", 0, "costs", 0, "unit"), "in thousands or millions by 'ribuan'"),
        ({"line": {"item": "Modul, harga dalam ribuan"}}, ("programmes", 0, "costs", 0, "item"), "dalam ribuan'"),
        ({"scenario": {"floor": {"share": 0.34, "of": 10**12}}}, ("scenario", "floor", "share"), "is 0.34% meant?"),
        ({"scenario": {"floor": {"share": "0.34%", "of": 4_625_723}}}, ("scenario", "floor", "of"), "Rp4,625,723"),
        ({"line": {"price": 900, "unit": "OJ"}}, ("programmes", 0, "costs", 0, "price"), "a price of only Rp900"),
        ({"line": {"price": 900, "item": "Honorarium"}}, ("programmes", 0, "costs", 0, "price"), "only Rp900"),
        ({"line": {"price": 1}}, ("programmes", 0, "costs", 0, "price"), "a price of only Rp1"),
        ({"line": {"price": 22_125_000_000}}, ("programmes", 0, "costs", 0, "price"), "zeros too many?"),
    ],
)
def test_a_value_far_from_its_kind_is_told(changes: dict[str, Any], place: tuple[str | int, ...], words: str) -> None:
    ((path, message),) = told(**changes)
    assert path == place
    assert words in message


@pytest.mark.parametrize(
    "changes",
    [
        {"groups": {"uptake": "2%"}},
        {"groups": {"uptake": 0}},
        {"programmes": {"hours": 599}},
        {"programmes": {"hours": 1000}},
        {"scenario": {"floor": {"share": "0.16%", "of": 1_808_566_435_000}}},
        {"line": {"price": 250, "unit": "lembar", "item": "Fotokopi"}},
        {"line": {"price": 0, "unit": "OJ"}},
        {"line": {"unit": "dus (1000 lembar)"}},
        {"line": {"item": "Honorarium PPK, pagu sampai 250 juta rupiah"}},
        {"groups": {"hours_before": 40, "max_hours": 40}},
        {"line": {"price": 10_000, "unit": "OH"}},
        {"line": {"price": 30_261_000}},
    ],
)
def test_a_value_that_occurs_is_not(changes: dict[str, Any]) -> None:
    assert told(**changes) == []


def test_several_are_told_once_with_their_number() -> None:
    ((_path, message),) = told(groups={"uptake": "0.9%"}, programmes={"closes": {"k": "0.5%"}})
    assert "2 shares are this small" in message


@pytest.mark.parametrize(
    "unit",
    [
        "10 orang", "per 10 orang", "sepuluh peserta", "/2 org", "dozen people", "10 OK", "paket 10 orang",
        "paket (10 orang)", "pak/5 orang", "kotak isi 10", "dus (isi 12 pcs)", "lusin", "1 kodi", "dozen", "20 porsi",
        "2 OJ",
    ],
)  # fmt: skip
def test_a_price_for_several_people_that_is_paid_for_each_is_told(unit: str) -> None:
    ((path, message),) = told({"unit": unit})
    assert path[-1] == "unit"
    assert f"'i' is priced for several people or pieces together by '{unit}', but is paid for each" in message


NAMES = ["Snack (per 10 orang)", "Snack untuk 10 orang", "Snack per 5 orang", "Modul (harga per kodi)", "Snack 10 OK",
         "Pulpen selusin", "Makan untuk sepuluh orang", "Kamar 2 orang", "Pens (per dozen)"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_several_people_is_told_of_the_line_and_of_the_list(name: str) -> None:
    ((path, message),) = told({"item": name})
    assert path[-1] == "item"
    assert f"together by '{name}'" in message
    entry = {"from": "ssh", "code": "1.1", "name": name, "unit": "OK", "price": 50_000}
    ((path, message),) = told({"listed": [entry]})
    assert path[-1] == "price"
    assert f"together by '{name}'" in message


def test_a_unit_of_several_people_in_the_list_is_told_also_where_the_line_has_another() -> None:
    entry = {"from": "ssh", "code": "1.1", "name": "Snack", "unit": "10 orang", "price": 50_000}
    ((path, _message),) = told({"unit": "orang", "listed": [entry]})
    assert path[-1] == "price"


@pytest.mark.parametrize(
    "line",
    [
        *({"unit": unit} for unit in (
            "1 orang", "orang", "orang/2 hari", "10 lembar", "OH", "OK", "0,5 OJ", "rim isi 500 lembar", "1/2 OH",
            "paket (minimal 20 orang)", "kotak isi 1",
        )),
        *({"item": item} for item in (
            "Bus 40 kursi", "Kontribusi kelas maksimal 30 orang", "Fullboard (min. 20 orang)", "Snack isi 3 macam",
            "Paket di atas 10 orang", "Kodifikasi arsip", "Harga grosir", "Modul 100 halaman", "Pelatihan 10-20 orang",
            "Pelatihan angkatan 30 orang", "Sewa 3 hari", "Sewa ruang kapasitas 50 orang",
            "Gedung (kapasitas: 100 orang)", "Aula daya tampung 200 orang", "Bus berkapasitas 45 orang",
            "Ruang muat 40 orang", "Hall capacity 50 persons",
        )),
        {"unit": "10 orang", "per": "class"}, {"unit": "10 orang", "quantity": 0.5},
        {"item": "Snack untuk 10 orang", "per": "class"},
    ],
)  # fmt: skip
def test_a_price_for_one_person_or_for_the_class_is_not_told(line: dict[str, Any]) -> None:
    assert not told(line)


@pytest.mark.parametrize("words", [{"unit": "paket termasuk PPN"}, {"item": "Makan (sudah termasuk pajak)"}])
def test_a_tax_on_a_price_that_includes_it_is_told(words: dict[str, Any]) -> None:
    ((path, message),) = told(words | {"tax": "11%"})
    assert path[-1] == "tax"
    assert "has a tax on a price that includes it by 'termasuk " in message
    assert not told(words)


def test_a_tax_on_a_price_that_includes_it_by_the_words_of_its_list_is_told() -> None:
    entry = {"from": "ssh", "code": "1.1", "name": "Makan", "spec": "incl. PPN", "unit": "OK", "price": 50_000}
    ((path, _message),) = told({"listed": [entry], "tax": "11%"})
    assert path[-1] == "tax"
