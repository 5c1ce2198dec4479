"""Sheets about the programmes: what they are, what they close, what they cost, and prices that depend on the group."""

from __future__ import annotations

from typing import Final

from planner.locale import N_
from planner.scenario_io.scenario_workbook.columns import GROUP_ATTRIBUTES, FormColumn, Sheet, selector
from planner.scenario_io.scenario_workbook.people_sheets import ID_NOTE, NAME_NOTE
from planner.scenario_io.scenario_workbook.price_codes import CEILING_CODE, PRICE_CODE

OFFERED: Final = "offered"
"""Column of activities that are there to choose from."""

PROGRAMMES: Final = Sheet(
    "programmes", ("Program", "Programmes"),
    (
        FormColumn("id", "name", (N_("Id"),), ID_NOTE, required=True, width=20),
        FormColumn("name", "name", (N_("Name"),), NAME_NOTE, width=40),
        FormColumn("form", "name", (N_("Form"),),
                   N_("pelatihan, bimtek, e-learning, mentoring, coaching, magang, seminar, workshop, … Blank:"
                      " pelatihan."), width=14),
        FormColumn("tags", "names", (N_("Tags"),), N_("Free marks for choosing programmes, separated by semicolons."),
                   width=16),
        FormColumn("provider", "name", (N_("Provider"),), N_("Who holds it, as printed."), width=20),
        FormColumn("hours", "number", (N_("JP"),), N_("JP per participant. Blank: 0."), width=8),
        FormColumn("class_size.min", "count", (N_("Class"), N_("fewest people")),
                   N_("Fewest people a class runs with. Blank: 1."), width=10),
        FormColumn("class_size.max", "count", (N_("Class"), N_("most people")),
                   N_("Most people of a class. Blank: the programme has no classes (self-paced, mentoring)."),
                   width=10),
        FormColumn("classes.min", "count", (N_("Classes"), N_("fewest")),
                   N_("Fewest classes if the programme runs at all. Blank: 0."), width=10),
        FormColumn("classes.max", "count", (N_("Classes"), N_("most")),
                   N_("Most classes in the whole plan. Blank: no limit."), width=10),
        FormColumn("classes.per_period", "count", (N_("Classes"), N_("most per period")),
                   N_("Most classes in one period. Blank: no limit."), width=10),
        FormColumn("periods", "names", (N_("Periods"),),
                   N_("Periods in which it may start, separated by semicolons. Blank: all."), refers="periods",
                   width=16),
        FormColumn("requires", "names", (N_("Requires"),),
                   N_("Ids of programmes to be finished before, separated by semicolons; b | c where one of them is"
                      " enough. What lasts one period may be taken in the same period."),
                   refers="programmes", width=18),
        FormColumn("mentors.pool", "name", (N_("Mentors"), N_("pool")), N_("Id on the sheet of mentors."),
                   refers="mentor_pools", width=16),
        FormColumn("mentors.mentees_each", "count", (N_("Mentors"), N_("participants each")),
                   N_("Participants that one mentor takes in a period."), width=12),
        *selector("for", N_("Open to"), GROUP_ATTRIBUTES,
                  N_("Who may take part. Several values: separated by semicolons. All columns that are filled in"
                     " must match; all blank: everybody who has the gap.")),
        FormColumn("days", "numbers", (N_("Training days"),),
                   N_("Days away from work per participant; 0 for what is done beside work. Several periods: days of"
                      " each, separated by semicolons. Blank: JP / JP in one training day."), width=10),
        FormColumn("lasts", "count", (N_("Lasts"), N_("periods")), N_("Periods that it runs. Blank: 1."), width=8),
        FormColumn("smallest", "count", (N_("Fewest of a group"),),
                   N_("Fewest participants of a group that start it in a period, if any do. Blank: 1."), width=10),
        FormColumn("activity", "name", (N_("Sub-activity"),),
                   N_("Code of the sub-activity (sub kegiatan) it is budgeted under."), refers="activities",
                   width=22),
        FormColumn("dates", "names", (N_("Days of classes"),),
                   N_("Days of the classes whose days are fixed, separated by semicolons: 5-7 April 2027;"
                      " 2027-04-19/2027-04-21. They change no plan."), width=30),
    ),
    N_("Programmes that may be held."), needed=True,
)  # fmt: skip

ACTIVITIES: Final = Sheet(
    "activities", ("Kegiatan", "Activities"),
    (
        FormColumn("code", "name", (N_("Code"),), N_("Code of the sub kegiatan, as text."), required=True, width=22),
        FormColumn("name", "text", (N_("Name"),), NAME_NOTE, width=60),
        FormColumn("indicator", "text", (N_("Indicator"),), N_("Performance indicator, as printed."), width=40),
        FormColumn("target_unit", "name", (N_("Unit of the target"),), N_("For example orang."), width=16),
        FormColumn(OFFERED, "flag", (N_("Offered"),),
                   N_("Yes: there to choose from; it is read only if a programme names it."), words="yes or no",
                   width=12),
    ),
    N_("Activities of the budget (sub kegiatan), which programmes name by their code."), optional=True,
)  # fmt: skip

CLOSES: Final = Sheet(
    "closes", ("Penutupan", "Closes"),
    (FormColumn("programme", "name", (N_("Programme"),), N_("Id of the programme, as on the sheet of programmes."),
            required=True, refers="programmes", width=22),),
    N_("Expected share of participants whose gap is closed: one row per programme, one column per competency,"
       " for example 85%. Blank: the programme does not teach it."), needed=True, matrix="closes:",
)  # fmt: skip

COSTS: Final = Sheet(
    "costs", ("Biaya", "Costs"),
    (
        FormColumn("programme", "name", (N_("Programme"),), N_("Id of the programme, as on the sheet of programmes."),
                   required=True, refers="programmes", width=22),
        FormColumn("item", "name", (N_("Cost item"),), N_("What is paid for, as printed. Required."), required=True,
                   width=36),
        FormColumn("account", "name", (N_("Account code"),), N_("Account code (kode rekening), as text."), width=20),
        FormColumn("per", "choice", (N_("Due per"),),
                   N_("Due for each participant, for each class, or once if the programme runs at all. Required."),
                   required=True, words="per", width=12),
        FormColumn("quantity", "product", (N_("Quantity"),),
                   N_("Units for each participant, class or programme (koefisien): a number, or up to four factors"
                      " such as 4 OJ x 3 hari. Blank: 1."), width=16),
        FormColumn("unit", "name", (N_("Unit"),), N_("For example OJ, OH, OK."), width=10),
        FormColumn("price", "amount", (N_("Price (Rp)"),),
                   N_("Price of one unit. Leave it blank if a price list is named."), width=16),
        FormColumn("price_list", "name", (N_("Price list"),),
                   N_("List on the sheet of prices, for a price that depends on the participant's group."),
                   refers="prices", width=20),
        FormColumn("tax", "share", (N_("Tax"),),
                   N_("Tax on top of the price, such as 11%; on one unit it is whole rupiah. Blank: none."), width=10),
        FormColumn(PRICE_CODE, "name", (N_("Price"), N_("code in the list")),
                   N_("Code on the sheet of the price list (SSH, SBU), instead of a price of your own. Unit and, where"
                      " there is only one, account come with it."), refers="price_lists", width=26),
        FormColumn(CEILING_CODE, "name", (N_("Ceiling"), N_("code in the list")),
                   N_("Code on the sheet of the price list that your own price may not exceed."),
                   refers="price_lists", width=26),
    ),
    N_("Cost lines of the programmes."),
)  # fmt: skip

PRICES: Final = Sheet(
    "prices", ("Harga", "Prices"),
    (
        FormColumn("list", "name", (N_("Price list"),), N_("A name of your choice, which cost lines refer to."),
                   required=True, width=22),
        FormColumn("by", "choice", (N_("Depends on"),), N_("What of the participant's group the price depends on."),
                   required=True, words="price by", width=18),
        FormColumn("value", "name", (N_("For"),),
                   N_("The place, agency, … that pays this price; 'default' for those not listed."), width=24),
        FormColumn("price", "amount", (N_("Price (Rp)"),), N_("Price of one unit."), width=16),
        FormColumn(PRICE_CODE, "name", (N_("Price"), N_("code in the list")),
                   N_("Code on the sheet of the price list (SSH, SBU), instead of a price of your own."),
                   refers="price_lists", width=26),
    ),
    N_("Prices that depend on the participant's group, such as travel by location."),
)  # fmt: skip
