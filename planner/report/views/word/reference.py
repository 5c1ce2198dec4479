"""Terms of reference (KAK): sections of a sub-activity, made of the agency's own words and the plan's figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planner.domain.funds import FundKind
from planner.locale import N_, _, ngettext
from planner.report.material import listed
from planner.report.views import rka_form
from planner.report.views.plan_part import PlanPart
from planner.report.views.signatures import Signature, signatories
from planner.report.views.table import Column, Table, table
from planner.report.views.word import tables
from planner.report.views.word.legal_basis import LOOKED_UP, PRESUMED, laws, presumes_pns
from planner.report.wording import labels
from planner.report.wording.formats import BLANK
from planner.report.wording.markdown import ListOfBlocks, MarkdownBlock, blocks_of, paragraph
from planner.report.wording.terbilang import rupiah_terbilang

type DocumentBlock = MarkdownBlock | Table

TITLES: Final = {
    "legal_basis": N_("Legal basis"),
    "background": N_("Background"),
    "aims": N_("Aims"),
    "indicators": N_("Performance indicators"),
    "beneficiaries": N_("Beneficiaries"),
    "method": N_("Method"),
    "schedule": N_("Schedule"),
    "cost": N_("Cost"),
    "closing": N_("Closing"),
}
"""Headings of the sections, in their order."""


@dataclass(frozen=True)
class DocumentSection:
    """One section: its name, its heading and what stands in it."""

    name: str
    title: str
    blocks: tuple[DocumentBlock, ...]


@dataclass(frozen=True)
class TermsOfReference:
    """One document."""

    part: PlanPart
    title: str
    subject: str
    facts: Table
    """What it is about, in two columns."""
    sections: tuple[DocumentSection, ...]
    signatories: tuple[Signature, ...]


def terms_of_reference(part: PlanPart) -> TermsOfReference:
    """Return the terms of reference of one part of the plan."""
    return TermsOfReference(
        part=part,
        title=_("Terms of reference (KAK)"),
        subject=part.title,
        facts=facts(part),
        sections=tuple(DocumentSection(name, _(title), tuple(_blocks(part, name))) for name, title in TITLES.items()),
        signatories=signatories(part.material),
    )


def facts(part: PlanPart) -> Table:
    """Return the label block: agency, sub-activity, year, funds, cost, people and time."""
    scenario, formats = part.scenario, part.material.formats
    identity = scenario.scenario
    year = rka_form.year_shown(part.material)
    people = ngettext("{number} participant", "{number} participants", part.participants)
    partners = []
    if part.partner_cost:
        who = f"{formats.rupiah(part.partner_cost)}: {fund_names(part, 'partner')}"
        partners.append((_("Partner money, outside the RKA"), who))
    rows = [
        (_("Organisational unit"), identity.agency or BLANK),
        (_("Sub-activity"), part.label or BLANK),
        (_("Plan"), identity.label),
        (_("Fiscal year"), str(year) if year else BLANK),
        (_("Funding sources (RKA)"), fund_names(part, "own") or BLANK),
        (_("Cost"), formats.rupiah(part.own_cost)),
        *partners,
        *([(_("Participants"), people.format(number=formats.count(part.participants)))] if part.participants else []),
        (_("Time"), ", ".join(periods(part)) or BLANK),
        *([(_("Approved by"), part.material.approval)] if part.material.approval else []),
    ]
    return table("kak-facts", _("What it is about"), [Column("", "name"), Column("")], rows)


def fund_names(part: PlanPart, *kinds: FundKind) -> str:
    """Return the names of those who pay, of all or of some kinds of funds."""
    funds = [part.scenario.fund[fund] for fund in part.cost_by_fund]
    return listed([fund.label for fund in funds if not kinds or fund.kind in kinds])


def periods(part: PlanPart) -> list[str]:
    """Return the names of the periods in which something runs or is paid."""
    return list(map(part.period, part.periods))


def _blocks(part: PlanPart, section: str) -> Iterator[DocumentBlock]:
    """Yield the agency's own words, and behind them what the document says by itself, unless they replace it."""
    narrative = part.scenario.narrative
    own = blocks_of(narrative.words(section, part.code))
    if own and section in narrative.replaces:
        yield from own
    elif section == "legal_basis":
        yield from _legal_basis(part, own)
    else:
        yield from (*own, *_SAID[section](part)) or (paragraph(BLANK),)


def _legal_basis(part: PlanPart, own: Sequence[DocumentBlock]) -> Iterator[DocumentBlock]:
    """Yield laws, and own ones with them: where own words begin with a numbered list its items go on counting."""
    items: tuple[tuple[MarkdownBlock, ...], ...] = tuple((paragraph(law),) for law in laws(part.scenario))
    if own and isinstance(own[0], ListOfBlocks) and own[0].ordered:
        items, own = (*items, *own[0].items), own[1:]
    yield ListOfBlocks(items, ordered=True)
    yield from own
    yield paragraph(_(LOOKED_UP))
    if presumes_pns(part.scenario):
        yield paragraph(_(PRESUMED))


def _background(part: PlanPart) -> Iterator[DocumentBlock]:
    formats = part.material.formats
    needed = sum(coverage.need for coverage in part.coverage.values())
    if not needed:
        return
    yield paragraph(
        _(
            "The gap analysis behind this plan finds {gaps} competency gaps in what these programmes teach: each is one"
            " person below the standard of the post in one competency."
        ).format(gaps=formats.count(needed))
    )
    if (made := tables.needs(part)) is not None:
        yield made


def _aims(part: PlanPart) -> Iterator[DocumentBlock]:
    if not part.participants:
        if part.prepares:
            yield paragraph(
                _("The aim is to prepare the training of this plan; what is paid for stands under the cost.")
            )
        return
    formats = part.material.formats
    people = ngettext("{number} participant", "{number} participants", part.participants).format(
        number=formats.count(part.participants)
    )
    yield paragraph(_("The aim is to bring {people} nearer to the standard of their posts, in:").format(people=people))
    yield ListOfBlocks(
        tuple((paragraph(part.scenario.competency[id].label),) for id in _taught(part)),
    )


def _taught(part: PlanPart) -> list[str]:
    taught = {competency for programme in part.programmes for competency in programme.closes}
    return [id for id in part.scenario.competency if id in taught]


def _indicators(part: PlanPart) -> Iterator[DocumentBlock]:
    yield tables.performance(part)


def _beneficiaries(part: PlanPart) -> Iterator[DocumentBlock]:
    if part.groups:
        yield tables.beneficiaries(part)
    elif part.prepares and (groups := part.socialized):
        yield paragraph(_("Groups that are socialized: {groups}.").format(groups=listed(groups)))
    else:
        yield paragraph(_(_NOBODY_BEGINS[part.prepares]))


_NOBODY_BEGINS: Final = {
    True: N_("Nobody begins a programme under this heading."),
    False: N_("Nobody begins a programme in this year."),
}
_NOTHING_HELD: Final = {
    True: N_("No training is held under this heading: it pays for socialization and agreements."),
    False: N_("No programme is held."),
}


def _method(part: PlanPart) -> Iterator[DocumentBlock]:
    if not part.programmes:
        yield paragraph(_(_NOTHING_HELD[part.prepares]))
        return
    forms = dict.fromkeys(labels.form(programme.form) for programme in part.programmes)
    yield paragraph(_("Competency is developed through: {forms}.").format(forms=", ".join(forms)))
    yield tables.methods(part)


def _schedule(part: PlanPart) -> Iterator[DocumentBlock]:
    if not part.programmes:
        yield paragraph(_(_NOTHING_HELD[part.prepares]))
        return
    yield tables.sessions(part)
    if not tables.any_dates(part):
        yield paragraph(_("The date of each class is set within its period."))
    elif not tables.all_dates(part):
        yield paragraph(_("The dates of the other classes are set within their periods."))


def _cost(part: PlanPart) -> Iterator[DocumentBlock]:
    if not part.lines:
        yield paragraph(_("The plan spends nothing in this year."))
        return
    yield paragraph(cost_in_full(part))
    yield tables.funds(part)
    yield tables.accounts(part)
    yield tables.lines(part)


def cost_in_full(part: PlanPart) -> str:
    """Return what own funds pay, in figures and in Indonesian words, and what partners pay besides."""
    formats = part.material.formats
    said = _("The cost is {amount} ({words}).").format(
        amount=formats.rupiah(part.own_cost), words=rupiah_terbilang(part.own_cost)
    )
    return f"{said} {partners_besides(part)}".strip()


def partners_besides(part: PlanPart) -> str:
    """Return what partners pay outside the RKA, and the sum with it; nothing where they pay nothing."""
    if not part.partner_cost:
        return ""
    formats = part.material.formats
    return _("Partners pay {amount} besides, outside the RKA; with it the cost is {total}.").format(
        amount=formats.rupiah(part.partner_cost), total=formats.rupiah(part.cost)
    )


def _closing(part: PlanPart) -> Iterator[DocumentBlock]:
    yield paragraph(
        _(
            "All figures are those of plan {id}, which was checked against all rules to the rupiah; fingerprint of its"
            " scenario: {short}."
        ).format(id=part.material.plan.scenario_id, short=part.material.plan.scenario_sha256[:16])
    )


_SAID: Final[dict[str, Callable[[PlanPart], Iterator[DocumentBlock]]]] = {
    "background": _background,
    "aims": _aims,
    "indicators": _indicators,
    "beneficiaries": _beneficiaries,
    "method": _method,
    "schedule": _schedule,
    "cost": _cost,
    "closing": _closing,
}
"""What the document says by itself in each section behind the legal basis."""
