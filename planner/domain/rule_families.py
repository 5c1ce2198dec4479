"""The rule families: one name for each rule of a plan, used by model, checker, scenario format, report and docs.

An entry `max_hours` means: the file planner/model/rules/max_hours.py makes its rows, whose docstrings state their
meaning, mathematics and unit; tests/rules/test_max_hours.py proves them; the checker reports a broken plan as
`max_hours`; planners state the rule in a scenario under `keys`; and the report names it as a `cause` of open gaps.

The entries are in the order of their rows in the model, which decides between plans that are equally good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from planner.locale import N_


@dataclass(frozen=True, slots=True)
class RowFamily:
    """Rows of the model that have one formula; each row is named `name__n`."""

    name: str
    """Name of the function that makes the rows, and of their golden LP file."""
    found_as: str = ""
    """Name of the rule that the checker finds broken, where it is not that of the entry."""
    asks: bool = False
    """Whether rows of `<=` state a minimum: facts do not relax them."""


@dataclass(frozen=True, slots=True)
class RuleFamily:
    """One rule that every plan keeps."""

    name: str
    title: str
    """What documents call it; translated when shown."""
    keys: tuple[str, ...]
    """Where a scenario states it: dotted keys of the format."""
    rows: tuple[RowFamily, ...] = ()
    """Its rows in the model; none where the model has no variable that could break it."""
    kind: Literal["limit", "definition", "cut"] = "limit"
    """Limits exclude plans; definitions tie variables to others; cuts follow from limits and speed up the search."""
    cause: str = ""
    """The cause of open gaps that the report names, where this rule is the reason."""

    def found_as(self, rows: RowFamily) -> str:
        """Return the name under which the checker reports `rows` as broken."""
        return rows.found_as or self.name


RULE_FAMILIES: Final = (
    RuleFamily(
        "eligibility",
        N_("who may attend which programme, and when"),
        ("programmes.for", "programmes.closes", "programmes.periods", "programmes.lasts"),
        cause="no_programme",
    ),
    RuleFamily("fund_pays", N_("who may pay for what"), ("funds.pays",)),
    RuleFamily(
        "trained",
        N_("participants over all periods"),
        ("periods",),
        (RowFamily("trained", "uptake"),),
        kind="definition",
    ),
    RuleFamily(
        "closings",
        N_("gaps closed"),
        ("programmes.closes", "groups.gaps", "groups.new_gaps"),
        (
            RowFamily("closings_by_training"),
            RowFamily("closings_by_need"),
            RowFamily("closings_by_agency"),
            RowFamily("closings_by_year"),
        ),
        kind="definition",
        cause="success",
    ),
    RuleFamily(
        "uptake",
        N_("willingness to take part"),
        ("groups.uptake", "groups.socialization", "groups.gaps", "groups.new_gaps", "groups.agency"),
        (RowFamily("uptake"), RowFamily("uptake_of_agency")),
        cause="unwilling",
    ),
    RuleFamily(
        "socialization",
        N_("socialization where it brings people"),
        ("groups.socialization",),
        (RowFamily("socialization"),),
    ),
    RuleFamily(
        "smallest",
        N_("fewest people of a group in a programme"),
        ("programmes.smallest",),
        (RowFamily("smallest"),),
        cause="smallest",
    ),
    RuleFamily(
        "class_size",
        N_("class size"),
        ("programmes.class_size",),
        (RowFamily("class_size_min"), RowFamily("class_size_max")),
        cause="classes",
    ),
    RuleFamily(
        "classes",
        N_("number of classes"),
        ("programmes.classes", "actuals.committed"),
        (
            RowFamily("classes_min", asks=True),
            RowFamily("classes_max"),
            RowFamily("nobody_without_running", "cost"),
            RowFamily("committed"),
        ),
        cause="classes",
    ),
    RuleFamily(
        "max_hours",
        N_("lesson hours (JP) of one person"),
        ("groups.max_hours", "programmes.hours"),
        (RowFamily("max_hours"), RowFamily("max_hours_courses")),
        cause="hours",
    ),
    RuleFamily(
        "attendance",
        N_("what one person can attend"),
        ("groups.headcount", "groups.uptake", "groups.max_hours", "periods.working_days", "programmes.requires"),
        (RowFamily("attendees"), RowFamily("attendance")),
        cause="hours",
    ),
    RuleFamily(
        "release",
        N_("working days away from work in one period"),
        ("groups.release", "programmes.days", "programmes.lasts", "hours_per_day", "periods.working_days"),
        (RowFamily("release"),),
        cause="release",
    ),
    RuleFamily(
        "requires",
        N_("prerequisites"),
        ("programmes.requires", "groups.completed", "programmes.lasts"),
        (RowFamily("requires"),),
    ),
    RuleFamily(
        "mentors",
        N_("mentors of a pool"),
        ("mentor_pools", "programmes.mentors"),
        (RowFamily("mentors"),),
        cause="mentors",
    ),
    RuleFamily(
        "resources",
        N_("places, trainers and rooms"),
        ("resources", "programmes.uses"),
        (RowFamily("running_in_period", "resources"), RowFamily("resources")),
        cause="resources",
    ),
    RuleFamily(
        "choices",
        N_("choices between programmes"),
        ("choices.together", "choices.only_if", "choices.at_most_one_of"),
        (RowFamily("choices"),),
        cause="choices",
    ),
    RuleFamily(
        "seats",
        N_("free seats"),
        ("funds.seats",),
        (RowFamily("seats_taken"), RowFamily("seats_given")),
    ),
    RuleFamily(
        "cost",
        N_("payment of every cost"),
        ("programmes.costs", "groups.socialization.cost", "funds.agreement_cost", "funds.seats_cover", "price_growth"),
        (RowFamily("cost"),),
        cause="money",
    ),
    RuleFamily(
        "one_off",
        N_("when one-off costs are paid"),
        ("programmes.costs", "groups.socialization.cost", "funds.agreement_cost"),
        (RowFamily("one_off_paid"), RowFamily("one_off_before_use"), RowFamily("one_off_in_year")),
        cause="money",
    ),
    RuleFamily(
        "fund_amount",
        N_("amount of a fund"),
        ("funds.amount", "funds.amounts", "funds.carry_over"),
        (RowFamily("fund_amount"),),
        cause="money",
    ),
    RuleFamily(
        "fund_releases",
        N_("release of a fund in steps"),
        ("funds.releases",),
        (RowFamily("fund_releases"),),
        cause="money",
    ),
    RuleFamily(
        "fund_max_share",
        N_("largest share of a programme that a fund pays"),
        ("funds.max_share",),
        (RowFamily("fund_max_share"),),
        cause="money",
    ),
    RuleFamily(
        "fund_match",
        N_("matching fund"),
        ("funds.match",),
        (RowFamily("fund_match"),),
        cause="money",
    ),
    RuleFamily(
        "fund_minimum",
        N_("least payment of a fund that is used"),
        ("funds.minimum", "funds.agreement_cost"),
        (RowFamily("fund_minimum"),),
    ),
    RuleFamily("rules", N_("the planner's own rules"), ("rules",), (RowFamily("rules"),), cause="rules"),
    RuleFamily(
        "closings_exact",
        N_("gaps closed under a cap"),
        ("rules.at_most", "groups.agency"),
        (
            RowFamily("closings_exact", "closings"),
            RowFamily("chances_exact", "closings"),
            RowFamily("years_exact", "closings"),
        ),
        kind="definition",
    ),
    RuleFamily(
        "closings_until",
        N_("gaps closed in some years"),
        ("rules.where", "groups.new_gaps"),
        (RowFamily("closings_until", "closings"), RowFamily("until_exact", "closings")),
        kind="definition",
    ),
    RuleFamily(
        "smallest_coverage",
        N_("smallest coverage"),
        ("objective.maximize",),
        (RowFamily("smallest_coverage", "objective"),),
        kind="definition",
    ),
    RuleFamily(
        "closings_cut",
        N_("rounding cut on gaps closed"),
        ("programmes.closes", "groups.gaps"),
        (RowFamily("closings_cut", "closings"),),
        kind="cut",
    ),
)
"""Every rule family. To add a rule: its file in planner/model/rules/, an entry here, and its test file."""

STATEMENTS: Final = {
    "form": N_("form of plan.json"),
    "scenario": N_("the scenario that a plan is for"),
    "actuals": N_("what has happened already"),
    "totals": N_("totals of a plan"),
    "objective": N_("levels of the objective"),
    "bound": N_("bound and gap of a plan"),
    "status": N_("status and claim of a plan"),
}
"""Statements of a plan about itself that the checker verifies, beside the rules."""

CHECKED: Final = (
    frozenset(STATEMENTS) | {family.name for family in RULE_FAMILIES if family.kind == "limit"} | {"closings"}
)
"""Every name under which the checker reports a finding."""


def family_of(row_family: str) -> RuleFamily:
    """Return the rule family whose rows have this name. Raises KeyError where there is none."""
    return _BY_ROWS[row_family]


_BY_ROWS: Final = {rows.name: family for family in RULE_FAMILIES for rows in family.rows}
