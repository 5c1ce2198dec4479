"""`planner why`: why a group does not take a programme, and what it would cost if it did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.cli import asking, repairing, spoken
from planner.cli.asking import Asking
from planner.locale import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.analysis.why_not.exclusions import Exclusion
    from planner.analysis.why_not.why import Why
    from planner.batch.inquiry import Inquiry
    from planner.scenario_io import LoadedScenario


@spoken.command(
    "why",
    help=N_(
        "Why the plan does not give a group a programme: every set and rule that excludes it, with its place in the"
        " file; or, where it is possible, what seating one person, a class and everybody who could come costs in gaps,"
        " and whose seats it takes."
    ),
    examples=(
        (
            "planner why scenarios/contoh-kecil.yaml --group analis --programme elearning-arsip",
            N_("Why do the analysts not take this course?"),
        ),
        (
            "planner why scenarios/jambi-2027.yaml --group bendahara --programme bimtek-aset --competency aset",
            N_("And what becomes of their gap in this competency?"),
        ),
    ),
    exit_codes=asking.EXIT_CODES,
)
@asking.options
@spoken.option("--group", required=True, metavar=N_("ID"), help=N_("Group that is asked about, by its id."))
@spoken.option("--programme", required=True, metavar=N_("ID"), help=N_("Programme that is asked about, by its id."))
@spoken.option(
    "--competency",
    metavar=N_("ID"),
    help=N_("Say also what the plan does about the gap of the group in this competency."),
)
def command(asked: Asking, group: str, programme: str, competency: str | None) -> int:
    """Answer on the page why-GROUP-PROGRAMME.html."""

    def question(inquiry: Inquiry, loaded: LoadedScenario) -> list[object]:
        from planner.analysis.why_not.why import why

        return [_placed(why(inquiry, group, programme, competency), loaded)]

    return asking.answer(asked, f"why-{_name(group)}-{_name(programme)}", question)


def _placed(answer: Why, loaded: LoadedScenario) -> Why:
    """The answer with the places in the files of all that excludes and clashes."""
    paths = [each.path for excluded in answer.exclusions + answer.obstacles for each in _nested(excluded)]
    paths += [clash.path for clashes in answer.clashes for clash in clashes]
    repairs = None if answer.repairs is None else repairing.placed(answer.repairs, loaded)
    return replace(answer, repairs=repairs, places={path: repairing.place(loaded, path) for path in paths})


def _nested(excluded: Exclusion) -> Iterator[Exclusion]:
    yield excluded
    for inner in excluded.because:
        yield from _nested(inner)


def _name(identifier: str) -> str:
    """An id as part of a file name."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in identifier)[:60]
