"""Cells that nobody sees because their letters have the colour of the cell, as white on white, or hardly any size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple
from xml.etree.ElementTree import Element

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_THEME: Final = re.compile(
    rb"<a:(lt1|dk1|lt2|dk2|accent[1-6])>.*?(?:lastClr|srgbClr val)=\"([0-9A-Fa-f]{6})\"", re.DOTALL
)
_ORDER: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)))
"""In the order in which styles number the colours of a theme."""

_WHITE: Final = (255, 255, 255)
_BLACK: Final = (0, 0, 0)
_ALIKE: Final = 16
"""Colours of which no part of 255 differs by more are taken for one."""
_SEEN: Final = 3.0
"""The least size of letters that are seen [points]."""

type Shade = tuple[int, int, int]


class Written(NamedTuple):
    """A colour as a style writes it."""

    rgb: str | None = None
    theme: int | None = None
    indexed: int | None = None
    tint: float = 0.0


Filling = Literal["none", "solid", "other"]
"""What a cell is filled with: of a pattern or a gradient nothing is said."""


class Look(NamedTuple):
    """The letters of a cell and what they stand on, as a style writes them."""

    letters: Written | None
    size: float
    filling: Filling
    ground: Written | None


class Unseen(NamedTuple):
    """The positions of the styles whose letters nobody sees, by the reason."""

    pale: frozenset[int] = frozenset()
    """In the colour of their cell."""
    tiny: frozenset[int] = frozenset()
    """Too small."""


def unseen(looks: Iterable[Look], theme: bytes) -> Unseen:
    """Return the styles whose letters nobody sees."""
    themed = themed_shades(theme)
    known = list(enumerate(looks))
    pale = frozenset(at for at, look in known if is_pale(look, themed))
    return Unseen(pale, frozenset(at for at, look in known if look.size < _SEEN) - pale)


def themed_shades(theme: bytes) -> list[Shade]:
    """Return the colours of a theme, in the order in which styles number them."""
    shades = {name: _shade(found) for name, found in ((m[1].decode(), m[2].decode()) for m in _THEME.finditer(theme))}
    return [shades.get(name, _BLACK if name.startswith("dk") else _WHITE) for name in _ORDER]


def is_pale(look: Look, themed: Sequence[Shade]) -> bool:
    """Return whether letters have the colour of what they stand on."""
    if look.filling == "other":
        return False
    letters = _BLACK if look.letters is None else _resolved(look.letters, themed, _BLACK)
    solid = look.filling == "solid" and look.ground is not None
    ground = _resolved(look.ground, themed, _WHITE) if solid and look.ground is not None else _WHITE
    return all(abs(one - other) <= _ALIKE for one, other in zip(letters, ground, strict=True))


def _resolved(colour: Written, themed: Sequence[Shade], otherwise: Shade) -> Shade:
    shade = otherwise
    if colour.theme is not None and 0 <= colour.theme < len(themed):
        shade = themed[colour.theme]
    elif colour.rgb and re.fullmatch("[0-9A-Fa-f]{6,8}", colour.rgb):
        shade = _shade(colour.rgb[-6:])
    elif colour.indexed is not None:
        from openpyxl.styles.colors import COLOR_INDEX

        if 0 <= colour.indexed < len(COLOR_INDEX):
            shade = _shade(COLOR_INDEX[colour.indexed][-6:])
    red, green, blue = (_tinted(part, colour.tint) for part in shade)
    return red, green, blue


def _tinted(part: int, tint: float) -> int:
    """Return a part of a colour made darker or lighter."""
    return round(part * (1 + tint)) if tint < 0 else round(part + (255 - part) * tint)


def _shade(digits: str) -> Shade:
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def unseen_of_book(workbook: Any) -> Unseen:
    """Return the styles of a workbook that openpyxl has read, by their position."""
    looks = []
    for style in workbook._cell_styles:
        font, fill = workbook._fonts[style.fontId], workbook._fills[style.fillId]
        ground = getattr(fill, "fgColor", None)
        looks.append(
            Look(
                _of_object(font.color),
                float(font.sz or 11),
                _filling(getattr(fill, "fill_type", "gradient")),
                _of_object(ground),
            )
        )
    return unseen(looks, workbook.loaded_theme or b"")


def _filling(written: str | None) -> Filling:
    if written in (None, "none"):
        return "none"
    return "solid" if written == "solid" else "other"


def _of_object(colour: Any) -> Written | None:
    if colour is None:
        return None
    kind = colour.type
    return Written(
        colour.rgb if kind == "rgb" else None, colour.theme if kind == "theme" else None,
        colour.indexed if kind == "indexed" else None, float(colour.tint or 0),
    )  # fmt: skip


def unseen_of_styles(styles: Element, theme: bytes) -> Unseen:
    """Return the same of the part of an archive that holds its styles."""
    return unseen(looks_of_styles(styles), theme)


def looks_of_styles(styles: Element) -> list[Look]:
    """Return the looks of cells by the position of their style, of the part of an archive that holds its styles."""
    fonts = list(styles.iterfind(f"{MAIN}fonts/{MAIN}font"))
    fills = list(styles.iterfind(f"{MAIN}fills/{MAIN}fill"))
    looks = []
    for cell in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
        font, fill = _nth(fonts, cell.get("fontId")), _nth(fills, cell.get("fillId"))
        letters = font.find(f"{MAIN}color") if font is not None else None
        size = font.find(f"{MAIN}sz") if font is not None else None
        pattern = fill.find(f"{MAIN}patternFill") if fill is not None else None
        gradient = fill is not None and pattern is None
        ground = pattern.find(f"{MAIN}fgColor") if pattern is not None else None
        kind = "gradient" if gradient else pattern.get("patternType") if pattern is not None else None
        looks.append(Look(_of_element(letters), _number((size.attrib if size is not None else {}), "val", 11),
                          _filling(kind), _of_element(ground)))  # fmt: skip
    return looks


class Changed(NamedTuple):
    """What a conditional format changes of a cell."""

    letters: Written | None = None
    filling: Filling = "none"
    ground: Written | None = None
    blank: bool = False
    """Whether its number format shows nothing."""
    struck: bool = False
    number_format: str = ""
    """The number format, if it has one."""


def changed_look(style: Element, space: str = MAIN) -> Changed:
    """Return what the style of a conditional format changes; `space` is that of its elements.

    A solid fill of such a style has its colour where others have that of the pattern behind.
    """
    font, shown = style.find(f"{space}font"), style.find(f"{space}numFmt")
    letters = font.find(f"{space}color") if font is not None else None
    strike = font.find(f"{space}strike") if font is not None else None
    filling: Filling = "none"
    ground = None
    if (fill := style.find(f"{space}fill")) is not None:
        pattern = fill.find(f"{space}patternFill")
        kind = pattern.get("patternType") if pattern is not None else "gradient"
        ground = next((c for name in ("bgColor", "fgColor") if (c := pattern.find(f"{space}{name}")) is not None),
                      None) if pattern is not None else None  # fmt: skip
        filling = "solid" if kind in (None, "solid") and ground is not None else _filling(kind)
    code = shown.get("formatCode", "") if shown is not None else "General"
    blank = not re.sub(r'"\s*"|\[[^\]]*\]|[\s;]', "", code)
    struck = strike is not None and strike.get("val") not in ("0", "false")
    return Changed(_of_element(letters), filling, _of_element(ground), blank, struck, "" if shown is None else code)


def _nth(elements: list[Element], at: str | None) -> Element | None:
    return elements[int(at)] if at is not None and at.isdigit() and int(at) < len(elements) else None


def _of_element(colour: Element | None) -> Written | None:
    if colour is None:
        return None
    theme, indexed = colour.get("theme"), colour.get("indexed")
    return Written(
        colour.get("rgb"), int(theme) if theme else None, int(indexed) if indexed else None,
        _number(colour.attrib, "tint", 0),
    )  # fmt: skip


def _number(attributes: Mapping[str, str], name: str, otherwise: float) -> float:
    return float(attributes.get(name, otherwise))
