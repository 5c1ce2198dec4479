"""Words and pictures beside a scenario: a logo, and a narrative in a Markdown file, put where the scenario names them.

A Markdown file has a heading for each section; a heading with the code of a sub-activity begins the sections of that
one. What stands below a heading is kept as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from planner.domain.checks.did_you_mean import suggestion
from planner.domain.logo import MOST_BYTES, data_uri
from planner.domain.words import SECTIONS
from planner.locale import _
from planner.scenario_io.encoding import decode
from planner.scenario_io.paths import read_bytes, sibling
from planner.scenario_io.problems import Problems, Refused, located
from planner.scenario_io.tree import UNREADABLE, Mapping, Node, Place, Scalar
from planner.scenario_io.tree import Path as TreePath

LARGEST_TEXT: Final = 1_000_000
"""Largest Markdown file taken [bytes]."""

HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "legal_basis": ("dasar hukum", "legal basis"),
    "background": ("latar belakang", "gambaran umum", "background"),
    "aims": ("maksud dan tujuan", "tujuan", "aims"),
    "indicators": ("indikator kinerja", "indikator", "performance indicators"),
    "beneficiaries": ("penerima manfaat", "sasaran", "beneficiaries"),
    "method": ("metode pelaksanaan", "metode", "method"),
    "schedule": ("jadwal pelaksanaan", "jadwal", "schedule"),
    "cost": ("biaya", "rencana biaya", "cost"),
    "closing": ("penutup", "closing"),
    "letter": ("surat pengantar", "nota dinas", "covering letter"),
}
"""What headings call the sections, besides the keys themselves."""

_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*\Z")
_NUMBER: Final = re.compile(r"(?:[A-Za-z]|[IVXivx]+|[0-9]{1,2})[.)][ \t]+")
_CODE: Final = re.compile(r"(?:[xX0-9]+\.)+[0-9]+")


def put_words_in(node: Node, folder: Path | None, path: TreePath, problems: Problems, files: list[Path]) -> Node:
    """Return `node`, which is or will be at `path` of a scenario in `folder`, with what it names put in."""
    try:
        if path == ("scenario", "logo"):
            return _logo(node, folder, files)
        if path == ("narrative",):
            return _narrative(node, folder, problems, files)
    except Refused as refused:
        problems.extend([refused.problem])
        return Scalar(UNREADABLE, node.place)
    if path in ((), ("scenario",)) and isinstance(node, Mapping) and not _is_bare_of_words(node, path):
        for key in ("scenario", "narrative") if not path else ("logo",):
            if key in node.entries:
                node.entries[key] = put_words_in(node.entries[key], folder, (*path, key), problems, files)
    return node


def _is_bare_of_words(node: Mapping, path: TreePath) -> bool:
    """Return whether plain data names neither: then no nodes need be made of it."""
    if node.bare is None:
        return False
    identity = node.bare.get("scenario") if not path else node.bare
    return not ((isinstance(identity, dict) and "logo" in identity) or (not path and "narrative" in node.bare))


def _logo(node: Node, folder: Path | None, files: list[Path]) -> Node:
    named = node.value if isinstance(node, Scalar) else None
    if not isinstance(named, str) or named.startswith("data:"):
        return node
    path: TreePath = ("scenario", "logo")
    if not named.lower().endswith((".png", ".svg")):
        message = _("'{name}' is no picture that can be a logo.").format(name=named[:80])
        raise Refused(located(node.place, message, _("Save the logo as PNG or SVG."), path))
    file = sibling(named, folder, node.place, path)
    data = read_bytes(file, 10 * MOST_BYTES, node.place, path)  # the record says what is too large
    files.append(file)
    return Scalar(data_uri(data), node.place)


def _narrative(node: Node, folder: Path | None, problems: Problems, files: list[Path]) -> Node:
    named = node.entries.get("file") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or named is None:
        return node
    path: TreePath = ("narrative", "file")
    if not isinstance(named, Scalar) or not isinstance(named.value, str):
        raise Refused(located(named.place, _("'{key}' must be a name.").format(key="file"), "", path))
    file = sibling(named.value, folder, named.place, path)
    text = decode(read_bytes(file, LARGEST_TEXT, named.place, path), str(file))
    if file not in files:
        files.append(file)
    made = Mapping({}, {}, node.place)
    activities = Mapping({}, {}, node.place)
    for activity, section, words, place in _sections(text, str(file), problems):
        into = made
        if activity is not None:
            if activity not in activities.entries:
                activities.put(activity, Mapping({}, {}, place), place)
            below = activities.entries[activity]
            assert isinstance(below, Mapping)
            into = below
        if section in into.entries:
            message = _("the section '{section}' is there twice; the other is in line {line}.")
            problems.add(place, message.format(section=section, line=into.keys[section].line), _("Remove one of them."))
        into.put(section, Scalar(words, place), place)
    if activities.entries:
        made.put("activities", activities, activities.place)
    for key, value in node.entries.items():  # what the scenario says itself beside the file
        if key != "file":
            made.put(key, value, node.keys[key])
    return made


def _sections(text: str, file: str, problems: Problems) -> Iterator[tuple[str | None, str, str, Place]]:
    """Yield (sub-activity, section, its text, where its heading is) for each section of a Markdown file.

    Sections below the heading of a sub-activity are its own, until a heading of the same rank or a higher one. The
    first heading may be a title.
    """
    activity: str | None = None
    rank_of_activity = 0
    section: str | None = None
    place = Place(file, 1, 1)
    lines: list[str] = []
    first = placed = True
    for number, line in enumerate([*text.splitlines(), "# "], 1):
        found = _HEADING.match(line)
        if found is None:
            lines.append(line)
            continue
        words = "\n".join(lines).strip()
        if section is not None and words:
            yield activity, section, words, place
        elif words and placed:
            problems.add(place, _("this text stands under no section."), _headings())
        place, lines, placed = Place(file, number, 1), [], True
        rank, title = len(found[1]), found[2].strip("* _")
        section = _section(title)
        if rank <= rank_of_activity:
            activity, rank_of_activity = None, 0
        if section is None and (code := _CODE.search(title)):
            activity, rank_of_activity = code[0].upper(), rank
        elif section is None and title and not (first and rank == 1):
            problems.add(place, _("'{title}' is no section.").format(title=title[:80]), _nearest(title))
            placed = False
        first = False


def _section(title: str) -> str | None:
    """Return the section that a heading names, without its number or letter."""
    called = " ".join(_NUMBER.sub("", title, count=1).rstrip(" :.").casefold().split())
    return next((name for name in SECTIONS if called in (name, name.replace("_", " "), *HEADINGS[name])), None)


def _nearest(title: str) -> str:
    names = [names[0] for names in HEADINGS.values()]
    near = suggestion(title.casefold(), names)
    return near if len(near) < 200 else _headings()


def _headings() -> str:
    return _("Headings are: {names}, or the code of a sub-activity.").format(
        names=", ".join(f"'{names[0].capitalize()}'" for names in HEADINGS.values())
    )
