"""The question `why`: why a group does not take a programme, and what that would cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.analysis.parameters import Parameters, parameter
from planner.analysis.question import AnswerSection, Ask, Definition, Source
from planner.analysis.repairs.question import with_places
from planner.analysis.why_not.exclusion_kinds import Exclusion
from planner.analysis.why_not.why import WhyAnswer, why
from planner.batch.inquiry import Inquiry
from planner.locale import N_


class WhyNot(Parameters):
    group: str = parameter(..., N_("Id of the group."), metavar=N_("ID"))
    programme: str = parameter(..., N_("Id of the programme."), metavar=N_("ID"))
    competency: str | None = parameter(
        None, N_("Also show how the plan closes the gap of the group in this competency."), metavar=N_("ID")
    )


def prepare(source: Source, parameters: WhyNot) -> Ask:
    def ask(inquiry: Inquiry) -> list[object]:
        answer = why(inquiry, parameters.group, parameters.programme, parameters.competency)
        paths = [each.path for excluded in answer.exclusions + answer.obstacles for each in _nested(excluded)]
        paths += [limit.path for limit in answer.person_limits]
        paths += [clash.path for clashes in answer.clashes for clash in clashes]
        repairs = None if answer.repairs is None else with_places(answer.repairs, source)
        return [replace(answer, repairs=repairs, places={path: source.place(path) for path in paths})]

    return ask


def page(parameters: WhyNot) -> str:
    return f"why-{_file_name(parameters.group)}-{_file_name(parameters.programme)}"


def _nested(excluded: Exclusion) -> Iterator[Exclusion]:
    yield excluded
    for inner in excluded.because:
        yield from _nested(inner)


def _file_name(identifier: str) -> str:
    """Return an id as part of a file name."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in identifier)[:60]


DEFINITION = Definition(
    help=N_(
        "Why the plan does not give a group a programme: every condition and rule that excludes it, with its"
        " place in the file; or, if it is possible, the gaps lost by seating one person, a class, or all who"
        " could attend, and whose seats they take."
    ),
    examples=(
        (
            "planner why scenarios/contoh-kecil.yaml --group analis --programme elearning-arsip",
            N_("Why do the analysts not take this course?"),
        ),
        (
            "planner why scenarios/jambi-2027.yaml --group bendahara --programme bimtek-aset --competency aset",
            N_("And how does the plan close their gap in this competency?"),
        ),
    ),
    parameters=WhyNot,
    prepare=prepare,
    sections=(AnswerSection(WhyAnswer, "why", N_("Why not?"), "why"),),
    page=page,
)
