"""Sheets about what programmes need beside money: places, trainers and rooms, and other programmes."""

from __future__ import annotations

from typing import Final

from planner.locale import N_
from planner.scenario_io.scenario_workbook.columns import FormColumn, Sheet
from planner.scenario_io.scenario_workbook.people_sheets import ID_NOTE, NAME_NOTE

AMOUNT_NOTE: Final = N_("What there is in this period. Blank: 0, if another period is filled in.")

RESOURCES: Final = Sheet(
    "resources", ("Sumber daya", "Resources"),
    (
        FormColumn("id", "name", (N_("Id"),), ID_NOTE, required=True, width=20),
        FormColumn("name", "name", (N_("Name"),), NAME_NOTE, width=36),
        FormColumn("unit", "name", (N_("Unit"),), N_("Unit of the amounts, such as orang-malam, JP or ruang."),
                   width=14),
        FormColumn("amount", "number", (N_("In every period"),),
                   N_("What there is in each period. Leave it blank if it differs, and fill in the columns"
                      " amount.<period>."),
                   width=14),
    ),
    N_("Places, trainers and rooms, of which each period has only so much; one more column amount.<period> for each"
       " period where it differs."),
)  # fmt: skip

USES: Final = Sheet(
    "uses", ("Pemakaian", "Uses"),
    (
        FormColumn("programme", "name", (N_("Programme"),), N_("Id of the programme, as on the sheet of programmes."),
                   required=True, refers="programmes", width=22),
        FormColumn("resource", "name", (N_("Resource"),), N_("Id on the sheet of resources."), required=True,
                   refers="resources", width=20),
        FormColumn("per", "choice", (N_("Used per"),),
                   N_("Used for each participant, for each class, or by the programme in every period it runs."
                      " Required."), required=True, words="per", width=12),
        FormColumn("amount", "number", (N_("In all"),),
                   N_("Units for the whole run. Leave it blank if units for each period are given."), width=12),
        FormColumn("each_period", "number", (N_("In each period"),),
                   N_("Units in every period of the run, instead of the amount in all."), width=12),
    ),
    N_("What programmes use of the resources."), under="uses",
)  # fmt: skip

CHOICES: Final = Sheet(
    "choices", ("Pilihan", "Choices"),
    (
        FormColumn("relation", "choice", (N_("Relation"),),
                   N_("They run together or not at all; they run only if another does; or at most one of them runs."
                      " Required."), required=True, words="relation", width=20),
        FormColumn("programmes", "names", (N_("Programmes"),),
                   N_("Ids of programmes, separated by semicolons. Required."),
                   required=True, refers="programmes", width=40),
        FormColumn("needed", "name", (N_("Only if this runs"),),
                   N_("Id of the programme without which they do not run; only for that relation."),
                   refers="programmes", width=20),
    ),
    N_("Which programmes run together, only with another, or not beside one another; may stay empty."),
)  # fmt: skip
