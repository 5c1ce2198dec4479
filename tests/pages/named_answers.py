"""The figures of the plan in question in the answers to what-if questions, with their names: its column of each table.

of_answers(scenario, page)    tables of answers that have a column or a row for the plan itself
"""

from __future__ import annotations

import re
from typing import Final

from planner.domain.scenario import Scenario
from tests.pages.markup import Element
from tests.pages.named_details import LABELS, figures_of, of_need
from tests.pages.named_figures import CANONICAL, COST, NET, WEIGHTED, WHOLE, Found, Names, by_name

THIS_PLAN: Final = ("Rencana ini", "Rencana ini, sesuai andaian", "Rencana terbaik", "Pagu penuh")
"""What the plan in question is called in the head of a column."""
_COUNTED: Final = {"Kesenjangan tertutup": "Tertutup", "Kesenjangan berbobot tertutup": WEIGHTED}


def of_answers(scenario: Scenario, page: Element) -> Found:
    page, names = by_name(page), Names(scenario)
    for table in page.all("table"):
        head, *rows = table.rows()
        id = table.attributes["id"]
        column = next((n for n, header in enumerate(head) if header in THIS_PLAN), None)
        if id.startswith("table-fairness"):
            yield from _of_fairness(head, rows[0])
        elif column is not None and not id.endswith("-distances"):
            for row in rows:
                yield from _of_row(names, row[0], row[column], f"{id}: {row[0]}")


def _of_row(names: Names, label: str, text: str, place: str) -> Found:
    label = re.sub(r" \([\d.]+ orang\)\Z", "", label)
    kind = next((kind for kind in names.of if label in names.of[kind]), None)
    if kind is None:
        if (name := LABELS.get(label) or _COUNTED.get(label) or CANONICAL.get(label, label)) in _KNOWN:
            yield from figures_of([(name, text)], WHOLE, place)
    elif kind == "programme" and not text.startswith("Rp"):
        classes, _, people = text.rpartition(" · ")
        yield from figures_of([("Angkatan", classes or "\u2013"), ("Peserta", people)], (kind, label), place)
    elif " dari " in text:
        yield from of_need(text, (kind, label), place)
    else:
        yield from figures_of([(COST if text.startswith("Rp") else "Tertutup", text)], (kind, label), place)


_KNOWN: Final = frozenset(
    {"Tertutup", "Cakupan", WEIGHTED, NET, COST, "Dibayar dana sendiri", "Dibayar mitra", "Peserta", "Angkatan"}
)


def _of_fairness(head: list[str], row: list[str]) -> Found:
    """Yield the first row: no guarantee, which is the plan in question where gaps closed come first."""
    for header, text in zip(head, row, strict=True):
        sought = header.startswith("Kesenjangan tertutup") and "dikurangi" in header
        name = "Tertutup" if header == "Kesenjangan tertutup" else NET if sought else None
        if header == "Tercakup dalam rencana":
            group = row[head.index("Paling tertinggal")]
            yield from figures_of([("Cakupan", text)], ("group", group), "table-fairness")
        elif name or header == "Jumlah biaya":
            yield from figures_of([(name or COST, text)], WHOLE, "table-fairness")
