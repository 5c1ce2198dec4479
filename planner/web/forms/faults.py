"""Which field a problem belongs to: by its path, or by its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from planner.domain.checks.problem import written
from planner.domain.named_keys import list_named
from planner.errors import InputError, PlannerError, Problem
from planner.scenario_io.amending import CannotAmend
from planner.scenario_io.amending.spans import TextSpan, spans_of
from planner.scenario_io.fields import expected_at
from planner.scenario_io.tree import Bare
from planner.web.forms.candidates import Candidates
from planner.web.forms.edited_file import EditedFile, address_of, below, record_id
from planner.web.forms.fields import Control, FieldGroup, Part, Steps
from planner.web.forms.labels import has_label, label, section
from planner.web.forms.shapes import SECTIONS, shape_at, shapes_of
from planner.web.forms.showing import title_of
from planner.web.workspace import ScenarioFile, without_folder

_STEP: Final = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@dataclass(frozen=True)
class Fault:
    """A problem in words, with the field and the page that it belongs to."""

    words: str
    """What is wrong and what to do."""
    place: str = ""
    """File and line."""
    where: str = ""
    """What it is about, as forms name it: part, record, field."""
    field: str = ""
    """Id of the field on this page; empty where none is to blame."""
    address: str = ""
    """Address of the form where it is mended; empty where there is none."""
    steps: Steps = ()
    """Its path in the file."""
    cell: str = ""
    """Name of the cell of the grid."""
    in_text: bool = False
    """Whether it is mended in the text, since no form has a field for it."""

    def at_cell(self, name: str) -> Fault:
        return replace(self, cell=name)


def faults_of(error: PlannerError, edited: EditedFile, data: Bare, text: str, parts: Sequence[Part]) -> list[Fault]:
    """Return the problems of a text that says `data`, each with its field among `parts`."""
    if not isinstance(error, InputError):
        return [Fault(error.message)]
    return noticed(error.problems, edited, data, text, parts)


def noticed(
    problems: Iterable[Problem], edited: EditedFile, data: Bare, text: str, parts: Sequence[Part] = ()
) -> list[Fault]:
    """Return what was noticed of a text, problems or warnings, as `faults_of` tells them."""
    return [_fault(without_folder(problem), edited, data, text, parts) for problem in problems]


def faults_in(file: ScenarioFile, error: PlannerError) -> list[Fault] | None:
    """Return the problems of a file that cannot be read as a scenario; None where it is no text that forms can show."""
    if not file.is_text:
        return None
    try:
        edited = EditedFile(file, file.text())
        return faults_of(error, edited, edited.data, edited.text, ())
    except (CannotAmend, OSError, PlannerError):
        return None


def seen_in(file: ScenarioFile) -> tuple[list[Fault], list[Fault]] | None:
    """Return what has to be corrected in a file, and what is to be looked at; None where it is no text that forms can
    show."""
    if not file.is_text:
        return None
    try:
        edited = EditedFile(file, file.text())
        data = edited.data
    except (CannotAmend, OSError, PlannerError):
        return None
    try:
        warnings = file.load().warnings
    except PlannerError as error:
        return faults_of(error, edited, data, edited.text, ()), []
    return [], noticed(warnings, edited, data, edited.text)


def _fault(problem: Problem, edited: EditedFile, data: Bare, text: str, parts: Sequence[Part]) -> Fault:
    steps = _steps(problem, edited, data, text)
    words = str(problem._replace(file="", line=None, column=None, path=""))
    name = Path(problem.file).name if problem.file else ""
    place = f"{name}:{problem.line}" if problem.line else name
    where = _where(steps, data, edited.names)
    if _unknown(steps):  # in the words of the text, where it stands
        return Fault(words, place, where, steps=steps, in_text=True)
    field = _field(steps, parts)
    labels = _labels(steps, data) | _page_labels(parts) if field else _page_labels(parts) | _labels(steps, data)
    return Fault(_labelled(words, labels), place, where, field, _address(steps, data), steps)


def _unknown(steps: Steps) -> bool:
    """Return whether a path ends in, or leads over, a key that no record of its kind has."""
    for end in range(1, len(steps) + 1):
        above, here = shape_at(steps[: end - 1]), steps[:end]
        in_record = above is not None and above.kind == "record" and isinstance(here[-1], str)
        if in_record and expected_at(here) is None and shape_at(here) is None:
            return True
    return False


def _labelled(words: str, labels: Mapping[str, str]) -> str:
    """Return `words` with labels where they name keys in quotes; a name that stood behind its id is not said twice."""
    for key, told in labels.items():
        words = words.replace(f"'{key}: …'", f"'{told}'").replace(f"'{key}' ({told})", f"'{told}'")
        words = words.replace(f"'{key}'", f"'{told}'")
    return words


def _page_labels(parts: Sequence[Part]) -> dict[str, str]:
    """Return the labels of this page's fields by key; of several of one key the first."""
    found: dict[str, str] = {}
    for control in _all(parts):
        key = control.steps[-1]
        if isinstance(key, str) and control.label:
            found.setdefault(key, control.label)
    return found


def _labels(steps: Steps, data: Bare) -> dict[str, str]:
    """Return the labels of the records that a path leads through, by key; none of a key that is the id of a record
    too."""
    found: dict[str, str] = {}
    for end in range(1, len(steps) + 1):
        shape = shape_at(steps[:end])
        if shape is not None and shape.kind == "record" and (model := shape.model) is not None:
            found |= {key: label(model, key) for key in shapes_of(model) if has_label(model, key)}
    lists = data.values() if isinstance(data, dict) else ()
    ids = {record_id(each) for listed in lists if isinstance(listed, list) for each in listed}
    return {key: told for key, told in found.items() if key not in ids}


def _steps(problem: Problem, edited: EditedFile, data: Bare, text: str) -> Steps:
    """Return the path of a problem in this file; of a file that builds on another, by the place in the text."""
    steps: Steps = tuple(int(found[1]) if found[1] else found[2] for found in _STEP.finditer(problem.path))
    if not edited.base_name:
        return steps
    if problem.line is None or problem.column is None or Path(problem.file).name != edited.file.name:
        return ()
    lines = re.split("(?<=\n)|(?<=\r)(?!\n)", text)
    offset = sum(map(len, lines[: problem.line - 1])) + problem.column - 1
    span = spans_of(text)
    found = () if span is None else _path_at(span, data, offset)
    last = steps[-1:] if steps and isinstance(steps[-1], str) else ()
    return (*found, *last) if last and found[-1:] != last and isinstance(below(data, found), dict) else found


def _path_at(span: TextSpan, data: Bare, offset: int) -> Steps:
    """Return the path of the deepest value that has a character of the text."""
    names: Sequence[str | int] = list(data) if isinstance(data, dict) else range(len(span.items))
    starts = [key.start for key in span.keys] or [item.start for item in span.items]
    for name, start, item in zip(names, starts, span.items, strict=False):
        if start <= offset <= max(start, item.end):
            inner = data[name] if isinstance(data, dict) else data[int(name)]
            return (name, *(_path_at(item, inner, offset) if offset >= item.start else ()))
    return ()


def _field(steps: Steps, parts: Sequence[Part]) -> str:
    """Return the field whose path is that of a problem, else the next one around it, else the first one within."""
    path = written(steps)
    if not path:
        return ""
    best: tuple[int, str] = (0, "")
    within = ""
    for control in _all(parts):
        own = control.path.replace(".@amount", "").replace(".@how", "")
        if path == own or path.startswith((own + ".", own + "[")):
            best = max(best, (len(own), control.key), key=lambda found: found[0])
        elif not within and own.startswith((path + ".", path + "[")):
            within = control.key
    return best[1] or within


def _all(parts: Sequence[Part]) -> list[Control]:
    found: list[Control] = []
    for part in parts:
        found += _all(part.parts) if isinstance(part, FieldGroup) else [part]
    return found


def _where(steps: Steps, data: Bare, names: Candidates) -> str:
    """Return a path in the words of forms: "Programmes and costs · Bimtek · JP"; empty where they have no words for
    it."""
    if not steps or steps[0] not in SECTIONS:
        return ""
    told = [section(str(steps[0]))[0]]
    for end in range(2, len(steps) + 1):
        step, above = steps[end - 1], shape_at(steps[: end - 1])
        if step == "table" and end == len(steps):
            continue  # the file that a list is in: what is said of it names it
        if isinstance(step, int):
            record = below(data, steps[:end])  # none where a list stands in a table, of which a column is named
            told += [] if record is None else [title_of(record, names)]
        elif above is not None and above.model is not None:
            told.append(label(above.model, step) if expected_at(steps[:end]) is not None else f"'{step}'")
        else:
            named = list_named(steps[:end])
            told.append(names.label(named, step) if named else step)
    return " · ".join(told)


def _address(steps: Steps, data: Bare) -> str:
    """Return the form that holds a path."""
    if not steps or steps[0] not in SECTIONS:
        return {"hours_per_day": "periods", "price_growth": "periods"}.get(str(steps[0]), "") if steps else ""
    address, here = str(steps[0]), below(data, steps[:1])
    if len(steps) > 1 and isinstance(steps[1], int) and isinstance(here, list) and steps[1] < len(here):
        return f"{address}/{address_of(here, steps[1])}"
    return address
