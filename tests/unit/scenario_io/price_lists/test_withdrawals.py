"""A price that its list withdraws is told where it is taken; one that holds until it is withdrawn is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.scenario_io.price_lists.withdrawals import not_withdrawn, withdrawn
from tests.unit.scenario_io.price_lists.lists import plain_list, reading, saved

CODE = "1.1.12.03.01.0001"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("DICABUT sejak 2026", "DICABUT"),
        ("Tidak aktif", "Tidak aktif"),
        ("non-aktif", "non-aktif"),
        ("aktif", ""),
        ("berlaku hingga dicabut", ""),
    ],
)
def test_a_price_that_holds_no_longer_is_told_where_it_is_taken(tmp_path: Path, words: str, said: str) -> None:
    rows = plain_list((CODE, "Kertas", "Rim", 55_000))
    rows[0].append("Status")
    rows[1].append(words)
    saved(tmp_path, rows, "ssh.xlsx")
    read = reading(tmp_path, f"price: {{from: ssh, code: {CODE}}}", "{ssh: {table: ssh.xlsx}}")
    told = "\n".join(map(str, read.warnings))
    assert (f"takes the price '{CODE}', of which the list says '{said}'." in told) if said else ("takes" not in told)


@pytest.mark.parametrize(
    "text",
    [
        "hingga dicabut",
        "sampai dicabut",
        "s.d. dicabut",
        "s/d dicabut",
        "Masa Berlaku: berlaku hingga dicabut",
        "sampai dengan ada peraturan baru yang dicabut",
        "sampai peraturan ini dicabut",
        "belum dicabut",
        "tidak dicabut",
        "tidak akan dicabut",
        "selama belum dicabut",
        "kecuali dicabut",
        "sampai tidak berlaku lagi",
        "belum kedaluwarsa",
        "dapat dicabut sewaktu-waktu",
        "valid until revoked",
        "until it is withdrawn",
        "not expired",
        "never withdrawn",
    ],
)
def test_a_price_that_holds_until_it_is_withdrawn_is_not(text: str) -> None:
    assert (withdrawn(text), not_withdrawn(text)) == ("", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dicabut", "dicabut"),
        ("sudah dicabut", "dicabut"),
        ("berlaku s.d. 31-12-2026, dicabut", "dicabut"),
        ("sampai 2025, lalu dicabut", "dicabut"),
        ("tidak berlaku lagi", "tidak berlaku"),
        ("sampai saat ini tidak berlaku", "tidak berlaku"),
        ("berlaku hingga dicabut; dicabut 2026", "dicabut"),
        ("tidak berlaku dan dicabut", "tidak berlaku"),
        ("expired", "expired"),
        ("revoked", "revoked"),
        ("Akan dicabut", "Akan dicabut"),
        ("akan segera dihapus", "akan segera dihapus"),
        ("diusulkan untuk ditarik", "diusulkan untuk ditarik"),
        ("will be withdrawn", "will be withdrawn"),
        ("tidak akan dicabut; akan ditarik", "akan ditarik"),
    ],
)
def test_a_price_that_is_withdrawn_is(text: str, said: str) -> None:
    assert (withdrawn(text), not_withdrawn(text)) == (said, False)
