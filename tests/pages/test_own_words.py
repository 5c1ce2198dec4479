"""What an agency adds to the report: logo and number above the title, own sentences, and who signs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from planner.domain.logo import data_uri
from planner.domain.scenario import Scenario
from planner.report import render_report
from tests.pages.markup import Element, read
from tests.scenarios.builders import plan, scenario
from tests.scenarios.hostile import HOSTILE
from tests.unit.report.word.word_files import png

SIGNED: dict[str, Any] = {
    "document_number": "900/123/2026",
    "document_date": "30 November 2026",
    "document_place": "Jambi",
    "signatories": [
        {"role": "Kepala BPSDM", "name": "Dr. Uji", "nip": "196801011990031002", "rank": "Pembina (IV/a)"},
        {"role": "Kepala Bidang"},
    ],
}


def page_of(narrative: dict[str, Any] | None = None, **identity: Any) -> tuple[str, Element]:
    plain = scenario(scenario=identity).to_plain() | ({"narrative": narrative} if narrative else {})
    of = Scenario.model_validate(plain)
    page = render_report(of, plan(of), made_on=datetime.date(2026, 1, 2))
    return page, read(page)


def policy(page: Element) -> str:
    (meta,) = [each for each in page.all("meta") if "http-equiv" in each.attributes]
    return str(meta.attributes["content"])


def test_logo_and_number_stand_above_the_title() -> None:
    _text, page = page_of(**SIGNED, logo=data_uri(png()))
    (logo,) = page.all("img")
    head = page.one("header", class_="cover")

    assert logo.attributes["src"] == data_uri(png())
    assert logo.attributes["alt"] == "Logo BPSDM Provinsi Jambi"
    assert "Nomor: 900/123/2026" in head.text
    assert policy(page).endswith("img-src data:")


def test_a_page_without_a_logo_may_show_no_picture() -> None:
    text, page = page_of()
    assert "img-src" not in policy(page)
    assert "letterhead" not in text
    assert "own-words" not in text


def test_those_who_sign_are_named_and_the_last_one_has_place_and_date() -> None:
    _text, page = page_of(**SIGNED)
    first, last = page.all("div", class_="signature")

    assert "NIP 19680101 199003 1 002" in first.text
    assert "Pembina (IV/a)" in first.text
    assert "Jambi, 30 November 2026" in last.text
    assert "NIP …" in last.text


def test_without_names_there_are_lines_to_fill_in() -> None:
    _text, page = page_of()
    assert page.all("div", class_="signature")[1].text.startswith("\u2026\u2026")
    assert "Dibuat pada 2 Januari 2026" in page.one("header", class_="cover").text


def test_the_cover_has_the_date_of_the_document_where_there_is_one() -> None:
    _text, page = page_of(**SIGNED)
    assert "Tanggal 30 November 2026" in page.one("header", class_="cover").text
    assert "Laporan ini dibuat pada 2 Januari 2026" in page.text


def test_own_sentences_are_a_section_of_the_report() -> None:
    narrative = {"background": "Kalimat **tebal**.\n\n- satu", "activities": {"5.4.2.1.2.7": {"aims": "Khusus."}}}
    plain = scenario().to_plain() | {"narrative": narrative}
    plain["programmes"][0]["activity"] = "5.04.02.1.02.0007"
    of = Scenario.model_validate(plain)
    page = read(render_report(of, plan(of)))
    section = page.one("section", class_="own-words")

    assert [title.text for title in section.all("h3")] == ["Latar belakang", "5.04.02.1.02.0007: Maksud dan tujuan"]
    assert [each.text for each in section.all("strong")] == ["tebal"]
    assert [each.text for each in section.all("li")] == ["satu"]
    assert any("Uraian instansi" in link.text for link in page.one("nav").all("a"))


@pytest.mark.parametrize("words", HOSTILE)
def test_no_sentence_becomes_markup(words: str) -> None:
    _text, page = page_of({"background": words, "letter": f"- {words}"}, **{**SIGNED, "document_number": words})
    section = page.one("section", class_="own-words")

    assert page.all("script") == []
    assert {each.attributes.get("onerror") for each in page.all("img")} == set()
    assert section.all("a") == []
    assert words.replace("\\", "")[:12].replace("*", "") in section.text.replace("\\", "")
