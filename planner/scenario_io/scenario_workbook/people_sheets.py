"""Sheets about the scenario itself and the people: identity, periods, competencies, groups, gaps, mentors."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from planner.locale import N_
from planner.scenario_io.scenario_workbook.columns import GROUP_ATTRIBUTES, FormColumn, Sheet, selector

ID_NOTE: Final = N_("A short mark by which other sheets name this row. Each is used once. Required.")
NAME_NOTE: Final = N_("The name as the report prints it. Blank: the id.")

IDENTITY_KEYS: Final = (
    FormColumn("id", "name", (N_("Id of the scenario"),),
               N_("Lower-case letters a-z, digits, '.', '_' and '-'; names the folder of the results."), required=True),
    FormColumn("name", "name", (N_("Title"),), N_("As the report prints it.")),
    FormColumn("agency", "name", (N_("Agency that plans"),), ""),
    FormColumn("fiscal_year", "count", (N_("Fiscal year"),), N_("For example 2027.")),
    FormColumn("language", "choice", (N_("Language of the report"),), N_("id (the default) or en."), words="language"),
    FormColumn("description", "text", (N_("Description"),), N_("What the scenario is about.")),
    FormColumn("floor.share", "share", (N_("Legal floor of the training budget"),),
               N_("A share of total regional spending, for example 0.34%.")),
    FormColumn("floor.of", "amount", (N_("Total regional spending (Rp)"),),
               N_("With the legal floor, the report says whether it is reached.")),
    FormColumn("floor.other_countable", "amount", (N_("Other spending that counts (Rp)"),),
               N_("Outside this plan, without salaries and maintenance. Blank: 0.")),
    FormColumn("floor.citation", "text", (N_("Source of the legal floor"),), ""),
    FormColumn("hours_target", "count", (N_("Target of JP per person"),), N_("Reported, not a rule.")),
    FormColumn("citations.hours_target", "text", (N_("Source of the target of JP"),), ""),
    FormColumn("sources", "text", (N_("Source of figures"),), N_("One source per row; copy the row for more.")),
    FormColumn("assumptions", "text", (N_("Assumption"),), N_("One assumption per row; copy the row for more.")),
    FormColumn("document_number", "name", (N_("Number of the document"),),
               N_("As letter and terms of reference print it.")),
    FormColumn("document_date", "name", (N_("Date of the document"),), N_("For example 30 November 2026.")),
    FormColumn("document_place", "name", (N_("Place of signing"),), ""),
    FormColumn("addressee", "name", (N_("To whom the letter goes"),), ""),
    FormColumn("round_to", "amount", (N_("Split costs rounded to (Rp)"),),
               N_("Funds pay parts of a split cost in multiples of this; blank: to the rupiah.")),
    FormColumn("letter_form", "name", (N_("Form of the letter"),), N_("letter (the default) or memo.")),
)  # fmt: skip
"""Keys of the identity, one per row; sources and assumptions may stand in several rows."""

SCENARIO_KEYS: Final = (
    *IDENTITY_KEYS,
    FormColumn("hours_per_day", "number", (N_("JP in one training day"),),
               N_("From it the days of a programme follow, where none are given. Blank: 8.")),
    FormColumn("price_growth", "share", (N_("Growth of prices per year"),),
               N_("By how much prices that name no year grow from one year to the next, for example 3%. Blank: 0%.")),
    FormColumn("through", "name", (N_("Last period that is over"),),
               N_("With the sheets of what has happened; the rest is planned anew.")),
)  # fmt: skip
"""The rows of the first sheet: the identity, and what stands beside it at the top of a scenario."""

THROUGH: Final = "through"
"""Key of the first sheet that belongs to the actuals: the last period that is over."""

TOP_KEYS: Final = ("hours_per_day", "price_growth")
"""Keys of the first sheet that stand beside the identity."""

REPEATED: Final = ("sources", "assumptions")


def floor_of(column: FormColumn, year: str) -> FormColumn:
    """Return the row of the legal floor for one year: floor.2028.share instead of floor.share."""
    return replace(column, key=f"floor.{year}.{column.path[-1]}")


def scenario_key(key: str) -> FormColumn:
    """Return the row of the first sheet that a key is, floor.2028.share too; raises KeyError where it is none."""
    known = {column.key: column for column in SCENARIO_KEYS}
    match key.split("."):
        case ["floor", year, last] if year.isdigit():
            return floor_of(known[f"floor.{last}"], year)
        case _:
            return known[key]


IDENTITY: Final = Sheet(
    "scenario", ("Skenario", "Scenario"),
    (
        FormColumn("key", "name", (N_("Key"),), N_("Which figure the row holds. Do not change it."), required=True,
                   width=24),
        FormColumn("value", "text", (N_("Value"),), N_("Fill in this column."), width=60),
    ),
    N_("What the scenario is called and whom it is for; one row per figure."), needed=True,
)  # fmt: skip

PERIODS: Final = Sheet(
    "periods", ("Periode", "Periods"),
    (FormColumn("period", "name", (N_("Period"),),
            N_("Periods of the year in order, one per row. Without any there is one: the fiscal year."), width=16),
     FormColumn("year", "count", (N_("Year"),), N_("Year of the period. Blank: the fiscal year."), width=10),
     FormColumn("from", "text", (N_("First day"),),
                N_("First day of the period, such as 2027-01-04 or 4 Januari 2027. Blank: the calendar leaves it out."),
                width=16),
     FormColumn("to", "text", (N_("Last day"),), N_("Last day of the period, such as 26 Maret 2027."), width=16),
     FormColumn("working_days", "number", (N_("Working days"),),
                N_("Working days of one person in the period. Blank: 240 divided by the number of periods of the"
                   " year."), width=12)),
    N_("Periods in which programmes are held, in order of time."),
)  # fmt: skip

COMPETENCIES: Final = Sheet(
    "competencies", ("Kompetensi", "Competencies"),
    (
        FormColumn("id", "name", (N_("Id"),), ID_NOTE, required=True, width=20),
        FormColumn("name", "name", (N_("Name"),), NAME_NOTE, width=40),
        FormColumn("kind", "choice", (N_("Kind of competency"),), N_("Choose from the list. Required."), required=True,
                   words="competency kind", width=18),
        FormColumn("weight", "number", (N_("Weight"),),
                   N_("Worth of one closed gap relative to others. Blank: 1."), width=10),
    ),
    N_("Competencies of the job standard that people may lack."), needed=True,
)  # fmt: skip

GROUPS: Final = Sheet(
    "groups", ("Kelompok", "Groups"),
    (
        FormColumn("id", "name", (N_("Id"),), ID_NOTE, required=True, width=20),
        FormColumn("name", "name", (N_("Name"),), NAME_NOTE, width=36),
        FormColumn("agency", "name", (N_("Agency"),), N_("Agency (perangkat daerah) of the group."), width=24),
        FormColumn("location", "name", (N_("Location"),), N_("Place of work."), width=18),
        FormColumn("level", "name", (N_("Level"),), N_("Level of post."), width=20),
        FormColumn("employment", "choice", (N_("Employment"),), N_("PNS or PPPK."), words="employment", width=12),
        FormColumn("tags", "names", (N_("Tags"),), N_("Free marks for choosing groups, separated by semicolons."),
                   width=16),
        FormColumn("headcount", "count", (N_("People"),), N_("People in the group. Required."), required=True,
                   width=10),
        FormColumn("weight", "number", (N_("Weight"),),
                   N_("Priority of the group: worth of one of its closed gaps relative to others. Blank: 1."),
                   width=10),
        FormColumn("uptake", "share", (N_("Willing today"),),
                   N_("Share of the group willing to take part today. Blank: 100%."), width=12),
        FormColumn("socialization.raises_uptake_to", "share", (N_("Socialization"), N_("willing afterwards")),
                   N_("Share of the group willing once it was informed. Fill it in together with the cost."), width=14),
        FormColumn("socialization.cost", "amount", (N_("Socialization"), N_("cost (Rp)")),
                   N_("Paid once, by own funds, if the plan chooses it."), width=16),
        FormColumn("socialization.account", "name", (N_("Socialization"), N_("account code")), "", width=20),
        FormColumn("max_hours", "number", (N_("Most JP per person"),),
                   N_("JP that one person may receive in a year; longer programmes are closed. Blank: no limit."),
                   width=12),
        FormColumn("hours_before", "number", (N_("JP taken before"),),
                   N_("JP that each of them has taken in the first year before the plan: its limit has less left."),
                   width=12),
        FormColumn("release", "share", (N_("Released per period"),),
                   N_("Share of the group's working days that may go to class in one period. Blank: no limit."),
                   width=12),
    ),
    N_("Groups of civil servants of like post, place and gaps."), needed=True,
)  # fmt: skip

GAPS: Final = Sheet(
    "gaps", ("Kesenjangan", "Gaps"),
    (FormColumn("group", "name", (N_("Group"),), N_("Id of the group, as on the sheet of groups."), required=True,
            refers="groups", width=22),),
    N_("People below the job standard: one row per group, one column per competency. Blank: none."), matrix="gap:",
)  # fmt: skip

NEW_GAPS: Final = Sheet(
    "new_gaps", ("Kesenjangan baru", "New gaps"),
    (
        FormColumn("group", "name", (N_("Group"),), N_("Id of the group, as on the sheet of groups."), required=True,
                   refers="groups", width=22),
        FormColumn("year", "name", (N_("Year"),), N_("Year of the plan from which on they are below the standard."),
                   required=True, width=10),
        FormColumn("competency", "name", (N_("Competency"),),
                   N_("Id of the competency, as on the sheet of competencies."),
                   required=True, refers="competencies", width=22),
        FormColumn("people", "count", (N_("People"),),
                   N_("People who come to be below the standard, such as recruits."), required=True, width=10),
    ),
    N_("People who fall below the job standard in a later year of the plan: recruits, new posts."), under="new_gaps",
)  # fmt: skip

COMPLETED: Final = Sheet(
    "completed", ("Selesai", "Completed"),
    (
        FormColumn("group", "name", (N_("Group"),), N_("Id of the group, as on the sheet of groups."), required=True,
                   refers="groups", width=22),
        FormColumn("programme", "name", (N_("Programme"),), N_("Id of the programme, as on the sheet of programmes."),
                   required=True, refers="programmes", width=22),
        FormColumn("people", "count", (N_("People"),), N_("People who attended it before this plan begins."),
                   required=True, width=10),
    ),
    N_("People who attended a programme before; they may take what requires it."), under="completed",
)  # fmt: skip

MENTORS: Final = Sheet(
    "mentor_pools", ("Mentor", "Mentors"),
    (
        FormColumn("id", "name", (N_("Id"),), ID_NOTE, required=True, width=20),
        FormColumn("name", "name", (N_("Name"),), NAME_NOTE, width=36),
        FormColumn("share", "share", (N_("Share who mentor"),),
                   N_("Mentors = this share of the people selected who are not mentored themselves. Required."),
                   required=True, width=12),
        *selector("from", N_("From groups"), GROUP_ATTRIBUTES,
                  N_("Groups the mentors come from. Several values: separated by semicolons. All columns that are"
                     " filled in must match; all blank: everybody.")),
    ),
    N_("Seniors who may mentor; programmes name them."),
)  # fmt: skip
