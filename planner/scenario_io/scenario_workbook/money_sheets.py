"""Sheets about funds, free seats, rules and the objective."""

from __future__ import annotations

from typing import Final

from planner.locale import N_
from planner.scenario_io.scenario_workbook.columns import (
    COMPETENCY_ATTRIBUTES,
    FUND_ATTRIBUTES,
    GROUP_ATTRIBUTES,
    ITEM_ATTRIBUTES,
    PROGRAMME_ATTRIBUTES,
    FormColumn,
    Sheet,
    selector,
)
from planner.scenario_io.scenario_workbook.people_sheets import ID_NOTE, NAME_NOTE

_PAYS_NOTE: Final = N_(
    "What this fund may pay. Several values: separated by semicolons. All columns that are filled in must match;"
    " all blank: everything."
)
_WHERE_NOTE: Final = N_(
    "The part of the plan that the rule measures. Several values: separated by semicolons. All columns that are"
    " filled in must match; all blank: everything."
)
_BOUND_NOTE: Final = N_("A number in the unit of the measure, an amount in rupiah, or a share such as 30%.")

RELEASES_NOTE: Final = N_(
    "Share of the fund that may be spent by the end of the period, counted from the start. Blank: as in the period"
    " before, or 0% if there is none; all blank: 100%."
)

AMOUNTS_NOTE: Final = N_("What it has in this year, instead of an amount for the whole plan. Blank: nothing.")

FUNDS: Final = Sheet(
    "funds", ("Dana", "Funds"),
    (
        FormColumn("id", "name", (N_("Id"),), ID_NOTE, required=True, width=16),
        FormColumn("name", "name", (N_("Name"),), NAME_NOTE, width=36),
        FormColumn("kind", "choice", (N_("Kind of fund"),), N_("Own budget or a partner. Required."), required=True,
                   words="fund kind", width=12),
        FormColumn("amount", "amount", (N_("Amount (Rp)"),),
                   N_("What it has for the whole plan. Blank only where there are amounts per year."), width=20),
        FormColumn("max_share", "share", (N_("Most of a programme"),),
                   N_("Most it pays of each programme's total cost. Blank: 100%."), width=12),
        FormColumn("minimum", "amount", (N_("At least, if used (Rp)"),), N_("If used at all, at least this much."),
                   width=18),
        FormColumn("match.with", "name", (N_("Match"), N_("with fund")), N_("Id of the fund it gives along with."),
                   refers="funds", width=16),
        FormColumn("match.ratio", "number", (N_("Match"), N_("ratio")),
                   N_("It spends at most this many times what the other fund spends."), width=10),
        FormColumn("agreement_cost.amount", "amount", (N_("Agreement"), N_("cost (Rp)")),
                   N_("What using it costs own funds (an MoU)."), width=16),
        FormColumn("agreement_cost.account", "name", (N_("Agreement"), N_("account code")), "", width=20),
        FormColumn("chance", "share", (N_("Chance"),),
                   N_("Probability that the money arrives; for risk analysis, not for the base plan. Blank: 100%."),
                   width=10),
        FormColumn("agency", "name", (N_("Agency"),),
                   N_("Agency whose money this is: it pays for that agency's own groups. Blank: for all."), width=24),
        *selector("pays.programmes", N_("Pays programmes"), PROGRAMME_ATTRIBUTES, _PAYS_NOTE),
        *selector("pays.groups", N_("Pays for groups"), GROUP_ATTRIBUTES, _PAYS_NOTE),
        *selector("pays.items", N_("Pays items"), ITEM_ATTRIBUTES, _PAYS_NOTE),
        *selector("seats_cover", N_("Free seats cover"), ITEM_ATTRIBUTES,
                  N_("Participant items that cost nothing for a free seat. All blank: all of them.")),
        FormColumn("carry_over", "flag", (N_("Carry over"),),
                   N_("Of amounts per year: whether what is left of a year may be spent later. Blank: it lapses."),
                   words="yes or no", width=12),
    ),
    N_("The own budget and the partners, with their conditions; one more column releases.<period> for each period"
       " with a limit, and amounts.<year> for each year with an amount of its own."), needed=True,
)  # fmt: skip

SEATS: Final = Sheet(
    "seats", ("Kursi", "Seats"),
    (
        FormColumn("fund", "name", (N_("Fund"),), N_("Id of the fund that gives the seats."), required=True,
                   refers="funds", width=18),
        FormColumn("programme", "name", (N_("Programme"),), N_("Id of the programme, as on the sheet of programmes."),
                   required=True, refers="programmes", width=22),
        FormColumn("seats", "count", (N_("Free seats"),), N_("Free seats in this programme (people)."), required=True,
                   width=12),
    ),
    N_("Free (in-kind) seats that funds give."), under="seats",
)  # fmt: skip

RULES: Final = Sheet(
    "rules", ("Aturan", "Rules"),
    (
        FormColumn("name", "name", (N_("Rule"),), N_("What the rule says, as printed. Required."), required=True,
                   width=44),
        FormColumn("id", "name", (N_("Id"),), N_("Lets a scenario built on this one change the rule. May be blank."),
                   width=16),
        FormColumn("measure", "choice", (N_("Measure"),),
                   N_("What is counted: cost in rupiah, participants, JP, classes, or gaps closed. Required."),
                   required=True,
                   words="measure", width=20),
        FormColumn("at_least", "bound", (N_("At least"),), _BOUND_NOTE, width=16),
        FormColumn("at_most", "bound", (N_("At most"),), _BOUND_NOTE, width=16),
        FormColumn("soft.penalty", "number", (N_("As a goal"), N_("penalty")),
                   N_("Makes the rule a goal: weighted gaps lost per unit missed. Blank: the rule must hold."),
                   width=12),
        *selector("where.programmes", N_("Programmes"), PROGRAMME_ATTRIBUTES, _WHERE_NOTE),
        *selector("where.groups", N_("Groups"), GROUP_ATTRIBUTES, _WHERE_NOTE),
        *selector("where.competencies", N_("Competencies"), COMPETENCY_ATTRIBUTES, _WHERE_NOTE),
        *selector("where.funds", N_("Funds"), FUND_ATTRIBUTES, _WHERE_NOTE),
        *selector("where.items", N_("Cost items"), ITEM_ATTRIBUTES, _WHERE_NOTE),
        FormColumn("where.periods", "names", (N_("Periods"),), _WHERE_NOTE, refers="periods", width=16),
        FormColumn("per", "choice", (N_("For each"),),
                   N_("The bounds hold for each programme that runs, or each group, agency or location, by itself, a"
                      " share being of its own measure. Blank: for the plan as a whole."), words="unit of rule",
                   width=16),
        FormColumn("where.years", "names", (N_("Years"),), _WHERE_NOTE, width=12),
        FormColumn("of_years", "choice", (N_("Share of years"),),
                   N_("same: a share is of the years that the rule names. Blank: of all years."),
                   words="years of share", width=12),
    ),
    N_("Your own rules and goals; may stay empty."),
)  # fmt: skip

OBJECTIVE: Final = Sheet(
    "objective", ("Tujuan", "Objective"),
    (
        FormColumn("maximize", "choice", (N_("Maximise"),),
                   N_("Each row has either something to maximise or something to minimise."), words="maximize",
                   width=24),
        FormColumn("minimize", "choice", (N_("Minimise"),),
                   N_("Each row has either something to maximise or something to minimise."), words="minimize",
                   width=24),
        FormColumn("by", "choice", (N_("By"),), N_("Only for the smallest coverage: whose coverage."), words="bucket",
                   width=20),
    ),
    N_("What the plan is to achieve, most important first; each level is held while the next is sought."),
)  # fmt: skip
