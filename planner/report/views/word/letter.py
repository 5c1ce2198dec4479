"""The covering letter (surat pengantar) or memo (nota dinas) of the proposal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.locale import _, ngettext
from planner.report.material import Material
from planner.report.views import rka_form
from planner.report.views.plan_part import PlanPart
from planner.report.views.signatures import Signature, place_and_date, signatories
from planner.report.views.table import Column, Table, table
from planner.report.views.word.reference import DocumentBlock, partners_besides
from planner.report.wording.formats import BLANK
from planner.report.wording.markdown import blocks_of, paragraph
from planner.report.wording.terbilang import rupiah_terbilang


@dataclass(frozen=True)
class CoveringLetter:
    """The letter as a template places it."""

    title: str
    """Title of a memo; empty for a letter."""
    place_and_date: str
    head: Table
    """Number, attachments and subject; of a memo also to and from."""
    addressee: tuple[str, ...]
    """Lines of the address; empty for a memo."""
    body: tuple[DocumentBlock, ...]
    signatories: tuple[Signature, ...]
    """One: who signs the letter."""


def covering_letter(material: Material, parts: Sequence[PlanPart]) -> CoveringLetter:
    """Return the letter with which the terms of reference of all `parts` are sent."""
    identity = material.scenario.scenario
    memo = identity.letter_form == "memo"
    signers = tuple(replace(each, place="", capacity="") for each in signatories(material)[:1])
    files = ngettext("{number} document", "{number} documents", len(parts)).format(
        number=material.formats.count(len(parts))
    )
    rows = [
        (_("Number"), identity.document_number or BLANK),
        (_("Attachments"), files),
        (_("Subject"), subject(material)),
    ]
    if memo:
        to, sender = identity.addressee or BLANK, signers[0].office if signers else BLANK
        rows = [(_("To"), to), (_("From"), sender), (_("Date"), place_and_date(material, place=False)), *rows]
    return CoveringLetter(
        title=_("Memo (nota dinas)") if memo else "",
        place_and_date="" if memo else place_and_date(material),
        head=table("letter-head", _("Letter"), [Column("", "name"), Column("")], rows),
        addressee=() if memo else (_("To the honourable"), identity.addressee or BLANK, _("in its place")),
        body=(*_body(material, parts), *_approval(material)),
        signatories=signers,
    )


def _approval(material: Material) -> Iterator[DocumentBlock]:
    """Yield the sentence that says who has approved the plan and when, where somebody has."""
    if material.approval:
        yield paragraph(_("The plan was approved by {words}.").format(words=material.approval))


def subject(material: Material) -> str:
    """Return what the letter is about."""
    year = rka_form.year_shown(material)
    name = material.scenario.scenario.label
    if year is None or str(year) in name:
        return _("Proposal: {plan}").format(plan=name)
    return _("Proposal: {plan}, fiscal year {year}").format(plan=name, year=year)


def _body(material: Material, parts: Sequence[PlanPart]) -> list[DocumentBlock]:
    narrative, formats = material.scenario.narrative, material.formats
    own = blocks_of(narrative.letter)
    if own and "letter" in narrative.replaces:
        return [*own, _sums(material, parts)]
    whole = PlanPart(material)
    said = _(
        "We submit the terms of reference of the competency development plan, with {people} participants and a cost of"
        " {cost} ({words}):"
    ).format(
        people=formats.count(whole.participants),
        cost=formats.rupiah(whole.own_cost),
        words=rupiah_terbilang(whole.own_cost),
    )
    besides = [paragraph(words)] if (words := partners_besides(whole)) else []
    thanks = _("We thank you for your attention.")
    return [*own, paragraph(said), _sums(material, parts), *besides, paragraph(thanks)]


def _sums(material: Material, parts: Sequence[PlanPart]) -> Table:
    """Return one row for each document, with its participants and its cost; partner money apart, where there is any."""
    formats, whole = material.formats, PlanPart(material)
    apart = whole.partner_cost > 0
    money = [Column(_("Own funds, in the RKA (Rp)") if apart else _("Cost (Rp)"), "number")]
    if apart:
        money += [Column(_("Partner money, outside the RKA (Rp)"), "number"), Column(_("Total (Rp)"), "number")]

    def figures(part: PlanPart) -> tuple[str, ...]:
        amounts = (part.own_cost, part.partner_cost, part.cost) if apart else (part.own_cost,)
        return (formats.count(part.participants), *map(material.money, amounts))

    return table(
        "letter-documents",
        _("Documents submitted"),
        [Column(_("Sub-activity"), "name"), Column(_("Participants"), "number"), *money],
        [(part.label or part.title, *figures(part)) for part in parts],
        total=(_("Total"), *figures(whole)),
    )
