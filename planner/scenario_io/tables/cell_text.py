"""What the text of a cell says: none, a text behind an apostrophe or in ="…", an error of a spreadsheet, a mark."""

from __future__ import annotations

import re
from typing import Final

from planner.locale import _
from planner.units.amounts import power_of_ten

NOT_READ: Final = "#"
"""What a row, a column or a sheet begins with that is the planner's own and is not read."""

_NONE: Final = frozenset({"-", "--", "\u2013", "\u2014", "null", "n/a", "rp-", "rp -", "rp. -"})
"""Texts that stand for a blank cell, in small letters."""

_FORMULA_OF_TEXT: Final = re.compile(r'="((?:[^"]|"")*)"\Z')
_ERROR: Final = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!)\Z", re.IGNORECASE
)
_TOO_NARROW: Final = re.compile(r"#{3,}\Z")
_POWER: Final = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}\Z")

_KEPT: Final = 15
"""Digits that a spreadsheet keeps of a number."""

PLAIN: Final = 18
"""Digits of a code from which on zeros at its end are no chance: a NIP never ends in 000."""

type Fault = tuple[str, str]
"""What is wrong with a cell, and what to do."""


def meant(text: str, *, formulas: bool) -> tuple[str | None, Fault | None]:
    """Return what a cell holds, None for none, and its fault; `formulas` says that a text may be a formula not
    calculated.

    An apostrophe in front marks what follows as text, as exports write codes ('1988) and text like a formula.
    """
    text = text.strip()
    if text[:1] not in _STARTS and len(text) > 4:
        return text, _digits_fault(text) if text[:1].isdigit() else None
    if text.casefold() in _NONE:
        return None, None
    if text.startswith("'") and _is_special(text[1:]):
        return text[1:], None
    if match := _FORMULA_OF_TEXT.match(text):
        return match[1].replace('""', '"') or None, None
    if _ERROR.match(text):
        return text, (_("this cell holds the error {value}.").format(value=text), _("Correct its formula."))
    if _TOO_NARROW.match(text):
        message = _("this cell was too narrow for its number when it was saved: {value}.").format(value=text[:20])
        return text, (message, _("Widen the column in Excel, and save the file again."))
    if formulas and text.startswith("=") and len(text) > 1:
        message = _("this is a formula, not its result: {value}.").format(value=text[:40])
        return text, (message, _("Save the file again with results, or put in the value."))
    return text or None, _digits_fault(text)


_STARTS: Final = frozenset("-\u2013\u2014nN'=#rR")
"""First characters of texts that may mean something else."""


def _digits_fault(text: str) -> Fault | None:
    """Return why a number is refused that a spreadsheet has thrown digits of away: 1,98E+17, or 198803152010121000."""
    if len(text) >= PLAIN and text.isdigit() and set(text[_KEPT:]) == {"0"}:
        message = _("'{value}' has zeros after its 15th digit: a spreadsheet that took it for a number lost them.")
        return message.format(value=text[:40]), _("Format the column as text, and take the code from its source again.")
    return (power_of_ten(text), "") if "+" in text and _POWER.match(text) else None


def guarded(text: str) -> str:
    """Return `text` for a cell that `meant` gives back as it is: with an apostrophe in front where that is needed."""
    return text if meant(text, formulas=False) == (text, None) and not is_marked(text) else f"'{text}"


def _is_special(text: str) -> bool:
    """Return whether an apostrophe in front of `text` is a mark rather than a part of it, as in 'Aisyiyah."""
    return bool(text) and (text[0] in "=+-@#'" or text[0].isdigit() or text.casefold() in _NONE)


def is_marked(text: str) -> bool:
    """Return whether a row that begins with `text` is a note of the planner's, which is not read."""
    return text.startswith(NOT_READ) and not _ERROR.match(text) and not _TOO_NARROW.match(text)
