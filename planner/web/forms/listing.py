"""The records of a list of the scenario, some on each page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from planner.web.forms.edited_file import address_of, record_id
from planner.web.forms.form import Form
from planner.web.forms.showing import facts_of, title_of

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
    """The records of a list that are called like `sought`, on the page `asked` for; None for what is no list."""
    shape, draft = form.shape, form.draft
    if shape.kind != "records" or shape.model is None:
        return None
    data, based = draft.at(form.steps), draft.base_at(form.steps)
    if isinstance(data, dict) and "table" in data:
        return RecordList([], 0, 1, 1, "", str(data["table"]))
    own = data if isinstance(data, list) else []
    address = "/".join(map(str, form.steps))
    rows = [
        ListedRecord(
            f"{address}/{address_of(own, n)}",
            title_of(each, draft.names),
            record_id(each) or "",
            facts_of(shape.model, each),
            isinstance(each, dict) and each.get("remove") is True,
        )
        for n, each in enumerate(own)
    ]
    known = {record_id(each) for each in own}
    for each in based if isinstance(based, list) else []:
        if (name := record_id(each)) is not None and name not in known:
            told_ = title_of(each, draft.names), name, facts_of(shape.model, each)
            rows.append(ListedRecord(f"{address}/{name}", *told_, base=draft.base_name))
    if sought:
        rows = [row for row in rows if sought.casefold() in f"{row.name} {row.id} {row.facts}".casefold()]
    pages = max(1, -(-len(rows) // MOST_LISTED))
    number = min(pages, max(1, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1))
    shown = rows[(number - 1) * MOST_LISTED : number * MOST_LISTED]
    return RecordList(shown, len(rows), pages, number, sought)
