"""Rows whose values a conditional format hides: white letters, a format that shows nothing, bars and icons alone.

Whether a condition holds is reckoned as far as it can be without a spreadsheet; where it cannot, the row may be hidden.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from planner.scenario_io.tables.conditions import OPERATORS, At, CellValue, Unreckoned, column_number, compares
from planner.scenario_io.tables.number_formats import shown_number, shows_percent
from planner.scenario_io.tables.unseen_colours import (
    MAIN,
    Changed,
    Look,
    changed_look,
    is_pale,
    looks_of_styles,
    themed_shades,
)
from planner.units.currencies import shows_foreign
from planner.units.scales import format_in_thousands

_RULES: Final = re.compile(rb"<(x14:)?conditionalFormatting\b.*?</(?:x14:)?conditionalFormatting>", re.DOTALL)
_PREFIX: Final = re.compile(rb"(</?)(?:x14|xm):")
_FOREIGN: Final = re.compile(rb"""\s(?:xmlns:)?\w+:\w+=(?:"[^"]*"|'[^']*')|\sxmlns(?::\w+)?=(?:"[^"]*"|'[^']*')""")
_ROW: Final = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_SAID: Final = re.compile(rb'\b(s|t)="(\w+)"')
_VALUE: Final = re.compile(rb"<v>([^<]*)</v>")
_INLINE: Final = re.compile(rb"<t[^>]*>([^<]*)</t>")
_AREA: Final = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?\Z")
_LAST: Final = 10**9

_TEXTS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "containsText": lambda value, asked: asked in value,
    "notContainsText": lambda value, asked: asked not in value,
    "beginsWith": lambda value, asked: value.startswith(asked),
    "endsWith": lambda value, asked: value.endswith(asked),
}
_ALWAYS: Final = {
    "containsBlanks": False, "notContainsBlanks": True, "containsErrors": False, "notContainsErrors": True,
}  # fmt: skip
"""Rules about cells with a value that is no error, which alone are read."""


class ConditionallyHidden(NamedTuple):
    """The rows of a sheet by what conditional formats do to values in them."""

    hidden: frozenset[int] = frozenset()
    """Where a condition holds that hides a value."""
    maybe: frozenset[int] = frozenset()
    """Where one may hold that nobody can tell without a spreadsheet."""
    struck: frozenset[int] = frozenset()
    """Where one holds that strikes a value through."""
    otherwise: frozenset[int] = frozenset()
    """Where one holds that shows a number as another one: in thousands, rounded, as a percentage or foreign money."""


class _RuleArea(NamedTuple):
    """Cells of a rule: rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class _ConditionalRule:
    """One rule of a conditional format."""

    kind: str
    operator: str
    formulas: Sequence[str]
    text: str
    areas: Sequence[_RuleArea]
    first: tuple[int, int]
    priority: int
    stops: bool
    changed: Changed
    unlabelled: bool
    """Whether bars or icons stand in place of the value."""

    def covers(self, row: int, column: int) -> bool:
        return any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in self.areas)


@dataclass
class _CellsHeld:
    """The cells with a value under some rules."""

    values: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    styles: dict[tuple[int, int], int] = field(default_factory=dict)


def conditionally_hidden(archive: zipfile.ZipFile, content: bytes) -> ConditionallyHidden:
    """Return the rows of a sheet, whose part has `content`, whose values conditional formats hide or strike through.

    Raises KeyError, ValueError or ParseError for parts that are not as Excel and LibreOffice write them.
    """
    if b"conditionalFormatting" not in content:
        return ConditionallyHidden()
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    rules = sorted(_rules(content, styles), key=lambda rule: rule.priority)
    if not any(_may_matter(rule) for rule in rules):
        return ConditionallyHidden()
    theme = "xl/theme/theme1.xml"
    themed = themed_shades(archive.read(theme) if theme in archive.namelist() else b"")
    looks, cells = looks_of_styles(styles), _cells(archive, content)
    counts: dict[int, Counter[CellValue]] = {}
    found: dict[str, set[int]] = {"hidden": set(), "maybe": set(), "struck": set(), "otherwise": set()}
    for place in cells.values:
        asked = [(at, rule) for at, rule in enumerate(rules) if rule.covers(*place)]
        style = cells.styles.get(place, 0)
        look = looks[style] if style < len(looks) else Look(None, 11, "none", None)
        if not asked or is_pale(look, themed):  # told already
            continue
        holding: list[_ConditionalRule] = []
        doubtful: list[_ConditionalRule] = []
        for at, rule in asked:
            holds = _holds(rule, place, cells, counts.setdefault(at, Counter()))
            (holding if holds else doubtful if holds is None else []).append(rule)
            if holds and rule.stops:
                break
        if _hides(look, holding, themed):
            found["hidden"].add(place[0])
        elif any(_hides(look, [rule, *holding], themed) for rule in doubtful):
            found["maybe"].add(place[0])
        if any(rule.changed.struck for rule in holding):
            found["struck"].add(place[0])
        formats = [rule.changed.number_format for rule in holding if rule.changed.number_format]
        if formats and shows_another(cells.values[place], formats[0]):
            found["otherwise"].add(place[0])
    hidden = frozenset(found["hidden"])
    return ConditionallyHidden(
        hidden, frozenset(found["maybe"]) - hidden, frozenset(found["struck"]), frozenset(found["otherwise"]) - hidden
    )


def shows_another(value: CellValue, number_format: str) -> bool:
    """Return whether a number format shows a value as another number, or as one of something else."""
    if not isinstance(value, float) or isinstance(value, bool):
        return False
    number = Decimal(f"{value:.15g}")
    return (
        shown_number(number, number_format) is not None
        or bool(format_in_thousands(number_format))
        or shows_foreign(number_format)
        or shows_percent(number_format)
    )


def _may_matter(rule: _ConditionalRule) -> bool:
    return rule.unlabelled or rule.changed != Changed()


def _hides(look: Look, holding: Sequence[_ConditionalRule], themed: Sequence[tuple[int, int, int]]) -> bool:
    """Return whether a cell shows no value once the rules that hold have changed it, the first of which decides."""
    for rule in reversed(holding):
        if rule.changed.letters is not None:
            look = look._replace(letters=rule.changed.letters)
        if rule.changed.filling != "none":
            look = look._replace(filling=rule.changed.filling, ground=rule.changed.ground)
    return any(rule.unlabelled or rule.changed.blank for rule in holding) or is_pale(look, themed)


def _holds(
    rule: _ConditionalRule, place: tuple[int, int], cells: _CellsHeld, counts: Counter[CellValue]
) -> bool | None:
    """Return whether a rule holds for a cell; None where only a spreadsheet can tell."""
    if rule.unlabelled:
        return isinstance(cells.values[place], float)
    if rule.kind in _ALWAYS:
        return _ALWAYS[rule.kind]
    if rule.kind in _TEXTS and rule.text:
        return _TEXTS[rule.kind](_plain(cells.values[place]), rule.text.casefold())
    if rule.kind in _AGAIN:
        if not counts:
            counts.update(_folded(each) for where, each in cells.values.items() if rule.covers(*where))
        return (counts[_folded(cells.values[place])] > 1) == _AGAIN[rule.kind]
    asked = At(cells.values, place, rule.first)
    try:
        given = [asked.value(formula) for formula in rule.formulas]
        return _RECKONED[rule.kind](rule.operator, cells.values[place], given)
    except (Unreckoned, IndexError, KeyError):
        return None


def _as_formula(_operator: str, _value: CellValue, given: Sequence[CellValue]) -> bool:
    if isinstance(given[0], str):
        raise Unreckoned
    return bool(given[0])


def _as_compared(operator: str, value: CellValue, given: Sequence[CellValue]) -> bool:
    if operator not in _WITHIN:
        return compares(value, OPERATORS[operator], given[0])
    low, high = (given[1], given[0]) if compares(given[0], ">", given[1]) else (given[0], given[1])
    return (compares(value, ">=", low) and compares(value, "<=", high)) == _WITHIN[operator]


_RECKONED: Final = {"expression": _as_formula, "cellIs": _as_compared}
_WITHIN: Final = {"between": True, "notBetween": False}
_AGAIN: Final = {"duplicateValues": True, "uniqueValues": False}


def _plain(value: CellValue) -> str:
    return (f"{value:.15g}" if isinstance(value, float) else str(value)).casefold()


def _folded(value: CellValue) -> CellValue:
    return value.casefold() if isinstance(value, str) else value


def _rules(content: bytes, styles: Element) -> Iterator[_ConditionalRule]:
    written = [changed_look(each) for each in styles.iterfind(f"{MAIN}dxfs/{MAIN}dxf")]
    for match in _RULES.finditer(content):
        block = ElementTree.fromstring(_PREFIX.sub(rb"\1", _FOREIGN.sub(b"", match[0])))
        places = block.get("sqref") or block.findtext("sqref") or ""
        areas = [_area(each) for each in places.split()]
        first = (min((a.top for a in areas), default=1), min((a.left for a in areas), default=1))
        for rule in block.iterfind("cfRule"):
            number, own = rule.get("dxfId", ""), rule.find("dxf")
            changed = Changed()
            if own is not None:
                changed = changed_look(own, "")
            elif number.isdigit() and int(number) < len(written):
                changed = written[int(number)]
            drawn = next((each for each in rule if each.tag in ("dataBar", "iconSet")), None)
            yield _ConditionalRule(
                rule.get("type", ""), rule.get("operator", ""),
                [each.text or "" for each in rule if each.tag in ("formula", "f")], rule.get("text", ""),
                areas, first, int(rule.get("priority", _LAST)), rule.get("stopIfTrue") in ("1", "true"), changed,
                drawn is not None and drawn.get("showValue") in ("0", "false"),
            )  # fmt: skip


def _area(written: str) -> _RuleArea:
    match = _AREA.match(written)
    if match is None:
        return _RuleArea(0, 0, _LAST, _LAST)
    top, left = int(match[2]), column_number(match[1])
    return _RuleArea(top, left, int(match[4] or top), column_number(match[3]) if match[3] else left)


def _cells(archive: zipfile.ZipFile, content: bytes) -> _CellsHeld:
    """Return the cells of a sheet that hold a value, with their styles."""
    found, texts = _CellsHeld(), _texts(archive)
    for letters, row, attributes, inside in _ROW.findall(content):
        said = dict(_SAID.findall(attributes))
        value = _value(said.get(b"t", b"n"), inside, texts)
        if value is not None and value != "":
            place = int(row), column_number(letters.decode())
            found.values[place] = value
            found.styles[place] = int(said.get(b"s", b"0"))
    return found


def _value(kind: bytes, inside: bytes, texts: Sequence[str]) -> CellValue:
    if kind == b"inlineStr":
        return html.unescape("".join(part.decode() for part in _INLINE.findall(inside)))
    held = _VALUE.search(inside)
    if held is None or kind == b"e":
        return None
    if kind == b"s":
        return texts[int(held[1])] if int(held[1]) < len(texts) else None
    if kind == b"b":
        return held[1] == b"1"
    return html.unescape(held[1].decode()) if kind in (b"str", b"d") else float(held[1])


def _texts(archive: zipfile.ZipFile) -> list[str]:
    """Return the texts that cells share."""
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    entries = ElementTree.fromstring(archive.read(name)).iterfind(f"{MAIN}si")
    return ["".join(each.text or "" for part in (entry, *entry.iterfind(f"{MAIN}r"))
                    for each in part.iterfind(f"{MAIN}t")) for entry in entries]  # fmt: skip
