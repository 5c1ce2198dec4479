"""No fraction of a person is printed without saying that it is an average or expected, in both languages alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from planner.report import render_answers, render_report
from tests.contract.catalog import stored
from tests.pages.markup import Element, read
from tests.pages.plan_answers import answers_of_small, asked_of_small
from tests.scenarios.builders import SMALL, plan, scenario

SAID = re.compile("perkiraan|rata-rata|keyakinan|nilai harapan", re.IGNORECASE)
FRACTION = re.compile(r"(?<![\w.,%])\d[\d.]*,\d+(?![\d%])(?!\s*(?:%|JP|detik|hari|kali|juta|miliar))")
OTHER_UNITS = re.compile(r"\bJP\b|\bHari\b|\borang-hari\b|Koefisien|Rp|bobot|Kapasitas|terpakai", re.IGNORECASE)
"""Columns and sentences of other quantities than people."""


IN_ENGLISH = re.compile(r"expect|likely|estimate|average", re.IGNORECASE)
IN_INDONESIAN = re.compile(r"perkira|harap|rentang|rata-rata|nilai tengah", re.IGNORECASE)
OF_GAPS = re.compile(r"(?=.*\{)(?=.*(?:\bgaps?\b|\bclos(?:es?|ed|ing)\b)).*", re.IGNORECASE | re.DOTALL)
"""Messages with a figure about gaps."""


def unsaid(page: Element) -> Iterator[str]:
    """Fractions in tables and sentences beside which nothing says what they are."""
    for table in page.all("table"):
        head, *rows = table.rows()
        for row in rows:
            for header, cell in zip(head, row, strict=False) if len(row) == len(head) else ():
                said = f"{table.one('caption').text} {header} {row[0]} {row[1]}"
                if FRACTION.search(cell) and not SAID.search(said + cell) and not OTHER_UNITS.search(said + cell):
                    yield f"{table.attributes['id']}, {header}: {cell}"
    for part in (*page.all("li"), *page.all("dd"), *page.all("p")):
        labelled = part.attributes.get("class") in ("tile-value", "tile-note")
        if FRACTION.search(part.text) and not (labelled or SAID.search(part.text) or OTHER_UNITS.search(part.text)):
            yield part.text


def test_a_report_says_of_each_fraction_of_people_that_it_is_expected() -> None:
    weighted = [{**each, "weight": n} for n, each in enumerate(SMALL["competencies"], 1)]
    for changes in ({}, {"competencies": weighted}):
        built = scenario(**changes)
        assert list(unsaid(read(render_report(built, plan(built))))) == []


@pytest.mark.parametrize("number", range(8))
def test_an_answer_says_so_too(number: int) -> None:
    asked = asked_of_small()
    page = read(render_answers(asked.scenario, asked.plan, [answers_of_small()[number]]))
    assert list(unsaid(page)) == []


def test_a_figure_of_gaps_is_called_expected_in_both_languages_or_in_neither() -> None:
    unlike = [
        (english, indonesian)
        for key, indonesian in stored("planner").items()
        if OF_GAPS.match(english := key if isinstance(key, str) else key[1])
        and bool(IN_ENGLISH.search(english)) != bool(IN_INDONESIAN.search(indonesian))
    ]
    assert unlike == []
