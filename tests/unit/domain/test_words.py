"""Own words of an agency: dates, NIP and logos are taken in every sound form and in no other."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from planner.domain.identity import Identity
from planner.domain.logo import MOST_BYTES, data_uri, picture
from planner.domain.words import Signatory
from planner.locale import speaking
from tests.unit.report.word.word_files import png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def identity(**changes: Any) -> Identity:
    return Identity.model_validate({"id": "a", **changes})


@pytest.mark.parametrize("text", ["30 November 2026", "30  november 2026", "2026-11-30", "30 Nopember 2026"])
def test_a_date_is_read_as_letters_write_it(text: str) -> None:
    if "Nop" in text:
        with pytest.raises(ValidationError):
            identity(document_date=text)
    else:
        assert identity(document_date=text).document_date == datetime.date(2026, 11, 30)


@pytest.mark.parametrize("text", ["31 November 2026", "30/11/2026", "November 2026", "besok", 2026, True, ""])
def test_no_other_text_is_taken_for_a_date(text: object) -> None:
    with speaking("id"), pytest.raises(ValidationError, match="bukan tanggal"):
        identity(document_date=text)


@pytest.mark.parametrize("nip", ["196801011990031002", "19680101 199003 1 002", 196801011990031002])
def test_a_nip_has_eighteen_digits(nip: object) -> None:
    assert Signatory.model_validate({"role": "Kepala", "nip": nip}).nip == "196801011990031002"


@pytest.mark.parametrize(
    "nip", ["19680101199003100", "1968010119900310022", "19680101199003100x", "NIP 1", "\uff11" * 18]
)
def test_another_nip_is_refused_with_the_number_of_its_digits(nip: str) -> None:
    with speaking("id"), pytest.raises(ValidationError, match="18 angka"):
        Signatory.model_validate({"role": "Kepala", "nip": nip})


def test_a_logo_is_kept_as_it_is() -> None:
    content = png()
    assert picture(str(identity(logo=data_uri(content)).logo)) == ("image/png", content)
    plain = SVG.format('<path d="M0 0" style="fill:url(#a)"/><use xlink:href="#a"/>').encode()
    assert picture(str(identity(logo=data_uri(plain)).logo)) == ("image/svg+xml", plain)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (png()[:-20], "utuh"),
        (png()[:60] + b"x" + png()[61:], "utuh"),
        (png(5_000, 1), "piksel"),
        (b"\x89PNG\r\n\x1a\n", "utuh"),
        (b"<html/>", "bukan SVG polos"),
        (b"GIF89a", "bukan SVG polos"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "bukan SVG polos"),
        (SVG.format("<script>alert(1)</script>").encode(), "skrip"),
        (SVG.format('<rect onclick="x()"/>').encode(), "skrip"),
        (SVG.format('<image href="http://contoh/x.png"/>').encode(), "skrip"),
        (SVG.format('<image xlink:href="file:///etc/passwd"/>').encode(), "skrip"),
        (SVG.format("<style>@import 'http://contoh/x.css'</style>").encode(), "skrip"),
        (SVG.format('<rect fill="url(http://contoh/x)"/>').encode(), "skrip"),
        (SVG.format("<foreignObject/>").encode(), "skrip"),
        (SVG.format("<!--" + "x" * MOST_BYTES + "-->").encode(), "bita"),
    ],
)
def test_a_picture_that_is_damaged_too_large_or_does_something_is_refused(content: bytes, why: str) -> None:
    with speaking("id"), pytest.raises(ValidationError, match=why):
        identity(logo=data_uri(content))


@pytest.mark.parametrize("logo", ["logo.png", "http://contoh/logo.png", "data:text/html;base64,PGI+", 7])
def test_a_logo_is_a_picture_that_was_read(logo: object) -> None:
    with speaking("id"), pytest.raises(ValidationError, match="PNG atau SVG"):
        identity(logo=logo)
