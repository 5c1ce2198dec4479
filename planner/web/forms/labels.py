"""What fields are called and what they mean: in the words of the workbook where it has them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from planner.domain.base import Record
from planner.locale import _
from planner.scenario_io.scenario_workbook import actuals_sheets, columns, money_sheets, people_sheets
from planner.scenario_io.scenario_workbook import programme_sheets as programmes
from planner.scenario_io.scenario_workbook import resource_sheets as resources
from planner.scenario_io.scenario_workbook.columns import FormColumn
from planner.scenario_io.scenario_workbook.rows_under import UNDER, owner_of, record_under
from planner.web.forms.own_labels import OWN, SECTIONS

_SHEETS: Final[dict[str, tuple[Iterable[FormColumn], str]]] = {
    "Identity": (people_sheets.IDENTITY_KEYS, ""),
    "Floor": (people_sheets.IDENTITY_KEYS, "floor."),
    "Scenario": (people_sheets.SCENARIO_KEYS, ""),
    "Period": (people_sheets.PERIODS.columns, ""),
    "Competency": (people_sheets.COMPETENCIES.columns, ""),
    "Group": (people_sheets.GROUPS.columns, ""),
    "Socialization": (people_sheets.GROUPS.columns, "socialization."),
    "MentorPool": (people_sheets.MENTORS.columns, ""),
    "Resource": (resources.RESOURCES.columns, ""),
    "Activity": (programmes.ACTIVITIES.columns, ""),
    "Programme": (programmes.PROGRAMMES.columns, ""),
    "ClassSize": (programmes.PROGRAMMES.columns, "class_size."),
    "ClassLimits": (programmes.PROGRAMMES.columns, "classes."),
    "Mentoring": (programmes.PROGRAMMES.columns, "mentors."),
    "CostItem": (programmes.COSTS.columns, ""),
    "PriceBy": (programmes.PRICES.columns, ""),
    "Fund": (money_sheets.FUNDS.columns, ""),
    "Match": (money_sheets.FUNDS.columns, "match."),
    "AgreementCost": (money_sheets.FUNDS.columns, "agreement_cost."),
    "Rule": (money_sheets.RULES.columns, ""),
    "Soft": (money_sheets.RULES.columns, "soft."),
    "Where": (money_sheets.RULES.columns, "where."),
    "Level": (money_sheets.OBJECTIVE.columns, ""),
    "Attended": (actuals_sheets.ATTENDED.columns, ""),
    "Held": (actuals_sheets.HELD.columns, ""),
    "Paid": (actuals_sheets.PAID.columns, ""),
    "CommittedClasses": (actuals_sheets.COMMITTED.columns, ""),
    "SeatsGiven": (actuals_sheets.SEATS_GIVEN.columns, ""),
}
for _sheet in UNDER:
    if (_record := record_under(_sheet)) is not None:
        _SHEETS[_record.__name__] = (_sheet.columns, "")
_SELECTORS: Final = {
    "GroupSelector": columns.GROUP_ATTRIBUTES,
    "ProgrammeSelector": columns.PROGRAMME_ATTRIBUTES,
    "CompetencySelector": columns.COMPETENCY_ATTRIBUTES,
    "FundSelector": columns.FUND_ATTRIBUTES,
    "ItemSelector": columns.ITEM_ATTRIBUTES,
}


@cache
def _told(model: str) -> dict[str, tuple[str, str]]:
    """Return the label and help of the keys of a record, in English."""
    found: dict[str, tuple[str, str]] = {}
    sheet, lead = _SHEETS.get(model, ((), ""))
    for column in sheet:
        if column.key.startswith(lead) and "." not in (key := column.key.removeprefix(lead)):
            found[key] = (column.label[-1], column.note)
    found |= {name: (label, "") for name, label, _words, _refers in _SELECTORS.get(model, ())}
    return found | OWN.get(model, {})


def label(model: type[Record], key: str) -> str:
    """Return what a key of a record is called, in the language in force; the key itself where it has no name."""
    known = _told(model.__name__).get(key)
    told = _(known[0]) if known else _sheet_name(model, key)
    return told[:1].upper() + told[1:]


def _sheet_name(model: type[Record], key: str) -> str:
    """Return the name of the sheet whose rows stand below a key of a record; the key where there is none."""
    return next((sheet.name for sheet in UNDER if (sheet.under, owner_of(sheet)) == (key, model)), key)


def help_of(model: type[Record], key: str) -> str:
    """Return what it means, in the language in force; empty where the label says it all, or it is about sheets."""
    known = _told(model.__name__).get(key)
    if not known:
        return next((_(sheet.note) for sheet in UNDER if (sheet.under, owner_of(sheet)) == (key, model)), "")
    return _(known[1]) if known and known[1] and "sheet" not in known[1] else ""


def has_label(model: type[Record], key: str) -> bool:
    return key in _told(model.__name__) or _sheet_name(model, key) != key


def section(key: str) -> tuple[str, str]:
    """Return what a part of a scenario is called, and what it is for."""
    name, about = SECTIONS[key]
    return _(name), _(about)
