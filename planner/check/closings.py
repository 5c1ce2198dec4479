"""Gaps closed: recomputed exactly from the participants, and compared with the rows of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from planner.check.people import willing
from planner.check.rows import StatedDecisions, anything, is_text, table
from planner.check.verdict import FindingLog
from planner.domain.scenario import Scenario
from planner.locale import _

Closings = dict[tuple[str, str], Fraction]
"""Gaps closed by (group, competency) with a gap, in file order [expected people]."""


def closed_gaps(scenario: Scenario, decisions: StatedDecisions) -> Closings:
    """closed[g,c] = min(gap[g,c] x r[g], sum_{p,t} closes[p,c] x x[g,p,t])."""
    trained: dict[tuple[str, str], int] = {}
    for (g, p, _t), people in decisions.participants.items():
        trained[g, p] = trained.get((g, p), 0) + people
    reached: Closings = {}
    for (g, p), people in trained.items():
        for competency, effect in scenario.programme[p].closes.items():
            reached[g, competency] = reached.get((g, competency), Fraction(0)) + effect * people
    closed: Closings = {}
    for group in scenario.groups:
        share = willing(group, decisions)
        for competency, gap in group.gaps.items():
            if gap > 0:
                closed[group.id, competency] = min(gap * share, reached.get((group.id, competency), Fraction(0)))
    return closed


def weighted_gaps(scenario: Scenario, closed: Closings) -> Fraction:
    """sum of weight_g x weight_c x closed[g,c]."""
    by_weight: dict[tuple[Fraction, Fraction], Fraction] = {}
    for (g, c), gaps in closed.items():
        weights = (scenario.group[g].weight, scenario.competency[c].weight)
        by_weight[weights] = by_weight.get(weights, Fraction(0)) + gaps
    return sum((of_group * of_competency * gaps for (of_group, of_competency), gaps in by_weight.items()), Fraction(0))


def check_closings(scenario: Scenario, plan: Mapping[str, Any], closed: Closings, log: FindingLog) -> None:
    """There is one row for each gap, in the order of the groups, with the need and what is closed of it."""
    columns = {"group": is_text, "competency": is_text, "need": anything, "closed": anything}
    stated: dict[tuple[str, str], None] = {}
    for place, row in table(plan, "closings", columns, log):
        key = (row["group"], row["competency"])
        if key not in closed or key in stated:
            log.find("closings", (place,), _("There is no such gap, or it is listed twice."))
            continue
        stated[key] = None
        log.equal("closings", (*key, "need"), row["need"], scenario.group[key[0]].gaps[key[1]])
        log.equal("closings", (*key, "closed"), row["closed"], closed[key])
    for key in closed:
        if key not in stated:
            sentence = _("The gap of group '{group}' in '{competency}' is not reported.")
            log.find("closings", key, sentence, group=key[0], competency=key[1])
    if len(stated) == len(closed) and [g for g, _c in stated] != [g for g, _c in closed]:
        log.find("closings", ("order",), _("The gaps are not in the order of the groups."))
