"""The tables of a short report: its figures by competency, programme, fund and rule, each cut to its first rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.locale import _, ngettext
from planner.report.views.heading import Heading
from planner.report.views.table import Table

if TYPE_CHECKING:
    from planner.report.views.document import Report

MOST_ROWS: Final = 15
"""Maximum number of rows of each table; the full report has all."""
MOST_WORDS: Final = 110
"""Maximum length of a text in a cell [characters]; it is cut behind a sentence, or else behind a word."""


@dataclass(frozen=True)
class KeyTables:
    """The section of key tables, and where the rest is."""

    heading: Heading
    tables: tuple[Table, ...]
    elsewhere: str


def key_tables(report: Report, heading: Heading) -> KeyTables:
    """Return the key tables of a report, taken from its full sections."""
    found = [
        *report.competencies.by_competency.tables[:1],
        report.offers.programmes,
        *report.funds.figure.tables[:1],
        report.duties.rules,
    ]
    return KeyTables(
        heading=heading,
        tables=tuple(shortened(each) for each in found if each is not None),
        elsewhere=_(
            "This is the short report. Agencies and groups, schedule, conformity, charts, assumptions and verification "
            "are in the full report: planner export FOLDER --html --report full."
        ),
    )


def shortened(table: Table) -> Table:
    """Return a table of at most MOST_ROWS rows, with a note on how many more there are; the total counts all."""
    rows = tuple(replace(row, cells=tuple(_cut(cell) for cell in row.cells)) for row in table.rows[:MOST_ROWS])
    more = len(table.rows) - MOST_ROWS
    note = _cut(table.note, 3 * MOST_WORDS)
    if more > 0:
        words = ngettext("{number} more row is in the full report.", "{number} more rows are in the full report.", more)
        note = " ".join(part for part in (note, words.format(number=more)) if part)
    return replace(table, rows=rows, note=note, folded=False, printed_in="")


def _cut(text: str, most: int = MOST_WORDS) -> str:
    if len(text) <= most:
        return text
    kept = text[: most - 2]
    sentence = kept.rfind(". ") + 1
    return (kept[:sentence] if sentence else kept[: kept.rfind(" ")] if " " in kept else kept) + " …"
