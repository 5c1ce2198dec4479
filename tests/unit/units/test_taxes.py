"""Words by which a price includes its tax, and words by which it does not."""

from __future__ import annotations

import pytest

from planner.units.taxes import includes_tax


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sudah termasuk PPN 11%", "termasuk PPN"),
        ("Harga (termasuk  pajak)", "termasuk pajak"),
        ("Paket, incl. VAT", "incl. VAT"),
        ("price inclusive of tax", "inclusive of tax"),
        ("sdh PPN", "sdh PPN"),
    ],
)
def test_a_text_says_that_a_price_includes_its_tax(text: str, words: str) -> None:
    assert includes_tax(text) == words


NONE = ["belum termasuk PPN", "tidak termasuk pajak", "not including tax", "PPN 11%", "pajak"]


@pytest.mark.parametrize("text", NONE)
def test_other_texts_do_not(text: str) -> None:
    assert not includes_tax(text)
