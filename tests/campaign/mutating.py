"""Inputs that are almost right: bytes of a good file, changed here and there.

mutated(dice, data, others) -> bytes       a text, with pieces cut out, repeated, moved, or put in
repacked(dice, data, others) -> bytes      a workbook (a zip archive) of which one part is mutated, or the archive is
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Sequence
from typing import Final

LONGEST: Final = 300_000
"""Bytes beyond which an input is cut: what is larger is another promise, and slow."""

SCRAPS: Final = [
    "- ", ": ", "{", "}", "[", "]", "'", '"', "|", ">", "\n", "\n  ", "\t", "#", "&a ", "*a", "!!str ", "---\n",
    "...\n",
    "%", "no", "012", "1e9", "1e400", ".nan", "-.inf", "~", "null", "true", "70%", "2,5 miliar", "Rp5", "-1", "0.5",
    "1.000", "1.000.000", "1,000,000", "9" * 50, "9" * 5_000, str(2**53 + 1), str(10**15), "table: x.csv",
    "extends: s.yaml", "include: ../s.yaml", "remove: true", "\ufeff", "\u2028", "\x00", "\x1b[2J", "é", "e\u0301",
    "😀",
    "<<: *a", "=1+1", "@SUM(A1)", "<script>", "{{7*7}}", "../../etc", "\u202e", ",,,,", ";", '""', "2027-02-30",
    "12:30:00", "!!python/object:os.system x", "[" * 600, "{a: " * 600, "NaN", "Infinity", "[]", "{}",
    '{"a": 1, "a": 2}',
    "inf", "١٢", "1_000", "0x1F", "+1", " ", "\r\n", "\r", "\x85",
]  # fmt: skip
"""Pieces that readers take notice of."""


def mutated(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A text with one to six changes."""
    for _ in range(dice.choice([1, 1, 1, 2, 3, 6])):
        data = dice.choice(CHANGES)(dice, data, others)[:LONGEST]
    return data


_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def repacked(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A workbook of which a part is mutated, left out or doubled; now and then the archive itself is."""
    if dice.random() < 0.15:
        return _flipped(dice, data, others)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = set(dice.sample(names, min(len(names), dice.choice([1, 1, 2]))))
        for name in names:
            part = old.read(name)
            if name in chosen:
                if dice.random() < 0.1:
                    continue
                part = mutated(dice, part, others) if dice.random() < 0.5 else _value(dice, part, others)
            new.writestr(_undated(name), part)
    return target.getvalue()


def undated(data: bytes) -> bytes:
    """The same workbook without the moment at which it was written, so that a case follows from its number alone."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MOMENT.sub(b"2026-01-01T00:00:00Z", part)
            new.writestr(_undated(name), part)
    return target.getvalue()


def _undated(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _span(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.choice([0, 1, 2, 8, 40, 400]))


def _cut(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    del others
    start, end = _span(dice, data)
    return data[:start] + data[end:]


def _repeated(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    del others
    start, end = _span(dice, data)
    return data[:end] + data[start:end] * dice.choice([1, 1, 2, 50, 1_000]) + data[end:]


def _put_in(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    del others
    start, end = _span(dice, data)
    scrap = dice.choice(SCRAPS).encode("utf-8", "surrogatepass")
    return data[:start] + scrap + data[dice.choice([start, end]) :]


def _value(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A word or number replaced by a scrap."""
    del others
    words = list(re.finditer(rb"[\w.%]+", data[:LONGEST]))
    if not words:
        return data
    word = dice.choice(words)
    return data[: word.start()] + dice.choice(SCRAPS).encode("utf-8", "surrogatepass") + data[word.end() :]


def _moved(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Two lines exchanged, or one doubled."""
    del others
    lines = data.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    if dice.random() < 0.3:
        lines.insert(other, lines[one])
    lines[one % len(lines)], lines[other] = lines[other], lines[one % len(lines)]
    return b"\n".join(lines)


def _flipped(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    del others
    changed = bytearray(data)
    for _ in range(dice.choice([1, 3, 20])):
        if changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed[: dice.randint(0, len(changed))] if dice.random() < 0.2 else changed)


def _spliced(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    other = dice.choice(others)
    return data[: dice.randint(0, len(data))] + other[dice.randint(0, len(other)) :]


def _encoded(dice: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    del others
    text = data.decode("utf-8", "replace")
    return text.encode(dice.choice(["utf-16", "utf-8-sig", "latin-1", "cp1252", "utf-32"]), "replace")


CHANGES: Final = (_cut, _repeated, _put_in, _put_in, _value, _value, _value, _moved, _flipped, _spliced, _encoded)
