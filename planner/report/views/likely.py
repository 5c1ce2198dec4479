"""How sure "gaps closed" is: its range by chance, the overlap of gaps assumed, and the partners counted on."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from planner.domain.checks.warnings_people import people_sentences
from planner.domain.funds import Fund
from planner.locale import _
from planner.plans.mixed_groups import closable, closed_in_mixed, counted_in_mixed, mixed_groups
from planner.report.material import MOST_NAMED, Material, brief, named
from planner.report.wording.formats import places_of


def likely_in_short(material: Material) -> str:
    """Return the range in a few words: "8,601 to 8,703 (90%)"."""
    found = material.likely_range
    if not found.deviation:
        if _all_measured(material):
            return _("no range: everything is measured already")
        return _("no range: by the scenario, training closes each of these gaps (100%)")
    count = material.formats.count
    return _("{low} to {high} with 90% confidence").format(low=count(found.low), high=count(found.high))


def _all_measured(material: Material) -> bool:
    """Return whether results were measured and the plan takes no chance whose result is not known."""
    return bool(material.scenario.facts.examined) and not any(material.measures.chances.values())


def expected_in_words(material: Material, closed: str, share: str) -> str:
    """Return how many gaps are expected to be closed, with the range where there is one."""
    figures = {"closed": closed, "need": material.formats.count(material.plan.total_need), "share": share}
    if not material.likely_range.deviation:
        words = _(
            "{closed} of {need} competency gaps are closed ({share}): by the scenario, training closes each of these."
        )
        if _all_measured(material):
            words = _("{closed} of {need} competency gaps are closed ({share}): everything is measured already.")
        return words.format(**figures)
    words = _("An expected {closed} of {need} competency gaps are closed ({share}); likely range: {range}.")
    return words.format(**figures, range=likely_in_short(material))


def likely_sentence(material: Material) -> str:
    """Return what the range says, in plain words."""
    found = material.likely_range
    if not found.deviation:
        if _all_measured(material):
            return _("The number of gaps closed has no range: everything is measured already.")
        return _("The number of gaps closed has no range: by the scenario, training closes each of these gaps (100%).")
    formats = material.formats
    return _(
        "The number of gaps closed is an estimate: not everybody who is trained reaches the standard. In 9 of 10 cases"
        " it lies between {low} and {high}, if the chances of success are as the scenario states them."
    ).format(low=formats.count(found.low), high=formats.count(found.high))


def range_in_figures(material: Material) -> str:
    """Return how the range is calculated; empty where there is none."""
    found = material.likely_range
    if not found.deviation:
        return ""
    return _(
        "The range of gaps closed is the expectation (the average of what could happen) ± 1.645 times"
        " the standard deviation (how far results usually lie from it), here {deviation} gaps, "
        "computed from the allocations: 90% of results lie within. Every participant succeeds or not "
        "on their own with the chance that the scenario states; the range does not cover that these "
        "chances may be other than assumed."
    ).format(deviation=material.formats.number(found.deviation, 1))


def overlap_sentence(material: Material) -> str:
    """Return what the plan closes with the least possible overlap of gaps; empty where that makes no difference."""
    if not material.overlap_matters:
        return ""
    return _(
        "Some programmes close several competencies at once. The number assumes the best overlap: "
        "that the same people lack them, as far as the gaps allow. With the least possible overlap "
        "the same plan closes an expected {least} or more."
    ).format(least=material.formats.number(material.closed_at_least))


def people_sentence(material: Material) -> str:
    """Return what groups made of people do not say of them; empty for other groups, and where nothing is left out."""
    people = material.scenario.people
    if people is None or people.read is None:
        return ""
    sentences = [sentence[0].upper() + sentence[1:] for sentence in people_sentences(people.read)]
    if mixed_groups(material.scenario) and not material.scenario.facts:
        least, most = closed_in_mixed(material.scenario, material.plan)
        counted = counted_in_mixed(material.scenario, material.plan)
        names = {"counted": counted, "least": least, "most": most, "all": closable(material.scenario)}
        sentences.append(
            _(
                "In mixed groups the plan counts {counted} gaps closed (expected). Whoever is named there by the rule"
                " for lists of names, it is at least {least} and at most {most}. What is proven of the plan holds for"
                " plans by these groups: a plan by exact groups may close more or less, and of it only this is certain:"
                " whatever the money, it closes at most {all} in all."
            ).format(**{name: material.formats.number(value) for name, value in names.items()})
        )
    return " ".join(sentences)


def by_people_sentence(material: Material) -> str:
    """Return what the plan closes by who attends what in its patterns; empty where that is no less than it counts."""
    counted = material.closed_by_people
    if counted.closed >= material.plan.gaps_closed:
        return ""
    closed = material.formats.number(counted.closed)
    if counted.exact and material.scenario.people is not None:  # names follow the patterns
        return _(
            "Counted person by person it closes {closed}: some people attend several programmes for the same gap,"
            " which closes only once."
        ).format(closed=closed)
    return _(
        "Counted person by person, by the plan's own attendance patterns, it closes at most {closed}: some people"
        " attend several programmes for the same gap, which closes only once. The {counted} that the plan counts assume"
        " that others attend in their place."
    ).format(closed=closed, counted=material.gaps_in_words(material.plan.gaps_closed))


def uncertain_partners_sentence(material: Material, most: int = MOST_NAMED) -> str:
    """Return the partners that may not come and whose money and seats the plan takes first; empty without any.

    Of many partners `most` are named, those with the least chance first; the chance is that all of them come.
    """
    spent, seats = material.measures.cost_by_fund, material.measures.seats_by_fund
    counted_on = [f for f in material.scenario.funds if not f.own and (spent[f.id] or seats[f.id])]
    doubtful = [fund for fund in counted_on if fund.chance < 1]
    if not doubtful:
        return ""
    share = material.formats.given_share
    shown = doubtful if len(doubtful) <= most else sorted(doubtful, key=lambda fund: fund.chance)

    def with_chance(fund: Fund) -> str:
        return _("{fund} ({share})").format(fund=brief(fund.label), share=share(fund.chance))

    partners = named([with_chance(fund) for fund in shown], most)
    if len(doubtful) == 1:  # not by ngettext: Indonesian has one form, and would say the one chance twice
        return _(
            "The plan takes what a partner offers before own money, as if it were certain: "
            "{partners}. The percentage is the chance that it comes."
        ).format(partners=partners)
    together = prod((fund.chance for fund in doubtful), start=Fraction(1))
    places = max(1, *(places_of(fund.chance * 100) for fund in doubtful))
    return _(
        "The plan takes what partners offer before own money, as if it were certain: {partners}. The chance that all of"
        " them come is {chance}."
    ).format(partners=partners, chance=material.formats.share(together, places))
