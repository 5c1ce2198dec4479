"""Budget lines in the columns of SIPD: volumes, price and tax give the amount to the rupiah."""

from __future__ import annotations

import csv
from fractions import Fraction
from math import prod
from pathlib import Path
from typing import Any

import pytest

from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.locale import speaking
from planner.planning import adopt
from planner.plans.budget_lines import budget_lines
from planner.plans.plan import Plan
from planner.report.csv_tables import write_tables
from planner.report.wording.budget_lines import calculation
from planner.report.wording.formats import Formats
from planner.report.wording.sipd_line import MOST_VOLUMES, SipdLine, sipd_line
from tests.rules.random_plans import plans
from tests.scenarios.hand import scenario

Plain = dict[str, Any]


def lines(item: Plain, *funds: Plain, people: int = 40, classes: int = 0, **changes: Any) -> list[SipdLine]:
    """The lines of one cost item, for so many people and classes."""
    read, made = planned(item, *funds, people=people, classes=classes, **changes)
    with speaking("id"):
        return [sipd_line(read, line) for line in budget_lines(read, made)]


def planned(
    item: Plain, *funds: Plain, people: int, classes: int, location: str = "", **changes: Any
) -> tuple[Scenario, Plan]:
    size: Plain = {"class_size": {"max": 20}} if classes else {}
    read = Scenario.model_validate(
        scenario(
            groups={"headcount": 100, "gaps": {"keu": 100}} | ({"location": location} if location else {}),
            programmes={"costs": [{"item": "Butir", "account": "5.1.02.01.01.0052", **item}]} | size,
            funds=[*funds, {"id": "apbd", "name": "APBD", "kind": "own", "amount": 10**9}],
            **changes,
        )
    )
    held = {("bimtek", "TW1"): classes} if classes else {}
    return read, adopt(read, Decisions({("a", "bimtek", "TW1"): people}, held))


@pytest.mark.parametrize(
    ("item", "classes", "coefficient"),
    [
        ({"per": "participant", "price": 55_000, "quantity": 3, "unit": "OH"}, 0, "40 Orang x 3 Hari"),
        ({"per": "participant", "price": 55_000, "unit": "OH"}, 0, "40 Orang x 1 Hari"),
        ({"per": "participant", "price": 55_000, "unit": "OK"}, 0, "40 OK"),
        ({"per": "participant", "price": 55_000}, 0, "40 Orang"),
        ({"per": "participant", "price": 55_000, "quantity": 0.5, "unit": "paket"}, 0, "40 Orang x 0,5 Paket"),
        ({"per": "class", "price": 900_000, "quantity": 24, "unit": "OJ"}, 2, "2 Angkatan x 24 OJ"),
        ({"per": "class", "price": 900_000, "quantity": {"OJ": 4, "hari": 3}}, 2, "2 Angkatan x 4 OJ x 3 Hari"),
        (
            {"per": "class", "price": 9_000, "quantity": {"OJ": 4, "hari": 3, "sesi": 2, "kelas": 5}},
            2,
            "2 Angkatan x 4 OJ x 3 Hari x 10 Sesi-kelas",
        ),
        ({"per": "programme", "price": 9_000, "quantity": {"OJ": 4, "hari": 3}}, 0, "4 OJ x 3 Hari"),
        ({"per": "programme", "price": 9_000}, 0, "1 Kegiatan"),
    ],
)
def test_a_coefficient_is_written_as_people_or_classes_times_what_each_takes(
    item: Plain, classes: int, coefficient: str
) -> None:
    (line,) = lines(item, classes=classes)
    assert line.coefficient == coefficient


def test_tax_is_a_column_of_its_own_and_the_amount_includes_it() -> None:
    (line,) = lines({"per": "participant", "price": 100_000, "tax": "11%"})
    assert (line.price, line.tax, line.amount) == (100_000, Fraction(11, 100), 40 * 111_000)


def test_a_tax_that_growth_made_no_whole_rupiah_is_part_of_the_price() -> None:
    """Rp100,000 grown by 2.5555% are Rp102,556, and 11% of that Rp11,281.16: SIPD would add Rp0.16 each time."""
    periods = [{"id": "A", "year": 2027}, {"id": "B", "year": 2028}]
    item = {"per": "participant", "price": 100_000, "tax": "11%", "item": "Butir"}
    plain = scenario(periods=periods, price_growth="2.5555%", programmes={"costs": [item]})
    plain["funds"] = [{"id": "apbd", "kind": "own", "amount": 10**9}]
    read = Scenario.model_validate(plain)
    made = adopt(read, Decisions({("a", "bimtek", "B"): 10}))
    (line,) = budget_lines(read, made)
    made_line = sipd_line(read, line)
    assert made_line.price == 113_837
    assert not made_line.tax
    exact(made_line)


def test_part_of_a_unit_is_a_lump_sum_of_its_fund() -> None:
    partner: Plain = {"id": "unja", "name": "Unja", "kind": "partner", "amount": 100_000}
    found = lines({"per": "participant", "price": 55_000, "quantity": 3, "unit": "OH"}, partner)
    part = "dari harga 1 OH, Rp55.000; selebihnya dibayar dana lain"
    assert [(line.fund, line.coefficient, line.price, line.specification) for line in found] == [
        ("Unja", "1 OH", 55_000, ""),
        ("Unja", "1 Paket", 45_000, part),
        ("APBD", "118 OH", 55_000, ""),
        ("APBD", "1 Paket", 10_000, part),
    ]


LISTED: Plain = {"from": "ssh", "code": "1.1.12.0001", "spec": "Eselon III", "group": "SSH", "price": 9_000}


def test_factors_stay_beside_a_unit_and_the_code_of_the_price_list_is_named(tmp_path: Path) -> None:
    item = {"per": "class", "price": 9_000, "quantity": {"OJ": 4, "hari": 3}, "unit": "OJ", "listed": [LISTED]}
    read, made = planned(item, people=40, classes=2)
    write_tables(read, made, tmp_path)
    with (tmp_path / "data" / "rka.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    volume, code = "2 Angkatan x 4 OJ x 3 Hari", "1.1.12.0001"
    assert (row["coefficient"], row["unit"], row["volume"], row["price_code"]) == ("24", "OJ", volume, code)
    (line,) = budget_lines(read, made)
    with speaking("id"):
        made_line, how = sipd_line(read, line), calculation(read, line, Formats("id"))
    assert (made_line.coefficient, made_line.codes, made_line.specification) == (volume, code, "Eselon III")
    assert made_line.description == "Butir (Eselon III; 1.1.12.0001)"
    assert how == "2 angkatan \u00d7 4 OJ \u00d7 3 hari; SSH 1.1.12.0001 Eselon III"


@pytest.mark.parametrize(
    ("price", "of", "codes"),
    [
        ({"by": "location", "Kerinci": 9_000}, "Kerinci", "1.1.12.0001"),
        ({"by": "location", "Kerinci": 9_000, "default": 7}, "default", ""),
        ({"by": "location", "Tebo": 9_000, "default": 7}, "default", "1.1.12.0001"),
        ({"by": "location", "Tebo": 9_000, "default": 7}, "Tebo", ""),
        ({"by": "year", "2027": 9_000}, "2027", "1.1.12.0001"),
        ({"by": "year", "2028": 9_000, "default": 9_000}, "2028", ""),
    ],
)
def test_a_code_is_that_of_the_place_or_year_that_is_paid_for(price: Plain, of: str, codes: str) -> None:
    item = {"per": "participant", "price": price, "listed": [LISTED | {"of": of}]}
    read, made = planned(item, people=40, classes=0, location="Kerinci")
    (line,) = budget_lines(read, made)
    assert sipd_line(read, line).codes == codes


def exact(line: SipdLine) -> None:
    volume = prod((number for number, _unit in line.volumes), start=Fraction(1))
    assert 1 <= len(line.volumes) <= MOST_VOLUMES
    assert volume == line.line.coefficient
    assert volume * line.price + volume * line.price * line.tax == line.amount == line.line.amount


def test_every_line_of_random_plans_is_exact() -> None:
    for found in plans(lambda plain: True, 12):
        read = Scenario.model_validate(found.plain)
        for line in budget_lines(read, found.plan):
            exact(sipd_line(read, line))


def test_sipd_csv_has_own_funds_and_the_other_file_the_partners(tmp_path: Path) -> None:
    partner: Plain = {"id": "unja", "name": "Unja", "kind": "partner", "amount": 330_000}
    item = {"per": "participant", "price": 55_000, "quantity": 3, "unit": "OH"}
    write_tables(*planned(item, partner, people=40, classes=0), tmp_path)
    tables = {}
    for name in ("sipd", "sipd-mitra"):
        with (tmp_path / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            tables[name] = [*csv.DictReader(file)]
    (own,), (theirs,) = tables["sipd"], tables["sipd-mitra"]
    assert [*own.values()] == [
        "5.1.02.01.01.0052", "Butir", "", "38 Orang x 3 Hari", "38", "Orang", "3", "Hari", "", "", "", "", "55000", "0",
        "6270000", "APBD", "2027", "bimtek", "",
    ]  # fmt: skip
    assert (theirs["koefisien"], theirs["total_harga"], theirs["nama_dana"]) == ("2 Orang x 3 Hari", "330000", "Unja")
