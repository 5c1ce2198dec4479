"""Colours, borders and number formats of the workbook."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from planner.scenario_io.scenario_workbook.columns import FormColumn
from planner.scenario_io.scenario_workbook.people_sheets import IDENTITY_KEYS

_FAMILIES: Final = ("#1F4E5F", "#3B6E58", "#6B4E71", "#8A5A2B", "#38577F", "#5E6B2F")
"""Backgrounds of the labels: columns of one selector or one mapping have the same; white text is legible on each."""

_EXAMPLE: Final = "#1F5FA8"


class Looks:
    """The formats of one workbook; each is made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.text = self._format(valign="top", text_wrap=True, indent=1)
        self.title = self._format(bold=True, font_size=14, valign="top")
        self.strong = self._format(bold=True, valign="top", text_wrap=True)
        self.key = self._format(font_color="#666666", italic=True, font_size=9, valign="top", indent=1)

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def label(self, family: int, *, required: bool) -> Any:
        """Return the head of a column; one that must be filled in is underlined."""
        return self._format(
            bold=True, text_wrap=True, valign="vcenter", align="center", border=1, border_color="#FFFFFF",
            font_color="#FFFFFF", bg_color=_FAMILIES[family % len(_FAMILIES)], underline=1 if required else 0,
        )  # fmt: skip

    def column(self, column: FormColumn) -> Any:
        """Return what a blank cell of the column looks like once something is typed into it.

        Shares, bounds and other numbers stay without a format: Excel then shows and takes them as typed.
        """
        if column.kind in ("amount", "count"):
            return self._format(valign="top", num_format=_shown(column, 0), **_aligned(column))
        return self.written(column, example=False)

    def number(self, column: FormColumn, value: Any, *, example: bool) -> Any:
        """Return a number: with a percent sign where the scenario has a share."""
        shown = _shown(column, value)
        if isinstance(value, str):
            shown = "0.0#####%" if "." in value else "0%"
        return self._format(valign="top", num_format=shown, **_aligned(column), **_example(example))

    def written(self, column: FormColumn, *, example: bool) -> Any:
        """Return text; codes and ids in a text format, so that Excel makes no number or date of what is typed."""
        if column.kind in ("name", "names", "text"):
            return self._format(
                valign="top", num_format="@", text_wrap=column.wraps, align="left", indent=1, **_example(example)
            )
        return self._format(valign="top", **_aligned(column), **_example(example))


def _aligned(column: FormColumn) -> dict[str, Any]:
    """Return the format aligned to the left where it is of the sheet of the identity: figures there stand below
    texts."""
    return {"align": "left", "indent": 1} if column in IDENTITY_KEYS else {}


def _shown(column: FormColumn, value: Any) -> str:
    """Return a number format without a trailing decimal point; a year has no thousands."""
    if column.key == "fiscal_year":
        return "0"
    return "#,##0.0#####" if isinstance(value, Decimal) else "#,##0"


def _example(example: bool) -> dict[str, Any]:
    return {"italic": True, "font_color": _EXAMPLE} if example else {}
