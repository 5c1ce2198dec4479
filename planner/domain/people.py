"""The list of people that groups are made from: which tables, which columns, and what became of each row."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from planner.domain.base import Count, Name, Names, Quantity, Record, Share, as_tuple
from planner.domain.groups import Socialization
from planner.domain.selectors import GroupSelector

Layout = Literal["siasn", "ip-asn", "training", "units"]
"""Tables whose columns are known: the export of SIASN, the sheet of IP-ASN, a training history, a list of units."""

ATTRIBUTES: Final = ("agency", "location", "level", "employment", "tags")
"""Attributes shared by all people of a group, besides their gaps."""

FIELDS: Final = (
    "id", "name", "agency", "unit", "unit_id", "location", "level", "employment", "tags",
    "hours", "last_training", "completed",
)  # fmt: skip
"""What a column of people may hold."""

UNUSED: Final = "unused"
"""Marks a column that is not read although its heading is known."""

OF_COMPETENCY: Final = ("gap", "measured", "standard")
"""What a column may hold for each competency: gap:keu is a flag, measured:keu and standard:keu are levels."""


UNREAD: Final = "\u00bf"
"""Start of the text that stands for a cell that the spreadsheet could not give; the reason follows."""


class PeopleColumns(Record):
    """One table about people."""

    table: Name
    """CSV, Parquet or XLSX file, relative to the scenario."""
    sheet: Name | None = None
    """Sheet of an XLSX workbook, if it has several."""
    layout: Layout | None = None
    """Kind of table whose column headings are known; entries in `columns` take precedence."""
    columns: dict[Name, Name] = Field(default_factory=dict)
    """What columns hold, by their head: id, name, agency, unit, unit_id, location, level, employment, tags, hours,
    last_training, completed, gap:COMPETENCY, measured:COMPETENCY, standard:COMPETENCY; or unused."""


class GroupSettings(Record):
    """Settings for the groups made from people that `where` selects; later entries take precedence."""

    where: GroupSelector = GroupSelector.model_construct()
    """Groups it is about; all when absent."""
    uptake: Share | None = None
    """Share of the group willing to take part [0-1]."""
    weight: Quantity | None = Field(default=None, gt=0)
    """Priority of the group [weight > 0]."""
    max_hours: Quantity | None = None
    """Most JP that one person may take in a year; the JP they have done already are taken off."""
    release: Share | None = None
    """Share of the group's working days that may go to class in one period [0-1]."""
    socialization: Socialization | None = None
    """What would raise the uptake, and at what cost."""


class LeftOut(Record):
    """Rows that could not be read for one reason; a row may count for several reasons."""

    reason: Name
    """What is wrong with them."""
    field: Name | None = None
    """The field that is wrong."""
    column: Name | None = None
    """Heading of the column in the table, where it differs from the field."""
    rows: Count
    """Number of rows."""


class PeopleRead(Record):
    """What became of the tables. Written by the program; with it, groups are not made again."""

    people: Count
    """People in the groups that were made [people]."""
    groups: Count
    """Groups that were made."""
    profiles: Count
    """Groups that there would be without joining any."""
    mixed_groups: Count = 0
    """Groups of people with different gaps."""
    mixed: Names = ()
    """Ids of these groups."""
    mixed_people: Count = 0
    """People in them [people]."""
    not_assessed: Count = 0
    """Blank cells of gaps and levels, which count as no gap."""
    without_jp: Count = 0
    """Rows of training histories without JP, or without the day that says of which year they are; they add none."""
    hours_done: dict[Name, dict[Name, Count]] = Field(default_factory=dict)
    """People by the JP that each has done before the plan, up to the target of JP, by group [people]."""
    rows_left_out: Count = 0
    """Rows of the list that were not read."""
    left_out: tuple[LeftOut, ...] = ()
    """Why rows of the list, and of tables joined to it, could not be read."""


class UnnamedSeats(NamedTuple):
    """Seats of a group that is written beside the list of people: they are counted, and nobody is named for them."""

    group: str
    programme: str
    period: str
    number: int | None
    """The class; none for programmes without classes, and for what has happened."""
    people: int
    happened: bool


class PersonsLook(NamedTuple):
    """What divides people into groups besides their gaps."""

    attributes: tuple[str | None, ...]
    """The ATTRIBUTES as the list has them; tags are separated by semicolons."""
    completed: frozenset[str]
    """Programmes attended before the horizon."""
    hours: Decimal
    """JP done before the plan, where they divide people into groups [JP]."""


class ListedAlike(NamedTuple):
    """People of the list who are alike, and what lists of names say of them all alike."""

    look: PersonsLook
    lacks: frozenset[str]
    passed: frozenset[str]
    """Competencies that they were found to have closed since."""
    group: str
    """The group that the lists count them in."""
    programme: str | None
    """What they attend; None in the lines of all people, which come once for each person."""
    happened: bool
    people: int


class MentorPair(NamedTuple):
    """One mentee and one mentor. People of groups that are written beside the list have no id: a mentee is one of so
    many, and mentors are numbered within their group."""

    programme: str
    period: str
    mentee: str
    """Id; empty where nobody knows it."""
    mentee_group: str
    mentor: str
    """Id; empty where nobody knows it, or where no mentor has room."""
    mentor_group: str
    """Empty where no mentor has room."""
    number: int = 0
    """Which person of a group without ids mentors, from 1; 0 for those with an id."""

    @property
    def alone(self) -> bool:
        """Whether no mentor has room."""
        return not self.mentor_group


class PeopleTable(PeopleColumns):
    """The list of people: one row for each, with further tables joined to it by id."""

    join: Annotated[tuple[PeopleColumns, ...], BeforeValidator(as_tuple)] = ()
    """Further tables of the same people: gaps, IP-ASN, training history (whose JP add up)."""
    units: PeopleColumns | None = None
    """List of units, by which the agency of a unit is known."""
    agency_depth: Count = 1
    """Depth in the list of units at which the agencies are; 0 is the top."""
    by: Names | None = None
    """Attributes that divide people into groups; all that the tables have when absent."""
    fill: dict[Name, Name] = Field(default_factory=dict)
    """What a blank cell of a field means, such as employment: pns."""
    values: dict[Name, dict[Name, Name]] = Field(default_factory=dict)
    """What the words of a field mean, such as employment: {P3K: pppk}."""
    nip: bool = True
    """Whether ids are NIP of 18 digits, whose form is checked."""
    lenient: bool = False
    """Whether the plan leaves out rows that cannot be read."""
    each: tuple[GroupSettings, ...] = ()
    """Settings for the groups made."""
    most_groups: Count = 5000
    """Above so many groups people with rare gaps are joined to mixed groups."""
    read: PeopleRead | None = None
    """What became of the tables; written by the program."""

    @property
    def tables(self) -> tuple[PeopleColumns, ...]:
        """All tables, the list of people first."""
        return (self, *self.join, *((self.units,) if self.units else ()))

    def settings_of(self, attributes: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        """Return the settings in `each` for a group with these attributes, in the words of the file."""
        found: dict[str, Any] = {}
        for entry in self.each:
            if entry.where.matches(attributes):
                found |= entry.model_dump(by_alias=True, exclude_defaults=True, exclude={"where"})
        return found
