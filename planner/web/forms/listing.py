"""The records of a list of the scenario, some on each page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from planner.scenario_io.tree import Bare
from planner.web.forms.edited_file import addresses_of, record_id
from planner.web.forms.form import Form
from planner.web.forms.showing import facts_of, title_of
from planner.web.page_numbers import page_of

MOST_LISTED: Final = 50
"""Records on one page of a list."""


@dataclass(frozen=True)
class ListedRecord:
    """One record of a list."""

    address: str
    name: str
    id: str
    facts: str
    removed: bool = False
    """Whether the file takes it out of what it builds on."""
    base: str = ""
    """Name of the file that it comes from, where this one says nothing of it."""
    step: str = ""
    """Its step in the address of the list, where it can be moved."""
    first: bool = False
    last: bool = False

    @property
    def can_move(self) -> bool:
        """Whether it stands in a list of this file beside others."""
        return bool(self.step) and not (self.first and self.last)


@dataclass(frozen=True)
class RecordList:
    """The records of a list on one page."""

    rows: list[ListedRecord]
    count: int
    pages: int
    number: int
    sought: str
    table: str = ""
    """Name of the table that has the records instead."""


def listing_of(form: Form, sought: str, asked: str) -> RecordList | None:
    """Return the records of a list that are called like `sought`, on the page `asked` for; None for what is no list."""
    shape, edited = form.shape, form.edited
    model = shape.model
    if shape.kind != "records" or model is None:
        return None
    data, based = edited.at(form.steps), edited.base_at(form.steps)
    if isinstance(data, dict) and "table" in data:
        return RecordList([], 0, 1, 1, "", str(data["table"]))
    own = data if isinstance(data, list) else []
    address = "/".join(map(str, form.steps))
    known = {record_id(each) for each in own}
    others = [each for each in based if record_id(each) not in known] if isinstance(based, list) else []
    found = [(step, each, "") for step, each in zip(addresses_of(own), own, strict=True)]
    found += [(str(record_id(each)), each, edited.base_name) for each in others]

    def row(step: str, each: Bare, base: str) -> ListedRecord:
        removed = isinstance(each, dict) and each.get("remove") is True
        facts = facts_of(model, each)
        name = title_of(each, edited.names)
        said = ListedRecord(f"{address}/{step}", name, record_id(each) or "", facts, removed, base)
        return said if base else replace(said, step=step, first=each is own[0], last=each is own[-1])

    if sought:
        found = [of for of in found if sought.casefold() in _words(row(*of))]
    shown = page_of(found, asked, MOST_LISTED)
    return RecordList([row(*of) for of in shown.rows], shown.count, shown.pages, shown.number, sought)


def _words(row: ListedRecord) -> str:
    return f"{row.name} {row.id} {row.facts}".casefold()
