"""Sheets about the scenario itself and the people: identity, periods, competencies, groups, gaps, mentors."""

from __future__ import annotations

from typing import Final

from planner.locale import N_
from planner.scenario_io.scenario_workbook.columns import GROUP_ATTRIBUTES, Column, Sheet, selector

ID_NOTE: Final = N_("A short mark by which other sheets name this row. Each is used once. Required.")
NAME_NOTE: Final = N_("The name as the report prints it. Blank: the id.")

IDENTITY_KEYS: Final = (
    Column("id", "name", (N_("Id of the scenario"),),
           N_("Lower-case letters a-z, digits, '.', '_' and '-'; names the folder of the results."), required=True),
    Column("name", "name", (N_("Title"),), N_("As the report prints it.")),
    Column("agency", "name", (N_("Agency that plans"),), ""),
    Column("fiscal_year", "count", (N_("Fiscal year"),), N_("For example 2027.")),
    Column("language", "choice", (N_("Language of the report"),), N_("id (the default) or en."), words="language"),
    Column("description", "text", (N_("Description"),), N_("What the scenario is about.")),
    Column("regional_budget", "amount", (N_("Total regional spending (Rp)"),),
           N_("With the legal floor, the report says whether own funds reach it.")),
    Column("floor_share", "share", (N_("Legal floor of the training budget"),),
           N_("A share of total regional spending, for example 0.34%.")),
    Column("citations.floor_share", "text", (N_("Source of the legal floor"),), ""),
    Column("hours_target", "count", (N_("Target of JP per person"),), N_("Reported, not a rule.")),
    Column("citations.hours_target", "text", (N_("Source of the target of JP"),), ""),
    Column("sources", "text", (N_("Source of figures"),), N_("One source per row; copy the row for more.")),
    Column("assumptions", "text", (N_("Assumption"),), N_("One assumption per row; copy the row for more.")),
)  # fmt: skip
"""Keys of the identity, one per row; sources and assumptions may stand in several rows."""

REPEATED: Final = ("sources", "assumptions")

IDENTITY: Final = Sheet(
    "scenario", ("Skenario", "Scenario"),
    (
        Column("key", "name", (N_("Key"),), N_("Which figure the row holds. Do not change it."), required=True,
               width=24),
        Column("value", "text", (N_("Value"),), N_("Fill in this column."), width=60),
    ),
    N_("What the scenario is called and whom it is for; one row per figure."), needed=True,
)  # fmt: skip

PERIODS: Final = Sheet(
    "periods", ("Periode", "Periods"),
    (Column("period", "name", (N_("Period"),),
            N_("Periods of the year in order, one per row. Without any there is one: the fiscal year."), width=16),),
    N_("Periods in which programmes are held, in order of time."),
)  # fmt: skip

COMPETENCIES: Final = Sheet(
    "competencies", ("Kompetensi", "Competencies"),
    (
        Column("id", "name", (N_("Id"),), ID_NOTE, required=True, width=20),
        Column("name", "name", (N_("Name"),), NAME_NOTE, width=40),
        Column("kind", "choice", (N_("Kind of competency"),), N_("Choose from the list. Required."), required=True,
               words="competency kind", width=18),
        Column("weight", "number", (N_("Weight"),),
               N_("Worth of one closed gap relative to others. Blank: 1."), width=10),
    ),
    N_("Competencies of the job standard that people may lack."), needed=True,
)  # fmt: skip

GROUPS: Final = Sheet(
    "groups", ("Kelompok", "Groups"),
    (
        Column("id", "name", (N_("Id"),), ID_NOTE, required=True, width=20),
        Column("name", "name", (N_("Name"),), NAME_NOTE, width=36),
        Column("agency", "name", (N_("Agency"),), N_("Agency (perangkat daerah) of the group."), width=24),
        Column("location", "name", (N_("Location"),), N_("Place of work."), width=18),
        Column("level", "name", (N_("Level"),), N_("Level of post."), width=20),
        Column("employment", "choice", (N_("Employment"),), N_("PNS or PPPK."), words="employment", width=12),
        Column("tags", "names", (N_("Tags"),), N_("Free marks for choosing groups, separated by semicolons."),
               width=16),
        Column("headcount", "count", (N_("People"),), N_("People in the group. Required."), required=True, width=10),
        Column("weight", "number", (N_("Weight"),),
               N_("Priority of the group: worth of one of its closed gaps relative to others. Blank: 1."), width=10),
        Column("uptake", "share", (N_("Willing today"),),
               N_("Share of the group willing to take part today. Blank: 100%."), width=12),
        Column("socialization.raises_uptake_to", "share", (N_("Socialization"), N_("willing afterwards")),
               N_("Share of the group willing once it was informed. Fill it in together with the cost."), width=14),
        Column("socialization.cost", "amount", (N_("Socialization"), N_("cost (Rp)")),
               N_("Paid once, by own funds, if the plan chooses it."), width=16),
        Column("socialization.account", "name", (N_("Socialization"), N_("account code")), "", width=20),
        Column("max_hours", "number", (N_("Most JP per person"),),
               N_("JP that one person may receive in the whole plan. Blank: no limit."), width=12),
        Column("release", "share", (N_("Released per period"),),
               N_("Share of the people that may be in class in one period. Blank: 100%."), width=12),
    ),
    N_("Groups of civil servants of like post, place and gaps."), needed=True,
)  # fmt: skip

GAPS: Final = Sheet(
    "gaps", ("Kesenjangan", "Gaps"),
    (Column("group", "name", (N_("Group"),), N_("Id of the group, as on the sheet of groups."), required=True,
            refers="groups", width=22),),
    N_("People below the job standard: one row per group, one column per competency. Blank: none."), matrix="gap:",
)  # fmt: skip

MENTORS: Final = Sheet(
    "mentor_pools", ("Mentor", "Mentors"),
    (
        Column("id", "name", (N_("Id"),), ID_NOTE, required=True, width=20),
        Column("name", "name", (N_("Name"),), NAME_NOTE, width=36),
        Column("share", "share", (N_("Share who mentor"),),
               N_("Mentors = this share of the people selected, rounded down. Required."), required=True, width=12),
        *selector("from", N_("From groups"), GROUP_ATTRIBUTES,
                  N_("Groups the mentors come from. Several values: separated by semicolons. All columns that are"
                     " filled in must match; all blank: everybody.")),
    ),
    N_("Seniors who may mentor; programmes name them."),
)  # fmt: skip
