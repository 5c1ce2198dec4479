"""The typeface of reports: a subset of Source Sans 3, embedded in each report, and its character widths.

Reports look the same on every machine and load no fonts from the network. Subsetting takes about a second, so the
result is cached in the user's cache folder if that is writable. The font is under the SIL Open Font License 1.1; its
copyright and licence notices stay inside.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from planner.whole_file import write_whole

FAMILY: Final = "Source Sans 3"
WEIGHTS: Final = (400, 600)
_VERSION: Final = "2"
"""Version of the subset; raise it when the subset changes, so that cached ones are not used."""
_CHARACTERS: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x2BB, 0x2BC, 0x202F),
    *(0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2020, 0x2021, 0x2022, 0x2026),
    *(0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713, 0x2717),
)
_FEATURES: Final = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum")
_NOTICES: Final = (0, 13, 14)
"""Ids of the name records that are kept: copyright, licence and its address."""


@dataclass(frozen=True)
class Face:
    """One weight of the typeface."""

    weight: int
    woff2: bytes
    widths: dict[str, int]
    """Advance of each character [thousandths of the font size]."""

    @property
    def data(self) -> str:
        """The font in base64, for a data: URL."""
        return base64.b64encode(self.woff2).decode("ascii")


@cache
def faces() -> tuple[Face, ...]:
    """Return the weights of the typeface, regular first."""
    import fontpkg

    source = fontpkg.path(FAMILY)
    stamp = f"{_VERSION}-{source.stat().st_size}-{source.stat().st_mtime_ns}"
    kept = _cache_folder() / f"font-{hashlib.sha256(stamp.encode()).hexdigest()[:16]}.json"
    if (found := _read(kept)) is not None:
        return found
    made = tuple(_cut(source, weight) for weight in WEIGHTS)
    _keep(kept, made)
    return made


def _cache_folder() -> Path:
    """Return the cache folder of this program."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "planner"


def _cut(source: Path, weight: int) -> Face:
    """Return the subset of the variable font `source` at one weight."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options()
    options.layout_features = list(_FEATURES)
    options.hinting = False
    options.name_IDs = list(_NOTICES)
    options.drop_tables += ["HVAR", "MVAR"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_CHARACTERS)
    cut = io.BytesIO()
    with TTFont(source, lazy=True, recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.save(cut)
    cut.seek(0)
    static = instantiateVariableFont(TTFont(cut, recalcTimestamp=False), {"wght": weight}, optimize=False)
    per_em = 1000 / static["head"].unitsPerEm
    advances = static["hmtx"].metrics
    widths = {chr(code): round(advances[glyph][0] * per_em) for code, glyph in static.getBestCmap().items()}
    static.flavor = "woff2"
    packed = io.BytesIO()
    static.save(packed)
    return Face(weight, packed.getvalue(), widths)


def _read(file: Path) -> tuple[Face, ...] | None:
    """Return the cached faces; None where the file is missing or invalid."""
    try:
        rows = json.loads(file.read_text("utf-8"))
        found = tuple(_face(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if tuple(face.weight for face in found) == WEIGHTS else None


def _face(row: dict[str, Any]) -> Face:
    woff2 = base64.b64decode(row["woff2"], validate=True)
    if not woff2.startswith(b"wOF2"):
        raise ValueError("not a font")
    return Face(int(row["weight"]), woff2, {str(c): int(width) for c, width in row["widths"].items()})


def _keep(file: Path, made: tuple[Face, ...]) -> None:
    """Write the faces to the cache; failures are ignored."""
    rows = [{"weight": face.weight, "woff2": face.data, "widths": face.widths} for face in made]
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(rows))
