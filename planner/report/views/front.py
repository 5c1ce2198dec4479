"""The front page for those who decide on the budget: what is asked, what it gives, and what the answers say.

Its figures are those of the checked plan and of answers that were asked; where an answer has not been asked for, the
page names the command that gives it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from planner.domain.funds import Fund
from planner.locale import N_, _, ngettext
from planner.report.material import Material, brief, named
from planner.report.views.likely import expected_in_words, uncertain_partners_sentence
from planner.report.views.section import Matter, Section
from planner.report.wording.money_left import why_left

MOST_FUNDS: Final = 4
"""Maximum number of funds that are named; of others their number is said."""

_ASK: Final[Mapping[Matter, tuple[str, ...]]] = {
    "last_tenth": ("cuts", "curve"),
    "rules": ("rules",),
    "partners": ("dropout", "partners"),
    "cheaper": ("alternatives", "curve"),
}
"""The questions that answer each matter, the best first."""

_QUESTIONS: Final[Mapping[Matter, str]] = {
    "last_tenth": N_("What does the last 10% of the money close?"),
    "rules": N_("Which rule costs most?"),
    "partners": N_("What if partners do not come?"),
    "cheaper": N_("Is there a cheaper way?"),
}


@dataclass(frozen=True, slots=True)
class FrontRow:
    """One question of the front page with its answer, and a link to where it is answered in full."""

    question: str
    sentences: tuple[str, ...]
    link: str = ""
    """Anchor in the document, or page beside it."""
    link_text: str = ""
    unasked: str = ""
    """Name of the what-if question that would answer it, where that has not been asked."""


@dataclass(frozen=True)
class Front:
    """The front page."""

    rows: tuple[FrontRow, ...]
    document: str = ""
    """Address of the document that links lead into, where the front page stands outside it."""
    questions: str = ""
    """Address of the pages of questions, where they can be asked there; a command answers them otherwise."""


def front(material: Material, asked: Mapping[str, Sequence[Section]], anchors: Collection[str]) -> Front:
    """Return the front page. `asked` are the sections of answers by question, `anchors` those of the document: an
    answer that is not in it is on a page beside it."""
    made = _Answers(material, asked, anchors)
    rows = [
        made.link(FrontRow(_("What is asked?"), tuple(_asked(material))), "funds", _("Funding sources")),
        made.link(FrontRow(_("What does it give?"), tuple(_given(material))), "summary", _("Summary")),
    ]
    if any(fund.own and fund.amount for fund in material.scenario.funds):
        left = FrontRow(_("Why is money left?"), tuple(_left(material)))
        rows += [made.row("last_tenth"), made.link(left, "funds", _("Funding sources"))]
    if material.scenario.rules:
        rows.append(made.row("rules"))
    if any(not fund.own for fund in material.scenario.funds):
        rows.append(made.row("partners", uncertain_partners_sentence(material, MOST_FUNDS)))
    if material.plan.total_cost:
        rows.append(made.row("cheaper"))
    return Front(tuple(rows))


@dataclass(frozen=True)
class _Answers:
    """What has been asked, as rows of the front page."""

    material: Material
    asked: Mapping[str, Sequence[Section]]
    anchors: Collection[str]

    def link(self, row: FrontRow, anchor: str, text: str) -> FrontRow:
        """Return the row with a link to a section, where the document has it."""
        return replace(row, link=f"#{anchor}", link_text=text) if anchor in self.anchors else row

    def row(self, matter: Matter, first: str = "") -> FrontRow:
        """Return the row of a matter: what the best answer says, where it is, or the command that gives it."""
        before = (first,) if first else ()
        asks = _ASK[matter]
        if matter == "partners" and not first:  # partners that all certainly come leave nothing to ask of dropping out
            asks = asks[::-1]
        known = [name for name in asks if name in self.asked]
        said = [
            (name, section, gist.sentence)
            for name in known
            for section in self.asked[name]
            for gist in section.gists
            if gist.matter == matter
        ]
        question = _(_QUESTIONS[matter])
        if said:
            name, section, sentence = said[0]
            return FrontRow(question, (*before, sentence), *self._link(name, section))
        if known and self.asked[known[0]]:
            words = _("What has been asked so far has no single figure for this.")
            link, text = self._link(known[0], self.asked[known[0]][0])
            other = next((name for name in asks if name not in self.asked), "")
            return FrontRow(question, (*before, words), link, text, unasked=other)
        return FrontRow(question, before, unasked=asks[0])

    def _link(self, name: str, section: Section) -> tuple[str, str]:
        anchor = section.heading.anchor
        return f"#{anchor}" if anchor in self.anchors else f"what-if/{name}.html", section.heading.text


def _asked(material: Material) -> Iterator[str]:
    """Yield what own funds have and pay, and what partners pay."""
    plan, formats = material.plan, material.formats
    own = [fund for fund in material.scenario.funds if fund.own]
    words = _("{used} of own funds, of the {limit} there are: {funds}.")
    if own:
        limit = sum(fund.amount for fund in own)
        yield words.format(used=formats.rupiah(plan.own_cost), limit=formats.rupiah(limit), funds=_named(material, own))
    partners = [fund for fund in material.scenario.funds if not fund.own and material.measures.cost_by_fund[fund.id]]
    if partners:
        paid = formats.rupiah(plan.partner_cost)
        yield _("Partners pay {paid} besides: {funds}.").format(paid=paid, funds=_named(material, partners))


def _named(material: Material, funds: Sequence[Fund]) -> str:
    """Return the largest payers by name, and how many more there are."""
    spent = material.measures.cost_by_fund
    ranked = sorted(funds, key=lambda fund: -spent[fund.id])
    return named([f"{brief(fund.label)} {material.formats.rupiah(spent[fund.id])}" for fund in ranked], MOST_FUNDS)


def _given(material: Material) -> Iterator[str]:
    plan, formats, measures = material.plan, material.formats, material.measures
    closed, share = material.whole_coverage(measures.coverage)
    if not plan.total_need:
        yield _("No group has a competency gap; there is nothing to close.")
        return
    yield (expected_in_words(material, closed, share) if plan.gaps_closed else _("No gap is closed."))
    if measures.participants:
        yield ngettext(
            "{participants} participants (a person in two programmes counts twice) in {programmes} programme.",
            "{participants} participants (a person in two programmes counts twice) in {programmes} programmes.",
            len(measures.running),
        ).format(participants=formats.count(measures.participants), programmes=formats.count(len(measures.running)))
    if plan.cost_of_a_gap is not None and plan.total_cost:
        each = formats.rupiah(plan.cost_of_a_gap)
        yield _("A closed gap costs {amount} on average.").format(amount=each)


def _left(material: Material) -> Iterator[str]:
    """Yield what own funds leave, and why each of them keeps it; of many funds those that keep most."""
    rupiah, found = material.formats.rupiah, material.funds_left
    kept = [(fund, what.amount) for fund in material.scenario.funds if fund.own and (what := found.of(fund))]
    paid = material.measures.cost_by_fund
    over = sum(max(0, paid.get(fund.id, 0) - fund.amount) for fund in material.scenario.funds if fund.own)
    if over:
        yield _("What has been paid is {amount} more than there are own funds.").format(amount=rupiah(over))
    if not kept:
        if not over:
            yield _("No own funds are left.")
        return
    kept.sort(key=lambda each: -each[1])
    yield _("{left} of own funds is left.").format(left=rupiah(sum(left for _fund, left in kept)))
    for fund, left in kept[:MOST_FUNDS]:
        why = why_left(material, fund)
        words = why if len(kept) == 1 else _("{fund} {left}: {why}")
        yield words.format(fund=brief(fund.label), left=rupiah(left), why=why)
    if (more := len(kept) - MOST_FUNDS) > 0:
        words = ngettext("{number} more fund keeps money.", "{number} more funds keep money.", more)
        yield words.format(number=material.formats.count(more))
