"""The question that a scenario file opens with: "# Pertanyaan: …" or "# Question: …" in its first comment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_BEGINNING: Final = 4096
"""How much of a file is read to find it [bytes]."""
_LONGEST: Final = 400
"""Most characters of it that are shown."""
_QUESTION: Final = re.compile(r"#+\s*(?:Pertanyaan|Question)\s*:\s*(.*)", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"#\s*(\S.*)")


def question_in(path: Path) -> str:
    """Return the question in the first comment of a YAML file; empty where there is none, or the file cannot be
    read."""
    try:
        with path.open("rb") as opened:
            lines = opened.read(_BEGINNING).decode("utf-8-sig", errors="ignore").splitlines()
    except OSError:
        return ""
    words: list[str] = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            break
        if words:
            goes_on = _GOES_ON.fullmatch(line.rstrip())
            if goes_on is None or words[-1].endswith("?"):
                break
            words.append(goes_on[1])
        elif found := _QUESTION.fullmatch(line.rstrip()):
            words.append(found[1])
    question = "".join(letter for letter in " ".join(filter(None, words)) if letter.isprintable())
    question = question[:1].upper() + question[1:]
    return question if len(question) <= _LONGEST else question[: _LONGEST - 1].rstrip() + "…"
