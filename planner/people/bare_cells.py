"""SQL of a cell of a list of people without what surrounds it: spaces, the apostrophe or ="…" of a sheet."""

from __future__ import annotations

from typing import Final

from planner.people.database import literal

SPACES: Final = " \u00a0\u2000-\u200a\u202f\u205f\u3000"
"""Spaces of every width, as they come from web pages and documents."""
NO_WIDTH: Final = "\u200b-\u200d\u2060\ufeff"
"""Characters that nobody sees; a BOM is one of them."""

_AROUND: Final = " \t\n\r\u00a0\ufeff"
"""What may surround a cell."""


def bare(cell: str, *, of_ids: bool, of_names: bool) -> str:
    """Return a cell without what surrounds it; but for ids, spaces of any kind and number within it are one, and what
    has no width is nothing.

    An apostrophe in front is a mark of text. Of two around it, those of a name belong to it ('Kutip'), others do not.
    """
    # most cells need nothing, which is quick to see
    unusual = "^[\\s'=\u00a0\ufeff]|[\\s\u00a0\ufeff]$" + ("" if of_ids else f"|  |[{SPACES[1:]}{NO_WIDTH}]")
    plain = f"NOT regexp_matches({cell}, {literal(unusual)}) THEN {cell}"
    even = cell
    if of_ids:
        # a NIP has no room for anything around it, which is quicker to see
        plain = f"strlen({cell}) = 18 AND try_cast({cell} AS BIGINT) >= {10**17} THEN {cell} WHEN {plain}"
    else:
        even = f"regexp_replace({cell}, {literal(f'[{NO_WIDTH}]+')}, '', 'g')"
        even = f"regexp_replace({even}, {literal(f'[{SPACES}]+')}, ' ', 'g')"
    formula = f"regexp_replace({cell}[3:], {literal('"[\\s\u00a0]*$')}, '')"
    written = f"starts_with({cell}, '=\"') THEN replace({formula}, {literal('""')}, {literal('"')})"
    # DuckDB prepares each expression that is written, also those that no row needs: the even text is written once
    within = "('.+')" if of_names else f"'[{_AROUND}]*(.*?)[{_AROUND}]*'"
    marked = f"regexp_replace(trim({even}, {literal(_AROUND)}), {literal(f"(?s)^{within}$|^'+")}, '\\1')"
    return f"CASE WHEN {plain} WHEN {written} ELSE {marked} END"
