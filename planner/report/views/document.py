"""The whole report, assembled from its sections in the order in which readers ask."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from planner.locale import _
from planner.report.material import Material
from planner.report.views.actuals import actuals
from planner.report.views.agencies import Agencies, agencies
from planner.report.views.answers.listing import question_of, sections
from planner.report.views.basis import Basis, basis
from planner.report.views.budget import Budget, budget
from planner.report.views.competencies import Competencies, competencies
from planner.report.views.conformity import Conformity, conformity
from planner.report.views.cover import Cover, cover
from planner.report.views.duties import Duties, duties
from planner.report.views.front import Front, front
from planner.report.views.funds import Funds, funds
from planner.report.views.heading import Heading
from planner.report.views.key_tables import KeyTables, key_tables
from planner.report.views.left_open import LeftOpen, left_open
from planner.report.views.letterhead import Letterhead, letterhead
from planner.report.views.money import Money, money
from planner.report.views.offers import Offers, offers
from planner.report.views.own_words import OwnWords, has_own_words, own_words
from planner.report.views.proof import ProofSection, proof
from planner.report.views.schedule import Schedule, schedule
from planner.report.views.section import Section
from planner.report.views.signatures import Signatures, signatures
from planner.report.views.summary import Summary, summary
from planner.report.views.targets import Targets, targets
from planner.report.views.years import Years, years

Length = Literal["short", "full"]
"""short: at most six pages and the budget lines; full: everything."""


@dataclass(frozen=True)
class Report:
    """One plan as a document."""

    front: Front
    contents: tuple[Heading, ...]
    letterhead: Letterhead | None
    """Logo and number, where the scenario has them."""
    cover: Cover
    summary: Summary
    actuals: Section | None
    """What has happened already, if anything has."""
    competencies: Competencies
    years: Years | None
    """Only for a plan of several years."""
    targets: Targets
    offers: Offers
    schedule: Schedule
    conformity: Conformity
    money: Money
    budget: Budget
    funds: Funds
    left_open: LeftOpen
    duties: Duties
    basis: Basis
    proof: ProofSection
    answers: tuple[Section, ...]
    own_words: OwnWords | None
    """The agency's own sentences, if there are any."""
    signatures: Signatures
    agencies: Agencies
    key_tables: KeyTables | None
    """Only of a short report: what it has instead of the sections that it leaves out."""


@dataclass(frozen=True)
class Headline:
    """What a report begins with, for those who look at a plan before they read all of it."""

    front: Front
    contents: tuple[Heading, ...]
    summary: Summary


def headline(material: Material, kept: Mapping[str, Sequence[Section]] = MappingProxyType({})) -> Headline:
    """Return the beginning of the full report: the same words, without the work of the other sections."""
    headings, asked, listed = _headings(material, (), kept)
    front_page = front(material, asked, {heading.anchor for heading in listed})
    return Headline(front_page, listed, summary(material, headings["summary"]))


def report(
    material: Material,
    made_on: datetime.date,
    answers: Sequence[object] = (),
    kept: Mapping[str, Sequence[Section]] = MappingProxyType({}),
    length: Length = "full",
) -> Report:
    """Return all sections of the report; the answers to what-if questions come before the approval.

    `kept` are the sections of answers that were asked before, by question; they come after the `answers`. A short
    report shows few of its sections; its answers are on pages beside it.
    """
    contents, asked, listed = _headings(material, answers, kept)
    if length == "short":
        shown = _numbered(_of_short(contents), 1)
        contents |= shown
        listed = tuple(shown.values())
    made = Report(
        front=front(material, asked, {heading.anchor for heading in listed}),
        contents=listed,
        letterhead=letterhead(material),
        cover=cover(material, made_on),
        summary=summary(material, contents["summary"], short=length == "short"),
        actuals=actuals(material, contents["actuals"]) if "actuals" in contents else None,
        competencies=competencies(material, contents["competencies"]),
        years=years(material, contents["years"]) if material.plan.years else None,
        targets=targets(material, contents["targets"]),
        offers=offers(material, contents["offers"]),
        schedule=schedule(material, contents["schedule"]),
        conformity=conformity(material, contents["conformity"]),
        money=money(material, contents["money"]),
        budget=budget(material, contents["budget"]),
        funds=funds(material, contents["funds"]),
        left_open=left_open(material, contents["left_open"]),
        duties=duties(material, contents["duties"]),
        basis=basis(material, contents["basis"]),
        proof=proof(material, contents["proof"], made_on),
        answers=tuple(section for those in asked.values() for section in those),
        own_words=own_words(material, contents["own_words"]) if "own_words" in contents else None,
        signatures=signatures(material, contents["signatures"], short=length == "short"),
        agencies=agencies(material, contents["agencies"]),
        key_tables=None,
    )
    return replace(made, key_tables=key_tables(made, contents["key_tables"])) if length == "short" else made


def _headings(
    material: Material, answers: Sequence[object], kept: Mapping[str, Sequence[Section]]
) -> tuple[dict[str, Heading], dict[str, tuple[Section, ...]], tuple[Heading, ...]]:
    """Return the headings of the full report by name, the sections of answers by question, and all in their order."""
    titles = _titles(material)
    narrative = has_own_words(material.scenario.narrative)
    spoken = {"own_words": _("In the agency's own words")} if narrative else {}
    last = {**spoken, "signatures": _("Approval"), "agencies": _("Annex: each agency and its groups")}
    asked = _answers(material, answers, kept, len(titles) + 1)
    of_all = [section.heading for those in asked.values() for section in those]
    before, after = _numbered(titles, 1), _numbered(last, len(titles) + len(of_all) + 1)
    return before | after, asked, (*before.values(), *of_all, *after.values())


def _titles(material: Material) -> dict[str, str]:
    """Return the titles of the sections before the answers, by anchor."""
    return {
        "summary": _("Summary"),
        **({"actuals": _("What has happened, and the rest")} if material.scenario.facts else {}),
        "competencies": _("Competency types: gaps needed and closed"),
        **({"years": _("Year by year: gaps existing, new and closed")} if material.plan.years else {}),
        "targets": _("Target civil servants"),
        "offers": _("Form, route and provider"),
        "schedule": _("Schedule: classes and participants"),
        "conformity": _("Conformity with the job standard"),
        "money": _("Budget: where the money goes"),
        "budget": _("Budget lines (RKA)"),
        "funds": _("Funding sources"),
        "left_open": _("Gaps left open"),
        "duties": _("Duties and rules"),
        "basis": _("Assumptions and sources"),
        "proof": _("Quality and verification"),
    }


def _of_short(headings: Mapping[str, Heading]) -> dict[str, str]:
    """Return the titles of the sections of a short report."""
    return {
        "summary": headings["summary"].text,
        "key_tables": _("The plan in tables"),
        "signatures": headings["signatures"].text,
        "budget": headings["budget"].text,
    }


def _answers(
    material: Material, answers: Sequence[object], kept: Mapping[str, Sequence[Section]], first: int
) -> dict[str, tuple[Section, ...]]:
    """Return the sections of answers by question, numbered from `first`."""
    made: dict[str, tuple[Section, ...]] = {}
    for answer, section in zip(answers, sections(material, answers, first), strict=True):
        name = question_of(answer)
        made[name] = (*made.get(name, ()), section)
    for name, those in kept.items():
        done = sum(map(len, made.values()))
        made.setdefault(
            name,
            tuple(
                replace(section, heading=replace(section.heading, number=first + done + n))
                for n, section in enumerate(those)
            ),
        )
    return made


def _numbered(headings: Mapping[str, str], first: int) -> dict[str, Heading]:
    """Return headings by anchor, numbered from `first`."""
    numbered = enumerate(headings.items(), start=first)
    return {anchor: Heading(anchor.replace("_", "-"), number, text) for number, (anchor, text) in numbered}
