"""Prices for several units together, people counted twice, and words about thousands that are about people."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.scenario_io import read_located
from tests.unit.scenario_io.minimal import MINIMAL, problems, write

LINES = "costs:\n      - {item: Honor, per: participant, price: 50_000}"
LINE = "class_size: {max: 30}\n    costs: [{item: Kertas, per: class, price: {from: ssh, code: 1.1}}]"
LISTED = MINIMAL.replace(LINES, LINE) + "price_lists: {ssh: {table: h.csv}}\n"
FUNDS = MINIMAL[: MINIMAL.index("funds:")] + "funds: {table: f.csv}\n"
GROUPS = MINIMAL[: MINIMAL.index("groups:")] + MINIMAL[MINIMAL.index("programmes:") :] + "groups: {table: f.csv}\n"


def warnings(folder: Path, text: str) -> str:
    return "\n".join(map(str, read_located(write(folder, text)).warnings))


@pytest.mark.parametrize(
    ("above", "head", "below"),
    [
        ("", "Kode;Uraian;Satuan (per 100);Harga", ""),
        ("", "Kode;Uraian;Satuan;Harga\n;;(per 100);", ""),
        ("", "Kode;Uraian (10 lembar);Satuan;Harga", ""),
        ("DAFTAR HARGA (harga per 100 lembar);;;\n", "Kode;Uraian;Satuan;Harga", ""),
        ("", "Kode;Uraian;Satuan;Harga", "Catatan: harga untuk 10 orang;;;\n"),
    ],
)
def test_a_list_with_prices_of_several_units_is_refused(tmp_path: Path, above: str, head: str, below: str) -> None:
    write(tmp_path, f"{above}{head}\n1.1;Kertas;lembar;50000\n1.2;Pensil;buah;2000\n{below}", "h.csv")
    told = "\n".join(map(str, problems(write(tmp_path, LISTED))))
    assert "prices are for several units together, but each is read for one." in told


def test_periods_of_time_around_a_list_say_nothing_of_its_prices(tmp_path: Path) -> None:
    title = "Harga berlaku untuk 12 bulan, per 1 Januari 2027;;;\n"
    write(tmp_path, f"{title}Kode;Uraian;Satuan;Harga\n1.1;Kertas;lembar;50000\n1.2;P;buah;2000\n", "h.csv")
    assert read_located(write(tmp_path, LISTED)).scenario.programmes[0].costs[0].price == 50_000


@pytest.mark.parametrize("name", ["Kertas (per 100 lembar)", "Kertas @ 500 lembar", "Kertas, harga / 10 lembar"])
def test_a_price_by_its_name_for_several_of_its_own_unit_is_told(tmp_path: Path, name: str) -> None:
    rows = f"Kode;Uraian;Satuan;Harga\n1.1;{name};lembar;50000\n1.2;P;buah;2000\n"
    write(tmp_path, rows, "h.csv")
    assert "but its unit is one lembar" in warnings(tmp_path, LISTED)
    write(tmp_path, rows.replace(";lembar;", ";rim;"), "h.csv")
    assert "but its unit is one" not in warnings(tmp_path, LISTED)
    own = LISTED[: LISTED.index("price_lists")].replace("item: Kertas", f"item: '{name}', unit: lembar")
    assert "but its unit is one lembar" in warnings(tmp_path, own.replace("{from: ssh, code: 1.1}", "9000"))


def test_a_further_column_that_prices_several_of_the_unit_is_told(tmp_path: Path) -> None:
    rows = "Kode;Uraian;Satuan;Harga;Keterangan\n1.1;Kertas;lembar;50000;harga per 100 lembar\n1.2;P;buah;2000;\n"
    write(tmp_path, rows, "h.csv")
    assert "is priced 'per 100 lembar', but its unit is one lembar" in warnings(tmp_path, LISTED)


@pytest.mark.parametrize(("tax", "told"), [("1", "a tax of 100%"), ("0.5", "a tax of 50%"), ("0.12", ""), ("20%", "")])
def test_a_tax_far_above_any_known_is_told(tmp_path: Path, tax: str, told: str) -> None:
    text = warnings(tmp_path, MINIMAL.replace("price: 50_000", f"price: 50_000, tax: {tax}"))
    assert told in text
    assert ("a tax of" in text) == bool(told)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("item: Konsumsi, per: participant, quantity: 40 orang x 3 hari", "counts 40 orang for each participant."),
        ("item: Konsumsi, per: participant, quantity: 40, unit: Orang", "counts 40 Orang for each participant."),
        (
            "item: Honor narasumber, per: participant, quantity: 10 OJ",
            "hours of those who teach are due for each class",
        ),
        ("item: Honor narasumber, per: class, quantity: 10 OJ", ""),
        ("item: Konsumsi, per: class, quantity: 40 orang x 3 hari", ""),
        ("item: Uang harian, per: participant, quantity: 3, unit: OH", ""),
        ("item: Coaching, per: participant, quantity: 6 OJ", ""),
    ],
)
def test_people_that_are_counted_twice_are_told(tmp_path: Path, line: str, words: str) -> None:
    costs = f"class_size: {{max: 30}}\n    costs: [{{{line}, price: 100000}}]"
    told = warnings(tmp_path, MINIMAL.replace(LINES, costs))
    if words:
        assert words in told
    else:
        assert "for each participant" not in told


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("per: class, quantity: 24 OJ x 2 Angkatan", "counts 2 Angkatan for each class."),
        ("per: class, quantity: 3, unit: kelas", "counts 3 kelas for each class."),
        ("per: class, quantity: 24 OJ x 1 angkatan", ""),
        ("per: programme, quantity: 24 OJ x 2 angkatan", ""),
        ("per: class, quantity: 2 orang x 4 OJ", ""),
    ],
)
def test_classes_that_are_counted_twice_are_told(tmp_path: Path, line: str, words: str) -> None:
    costs = f"class_size: {{max: 30}}\n    costs: [{{item: Honor, {line}, price: 900000}}]"
    told = warnings(tmp_path, MINIMAL.replace(LINES, costs))
    assert words in told
    assert ("for each class." in told) == bool(words)


@pytest.mark.parametrize(
    ("unit", "quantity", "said"),
    [
        ("per 2 OJ", "24", "2 OJ"), ("2 OJ", "24", "2 OJ"), ("10 orang", "3", "10 orang"), ("2 OJ", "1", ""),
        ("OJ", "24", ""), ("1 OJ", "24", ""), ("lusin", "3", ""), ("100 lembar", "3", ""),
    ],
)  # fmt: skip
def test_a_unit_of_several_hours_or_people_is_told_beside_its_quantity(
    tmp_path: Path, unit: str, quantity: str, said: str
) -> None:
    line = f"item: Honor, per: class, quantity: {quantity}, unit: {unit}, price: 900000"
    told = warnings(tmp_path, MINIMAL.replace(LINES, f"class_size: {{max: 30}}\n    costs: [{{{line}}}]"))
    words = f"is priced for '{said}' together, and its quantity {quantity} counts how many times."
    assert (words in told) if said else ("together" not in told)


@pytest.mark.parametrize(
    ("above", "below", "refused"),
    [
        ("Jumlah pegawai dalam ribuan orang;;\n", "", False),
        ("", "Catatan: jumlah ASN dalam ribuan;;\n", False),
        ("Pagu dan jumlah pegawai (dalam ribuan);;\n", "", True),
        ("", "Catatan: dalam ribuan;;\n", True),
    ],
)
def test_thousands_of_people_are_no_thousands_of_rupiah(tmp_path: Path, above: str, below: str, refused: bool) -> None:
    write(tmp_path, f"{above}id;kind;Pagu\napbd;own;2500000\n{below}", "f.csv")
    if refused:
        assert "amounts of the table are in thousands" in str(problems(write(tmp_path, FUNDS))[0])
    else:
        assert read_located(write(tmp_path, FUNDS)).scenario.funds[0].amount == 2_500_000


def test_thousands_of_people_refuse_a_table_of_people(tmp_path: Path) -> None:
    write(tmp_path, "Jumlah pegawai dalam ribuan orang;;\nid;headcount;gap:keu\na;25;10\nb;12;3\n", "f.csv")
    assert "people are counted singly" in str(problems(write(tmp_path, GROUPS))[0])
