"""What a sheet of the workbook and a column of it are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from planner.locale import LANGUAGES, N_, _, language_in_force

type Kind = Literal[
    "name", "text", "names", "choice", "flag", "amount", "share", "count", "number", "numbers", "bound", "product"
]
"""One line of text · text · a list · a word of the format · yes or no · rupiah · a share · a whole number · a number ·
a number or a list of numbers · the bound of a rule, which is a number or a share · a number or a product such as
4 OJ x 3 hari."""

NUMERIC: Final = ("amount", "share", "count", "number", "bound")


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column: which place of a record it fills, and how it explains itself."""

    key: str
    """The place in the words of the format, dotted: class_size.max."""
    kind: Kind
    label: tuple[str, ...]
    """What planners call it, in English; parts of a longer name are told apart by colons."""
    note: str = ""
    """What it means, in English."""
    required: bool = False
    words: str = ""
    """Vocabulary of a choice, or of the values of a list."""
    refers: str = ""
    """Sheet whose first column has the values."""
    selects: bool = False
    """Whether it is an attribute of a selector: a blank one selects everything."""
    leads: bool = False
    """Whether it is the first attribute of its selector."""
    width: int = 14
    free: str = ""
    """For a mapping with free keys, such as releases.TW1: the key."""
    named: str = ""
    """A name of the scenario that is shown instead of the label."""

    @property
    def path(self) -> tuple[str, ...]:
        """Keys from the record to the value."""
        stem = self.key.removesuffix(f".{self.free}") if self.free else self.key
        return (*stem.split("."), *([self.free] if self.free else ()))

    @property
    def wraps(self) -> bool:
        """Whether a long text is shown on several lines."""
        return self.kind == "text" or self.key == "name"

    @property
    def title(self) -> str:
        """The label in the language in force."""
        return self.named or ": ".join([*(_(part) for part in self.label), *([self.free] if self.free else ())])


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its names and its columns; the first column is the one that every row has."""

    key: str
    names: tuple[str, str]
    """In Indonesian and in English."""
    columns: tuple[FormColumn, ...]
    note: str
    """What the sheet is for, in English."""
    needed: bool = False
    """Whether a scenario cannot do without it."""
    matrix: str = ""
    """For a matrix with one column per competency: the mark that may stand before the competency's id."""
    optional: bool = False
    """Whether it is there only for a scenario that fills it."""
    under: str = ""
    """For rows that belong to a record of the sheet that the first column refers to: the key of that record below which
    they stand. Next come the columns of what its free keys name (planner.domain.named_keys); one column after these is
    the value, several are keys of a record."""

    @property
    def name(self) -> str:
        """In the language in force."""
        return self.names[LANGUAGES.index(language_in_force())]

    @property
    def anchor(self) -> FormColumn:
        return self.columns[0]


def selector(
    path: str, what: str, attributes: Iterable[tuple[str, str, str, str]], note: str
) -> tuple[FormColumn, ...]:
    """Return the columns of one selector: (attribute, label, vocabulary, sheet referred to) each."""
    return tuple(
        FormColumn(
            f"{path}.{name}",
            "names",
            (what, label),
            note,
            words=words,
            refers=refers,
            selects=True,
            leads=position == 0,
            width=18,
        )
        for position, (name, label, words, refers) in enumerate(attributes)
    )


def continued(column: FormColumn, part: int) -> FormColumn:
    """Return a further column for a list that is too long for one cell."""
    return replace(column, key=f"{column.key} +{part}")


GROUP_ATTRIBUTES: Final = (
    ("id", N_("groups"), "", "groups"),
    ("agency", N_("agency"), "", ""),
    ("location", N_("location"), "", ""),
    ("level", N_("level"), "", ""),
    ("employment", N_("employment"), "employment", ""),
    ("tags", N_("tags"), "", ""),
)
PROGRAMME_ATTRIBUTES: Final = (
    ("id", N_("programmes"), "", "programmes"),
    ("form", N_("form"), "", ""),
    ("tags", N_("tags"), "", ""),
    ("closes", N_("competencies closed"), "", "competencies"),
    ("kind", N_("kind of competency"), "competency kind", ""),
)
COMPETENCY_ATTRIBUTES: Final = (
    ("id", N_("competencies"), "", "competencies"),
    ("kind", N_("kind of competency"), "competency kind", ""),
)
FUND_ATTRIBUTES: Final = (
    ("id", N_("funds"), "", "funds"),
    ("kind", N_("kind of fund"), "fund kind", ""),
)
ITEM_ATTRIBUTES: Final = (
    ("item", N_("cost item"), "", ""),
    ("account", N_("account code"), "", ""),
    ("per", N_("due per"), "per", ""),
)
