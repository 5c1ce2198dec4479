"""The figures in the charts of a page, with their names.

of_charts(scenario, page)     labels of bars, and hints of cells and bands
amount(text, place)           rupiah in words: Rp 1,25 miliar
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from planner.domain.scenario import Scenario
from tests.pages.markup import Element
from tests.pages.named_figures import COST, Figure, Found, Names, Scope, by_name, printed

_POWERS: Final = {"juta": 6, "miliar": 9, "triliun": 12}
_AMOUNT: Final = re.compile(r"Rp\s?(\d+)(?:,(\d+))? (juta|miliar|triliun)")
_OF_NEED: Final = re.compile(r"([\d.,]+) dari ([\d.,]+) · ([\d,]+%)")
_CELL: Final = re.compile(r"(.+), ([^,]+): ([\d.,]+) dari ([\d.,]+) tertutup")
_HAPPENS: Final = re.compile(r"(.+), ([^,]+): (?:([\d.]+) angkatan, )?([\d.]+) peserta")


def amount(text: str, place: str) -> Figure | None:
    """An amount in words, as exact as it is written."""
    found = _AMOUNT.fullmatch(text.replace("\u00a0", " ").strip())
    if found is None:
        return printed(text, place) if text.startswith("Rp") else None
    whole, after, scale = found[1], found[2] or "", _POWERS[found[3]]
    return Figure(float(f"{whole}.{after or 0}") * 10**scale, len(after) - scale, place)


def of_charts(scenario: Scenario, page: Element) -> Found:
    page, names = by_name(page), Names(scenario)
    for drawing in page.all("svg"):
        id, hints = drawing.attributes["id"], [each.text for each in drawing.all("title")]
        if id.startswith("chart-competencies"):
            for label, text in _labelled(names, "competency", drawing):
                if (found := _OF_NEED.fullmatch(text)) is not None:
                    pairs = zip(("Tertutup", "Kebutuhan", "Cakupan"), found.groups(), strict=True)
                    yield from _named(pairs, ("competency", label), id)
        elif id.startswith(("chart-costs", "chart-funds")):
            kind = "programme" if id.startswith("chart-costs") else "fund"
            for label, text in _labelled(names, kind, drawing):
                if (figure := amount(text.replace("\u00a0", " ").split(" dari ")[0], id)) is not None:
                    yield (COST, (kind, label)), figure
        elif id.startswith("chart-heat"):
            yield from _of_cells(names, id, hints)
        elif id.startswith("chart-calendar"):
            for found in filter(None, map(_HAPPENS.fullmatch, hints)):
                scope = ("programme", found[1], "period", found[2])
                yield from _named([("Angkatan", found[3] or "\u2013"), ("Peserta", found[4])], scope, id)


def _labelled(names: Names, kind: str, drawing: Element) -> Iterator[tuple[str, str]]:
    """Yield (label, text) of the bars of a chart: a name, on several lines if long, then its figures."""
    said: list[str] = []
    for text in (each.text for each in drawing.all("text")):
        if any(sign.isdigit() for sign in text) and (label := _ending(names.of[kind], " ".join(said))):
            yield label, text
            said = []
        elif len(text) > 1:  # letters of funds stand in the bars
            said.append(text)


def _ending(labels: Iterable[str], words: str) -> str:
    """The longest label that the words end with."""
    return max((label for label in labels if words.endswith(label)), key=len, default="")


def _of_cells(names: Names, id: str, hints: Iterable[str]) -> Found:
    for found in filter(None, map(_CELL.fullmatch, hints)):
        kind = next((kind for kind in ("group", "agency") if found[1] in names.of[kind]), None)
        if kind is not None:
            yield from _named([("Tertutup", found[3]), ("Kebutuhan", found[4])], (kind, found[1], found[2]), id)


def _named(pairs: Iterable[tuple[str, str]], scope: Scope, place: str) -> Found:
    for name, text in pairs:
        if (figure := printed(text, place)) is not None:
            yield (name, scope), figure
