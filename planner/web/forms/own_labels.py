"""Names of the keys that no sheet of the workbook has, and of the parts of a scenario, in English."""

from __future__ import annotations

from typing import Final

from planner.locale import N_

_OF_DOCUMENTS: Final[dict[str, tuple[str, str]]] = {
    "legal_basis": (N_("Legal basis"), ""),
    "background": (N_("Background"), ""),
    "aims": (N_("Aims"), ""),
    "indicators": (N_("Performance indicators"), ""),
    "beneficiaries": (N_("Beneficiaries"), ""),
    "method": (N_("Method"), ""),
    "schedule": (N_("Schedule"), ""),
    "cost": (N_("Cost"), ""),
    "closing": (N_("Closing"), ""),
    "letter": (N_("Covering letter"), ""),
}

OWN: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "Scenario": {"extends": (N_("Builds on"), N_("File whose scenario this one changes."))},
    "Identity": {
        "floor": (N_("Legal floor"), N_("What the law asks to be spent on training; reported, not a rule.")),
        "citations": (N_("Sources of the legal figures"), ""),
        "sources": (N_("Sources of figures"), N_("One on each line; printed in the report.")),
        "assumptions": (N_("Assumptions"), N_("One on each line; printed in the report.")),
        "logo": (N_("Logo"), N_("A PNG or SVG file beside the scenario.")),
        "signatories": (N_("Signatories"), N_("Who signs the documents; the first signs the covering letter.")),
    },
    "Floor": {"citation": (N_("Source of the legal floor"), "")},
    "Citations": {"hours_target": (N_("Source of the target of JP"), "")},
    "Signatory": {
        "role": (N_("Role"), N_("As printed above the signature.")),
        "name": (N_("Name"), ""),
        "nip": (N_("NIP"), N_("18 digits.")),
        "rank": (N_("Rank (pangkat)"), ""),
    },
    "Period": {"id": (N_("Id"), N_("Name of the period, such as TW1."))},
    "Group": {
        "tags": (N_("Tags"), N_("Free marks for choosing groups, one on each line.")),
        "gaps": (N_("Gaps"), N_("People below the job standard, by competency. Blank: none.")),
        "new_gaps": (N_("New gaps"), N_("People who fall below the job standard from a year on. Blank: none.")),
        "socialization": (N_("Socialization"), N_("What would make more of them willing, and at what cost.")),
        "completed": (N_("Completed before"), N_("People who attended a programme before this plan begins.")),
    },
    "MentorPool": {"from": (N_("From groups"), N_("Groups the mentors come from; nothing chosen: everybody."))},
    "Programme": {
        "tags": (N_("Tags"), N_("Free marks for choosing programmes, one on each line.")),
        "days": (N_("Training days"),
                 N_("Days away from work per participant; 0 for what is done beside work. Days of each period of a"
                    " longer run: separated by semicolons.")),
        "dates": (N_("Days of classes"),
                  N_("Days of the classes that are fixed already, such as 5-7 April 2027, one on each line. They change"
                     " no plan.")),
        "periods": (N_("Periods"), N_("Periods in which it may start; none chosen: all.")),
        "requires": (N_("Requires"),
                     N_("Programmes to be finished before, one in each row; several in a row where one of them is"
                        " enough.")),
        "closes": (N_("Closes"), N_("Expected share of participants whose gap is closed, for example 85%.")),
        "for": (N_("Open to"), N_("Groups that may take part; nothing chosen: all who have the gap.")),
        "class_size": (N_("Size of a class"), N_("Blank: the programme has no classes (self-paced, mentoring).")),
        "classes": (N_("Number of classes"), ""),
        "mentors": (N_("Mentors"), ""),
        "uses": (N_("Uses of resources"), N_("What it uses of places, trainers and rooms.")),
        "costs": (N_("Cost lines"), N_("What it costs per participant, per class, or once.")),
    },
    "Mentoring": {"pool": (N_("Mentors"), "")},
    "CostItem": {
        "account": (N_("Account code"), N_("Account code (kode rekening), as text.")),
        "price": (N_("Price"), N_("Price of one unit [Rp].")),
        "quantity": (N_("Quantity"),
                     N_("Units for each participant, class or programme (koefisien): a number, or up to four factors"
                        " such as 4 OJ x 3 hari. Blank: 1.")),
        "ceiling": (N_("Ceiling"),
                    N_("Entries of price lists that the price may not exceed; where the price depends on something,"
                       " for which of its values, or for all.")),
    },
    "PriceBy": {
        "by": (N_("Depends on"), N_("What of the participant's group the price depends on; or the year.")),
        "default": (N_("For all others"), N_("Price of those not named.")),
        "prices": (N_("Prices"), ""),
    },
    "ListedPrice": {"from": (N_("Price list"), ""), "code": (N_("Code in the list"), ""), "of": (N_("Of"), "")},
    "PriceListFile": {
        "table": (N_("File"), N_("CSV file or XLSX workbook beside the scenario.")),
        "sheet": (N_("Sheet"), N_("Of a workbook, if it has several.")),
        "column": (N_("Column of the prices"), N_("Its head, if several columns have prices.")),
    },
    "Choices": {
        "together": (N_("Together"), N_("Programmes that all run or all do not, in one row.")),
        "only_if": (N_("Only if"), N_("The programme without which this one does not run.")),
        "at_most_one_of": (N_("At most one of"), N_("Programmes of which at most one runs, in one row.")),
    },
    "Fund": {
        "amounts": (N_("Amounts per year (Rp)"), N_("Instead of an amount for the whole plan.")),
        "releases": (N_("Releases"),
                     N_("Share that may be spent by the end of each period, for example 40%. Blank: as before.")),
        "pays": (N_("What it may pay"), N_("Nothing chosen: everything.")),
        "match": (N_("Match"), N_("It gives only along with another fund.")),
        "agreement_cost": (N_("Agreement"), N_("What using it costs own funds (an MoU).")),
        "seats": (N_("Free seats"), N_("Free (in-kind) seats by programme.")),
        "seats_cover": (N_("Free seats cover"),
                        N_("Participant items that cost nothing for a free seat; nothing chosen: all of them.")),
        "minimum": (N_("At least, if used (Rp)"), N_("If used at all, at least this much.")),
    },
    "Match": {"with": (N_("With fund"), N_("The fund it gives along with."))},
    "AgreementCost": {"amount": (N_("Cost (Rp)"), "")},
    "Pays": {"programmes": (N_("Pays programmes"), ""), "groups": (N_("Pays for groups"), ""),
             "items": (N_("Pays items"), "")},
    "Rule": {
        "where": (N_("What is measured"),
                  N_("The part of the plan that the rule measures; nothing chosen: all of it.")),
        "soft": (N_("As a goal"), N_("Filled in, the rule may be missed at a price; blank, it must hold.")),
    },
    "Where": {
        "programmes": (N_("Programmes"), ""), "groups": (N_("Groups"), ""), "competencies": (N_("Competencies"), ""),
        "funds": (N_("Funds"), ""), "items": (N_("Cost items"), ""), "periods": (N_("Periods"), ""),
        "years": (N_("Years"), ""),
    },
    "Actuals": {
        "table": (N_("Workbook or folder"), N_("XLSX workbook or folder of CSV files that has all of these lists.")),
        "through": (N_("Last period that is over"), N_("The rest is planned anew.")),
        "attended": (N_("Attended"), N_("Who attended what.")),
        "held": (N_("Classes held"), ""),
        "paid": (N_("Payments"), ""),
        "committed": (N_("Committed classes"), N_("Classes of later periods that are promised already.")),
        "seats": (N_("Free seats given"), ""),
    },
    "Attended": {"closed": (N_("Gaps closed as measured"), N_("Blank: not measured, so they count as expected."))},
    "Narrative": {
        "file": (N_("Text file"), N_("Markdown file beside the scenario, with a heading for each section.")),
        **_OF_DOCUMENTS,
        "activities": (N_("Of single sub-activities"), ""),
        "replaces": (N_("Sections that stand alone"),
                     N_("Instead of what the program writes there, one on each line.")),
    },
    "Sections": _OF_DOCUMENTS,
}  # fmt: skip
"""Label and help of keys, by the name of the record."""

SECTIONS: Final[dict[str, tuple[str, str]]] = {
    "scenario": (N_("Scenario"), N_("What it is called, for whom and which year, and where its figures come from.")),
    "periods": (N_("Periods and years"), N_("Periods in which programmes are held, in order of time.")),
    "competencies": (N_("Competencies"), N_("Competencies of the job standard that people may lack.")),
    "groups": (N_("Groups"), N_("Groups of civil servants of like post, place and gaps.")),
    "programmes": (N_("Programmes and costs"), N_("Programmes that may be held, what they teach, and what they cost.")),
    "funds": (N_("Funds and partners"), N_("The own budget and the partners, with their conditions.")),
    "rules": (N_("Rules"), N_("Your own rules and goals; may stay empty.")),
    "objective": (N_("Objective"), N_("What the plan is to achieve, most important first; each level is held while the"
                                      " next is sought.")),
    "resources": (N_("Resources"), N_("Places, trainers and rooms, of which each period has only so much.")),
    "mentor_pools": (N_("Mentors"), N_("Seniors who may mentor; programmes name them.")),
    "activities": (N_("Sub-activities"),
                   N_("Activities of the budget (sub kegiatan), which programmes name by their code.")),
    "choices": (N_("Relations of programmes"),
                N_("Which programmes run together, only with another, or not beside one another.")),
    "actuals": (N_("What has happened"), N_("What has been attended, held and paid; the rest is planned anew.")),
    "narrative": (N_("Words of the documents"), N_("Your own sentences for terms of reference, letter and report.")),
    "price_lists": (N_("Price lists"), N_("Tables of prices (SSH, SBU) that cost lines name by code.")),
}  # fmt: skip
"""Name and purpose of each part of a scenario."""
