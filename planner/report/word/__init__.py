"""Word documents of a plan: terms of reference (KAK) of each sub-activity, and the covering letter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from planner.errors import InputError, MissingPackage, Problem, reason_of
from planner.locale import _, speaking

if TYPE_CHECKING:
    from planner.domain.scenario import Scenario
    from planner.report.material import Material
    from planner.report.word.template import WordTemplate

LETTER: Final = "surat-pengantar.docx"
"""File name of the covering letter."""


def ensure_available() -> None:
    """Raise MissingPackage, with the remedy, unless docxtpl and python-docx are installed."""
    try:
        import docxtpl  # noqa: F401  (only to see that it is there)
    except ImportError:
        message = _("Word documents need the package docxtpl, which is not installed.")
        raise MissingPackage([Problem(message, _("Install it with: pip install 'planner[docx]'"))]) from None


@dataclass(frozen=True)
class Templates:
    """The agency's templates; the shipped one where it has none."""

    terms: WordTemplate | None = None
    letter: WordTemplate | None = None


def template_bytes(language: str, *, sections: bool = False) -> bytes:
    """Return the shipped template, for an agency to put its letterhead in. Raises InputError where a package is
    missing."""
    ensure_available()
    from planner.report.word import shipped

    with speaking(language):
        return shipped.template_bytes(language, sections=sections)


def read_templates(terms: str | None, letter: str | None) -> Templates:
    """Return the templates in these files, the one for the letter serving the letter alone. Raises InputError."""
    ensure_available()
    of_terms = None if terms is None else _read(terms)
    of_letter = None if letter is None else _read(letter)
    if of_terms is not None:
        of_terms.ensure_terms()
    if of_letter is not None:
        of_letter.ensure_letter()
    if of_letter is None and of_terms is not None and of_terms.is_for_both:
        of_letter = of_terms
    return Templates(of_terms, of_letter)


def _read(file: str) -> WordTemplate:
    from planner.report.word.archive import MAX_BYTES
    from planner.report.word.template import WordTemplate

    try:
        with open(file, "rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        message = _("cannot be read or written: {reason}.").format(reason=reason_of(error))
        raise InputError([Problem(message, _("Check the name and the folder."), file=file)]) from None
    return WordTemplate(data, file)


def word_documents(material: Material, templates: Templates | None = None) -> dict[str, bytes]:
    """Return the documents of a plan by file name: the letter, then one for each sub-activity with anything in the
    year.

    The same plan and the same templates give the same bytes. Raises InputError where a template fails, or a package is
    missing.
    """
    ensure_available()
    from planner.report.views.plan_part import parts_of
    from planner.report.views.word.letter import covering_letter
    from planner.report.views.word.reference import terms_of_reference
    from planner.report.word.variables import of_letter, of_terms

    given = templates or Templates()
    identity = material.scenario.scenario
    with speaking(material.formats.language):
        shipped = None
        if given.terms is None or given.letter is None:
            shipped = _shipped(material.formats.language)
        parts = list(parts_of(material))
        fillings = {LETTER: of_letter(covering_letter(material, parts), material)}
        fillings |= {file_name(material, part.code): of_terms(terms_of_reference(part)) for part in parts}
        made = {}
        for name, filling in fillings.items():
            template = (given.letter if name == LETTER else given.terms) or shipped
            assert template is not None
            made[name] = template.filled(
                filling,
                logo=identity.logo,
                language=material.formats.language,
                agency=identity.agency or "",
                day=identity.document_date,
            )
    return made


@cache
def _shipped(language: str) -> WordTemplate:
    """Return the shipped template; called while `language` is spoken."""
    from planner.report.word.shipped import template_bytes as built
    from planner.report.word.template import WordTemplate

    return WordTemplate(built(language), _("shipped template"))


def file_name(material: Material, code: str | None) -> str:
    """Return the name of a file of terms of reference; of a plan of several years it has the year."""
    year = f"-{material.year}" if material.several_years else ""
    return f"kak{year}{f'-{code}' if code else ''}.docx"


def notices(scenario: Scenario, templates: Templates) -> list[str]:
    """Return what a planner should know about the documents: a logo that Word cannot show, a letter without
    letterhead."""
    from planner.domain.logo import SVG, picture

    logo = scenario.scenario.logo
    told = []
    if logo is not None and picture(logo)[0] == SVG:
        told.append(_("Word shows no logo in SVG: the documents are without it. Give the logo as PNG for Word."))
    if templates.terms is not None and templates.letter is None:
        told.append(
            _(
                "The template has no {tag}: the letter is made with the shipped one, or with that of --letter-template."
            ).format(tag="{{ isi }}")
        )
    return told
