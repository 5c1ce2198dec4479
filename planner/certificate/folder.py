"""The folder of certificates beside a stored plan: one for each level down to gaps closed, the plan, the verifier."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final, NamedTuple

from planner.certificate import verify
from planner.certificate.certify import BEGINNING, TRIES, Certificate, CertifiedModel, certify
from planner.certificate.plan_point import PlanToPlace
from planner.check.closings import Closings, closed_by
from planner.check.eligible import Eligible
from planner.check.proof import smallest_coverage
from planner.check.rows import StatedDecisions
from planner.domain.scenario import Scenario
from planner.locale import _, language_in_force
from planner.plans.claim import Claim
from planner.plans.plan import Plan, Status
from planner.plans.plan_rows import LevelResult
from planner.whole_file import write_together

FOLDER: Final = "certificate"
VERIFIER: Final = "verify.py"
PLAN: Final = "plan.json"

LITTLE: Final = Fraction(99, 10**8)
"""Share of the value that a search may leave open; the verifier treats 1 / 10^6 as nothing."""


def write_certificate(
    results: Path, scenario: Scenario, plan: Plan, effort: float = 1.0
) -> list[tuple[Path, Certificate]]:
    """Write the certificates of a plan that the checker has passed; return each file and what it proves."""
    content = (results / PLAN).read_bytes()
    made = certificates(scenario, plan, content, effort)
    folder = results / FOLDER
    texts: list[tuple[str, str | bytes]] = [
        (PLAN, content),
        (VERIFIER, Path(verify.__file__).read_bytes()),
        *((name, certificate.text) for name, certificate in made),
    ]
    write_together({folder / name: text for name, text in texts})
    for old in {*folder.glob("*.vipr")} - {folder / name for name, _text in texts}:
        old.unlink()
    return [(folder / name, certificate) for name, certificate in made]


def certificates(scenario: Scenario, plan: Plan, content: bytes, effort: float = 1.0) -> list[tuple[str, Certificate]]:
    """Return the certificate of each level down to gaps closed, by file name; `content` is that of plan.json."""
    closed = _closed(scenario, plan)
    figures, held = PlanToPlace(plan.decisions(scenario), plan.payments, closed), held_values(scenario, plan, closed)
    identity = {"plan": hashlib.sha256(content).hexdigest(), "scenario": scenario.sha256}
    return [
        (
            name,
            certify(scenario, figures, number, held, wanted(plan, level), identity, effort, _tries(level)),
        )
        for number, (name, level) in enumerate(zip(_names(plan), plan.objective, strict=False))
    ]


def _tries(level: LevelResult) -> int:
    """Return how many searches may follow each other: several where the planner has proven the level to be optimal.

    Where two searches only agree on it, its own proof was not finished, and that of a certificate would not be either.
    """
    return len(TRIES) if level.claim is Claim.PROVEN else 1


def _names(plan: Plan) -> list[str]:
    """Return the file of each level down to gaps closed."""
    goals = [row.goal for row in plan.objective]
    levels = enumerate(goals[: goals.index("gaps_closed") + 1], start=1)
    return [f"{goal}.vipr" if goals.count(goal) == 1 else f"{goal}-{number}.vipr" for number, goal in levels]


def has_certificate(results: Path) -> bool:
    """Return whether a folder of certificates exists beside a stored plan, complete or not."""
    return (results / FOLDER).is_dir()


def _astray(results: Path, plan: Plan) -> Iterator[str]:
    """Yield what is missing in the folder of certificates, what has been changed, and what does not belong there.

    A json.py beside verify.py would be taken for Python's own by verifiers of earlier versions.
    """
    folder, program = results / FOLDER, Path(verify.__file__)
    for other in sorted({file.name for file in folder.iterdir()} - {*_names(plan), PLAN, VERIFIER}):
        yield _("{file}: this is no part of the certificate; remove it.").format(file=other)
    for name in _names(plan):
        if not (folder / name).is_file():
            yield _("{file}: this certificate is missing.").format(file=name)
    for name, like in ((PLAN, results / PLAN), (VERIFIER, program)):
        if not (folder / name).is_file():
            yield _("{file}: this file is missing beside the certificate.").format(file=name)
        elif (folder / name).read_bytes() != like.read_bytes():
            yield (
                _("{file}: the copy beside the certificate is not the plan.json of these results.")
                if like is not program
                else _("{file}: this is not the program that this version of the planner writes; do not trust it.")
            ).format(file=name)


class Examined(NamedTuple):
    """What the certificates beside a stored plan were found to be."""

    wrong: list[str]
    """What is not in order, as sentences."""
    open: dict[str, Fraction]
    """By how much another plan might be better, by file, for those in order."""
    short: list[str]
    """Files in order that do not prove what the plan says of its quality."""


def examined(results: Path, scenario: Scenario, plan: Plan) -> Examined:
    """Examine the certificates beside a stored plan that the checker has passed.

    Each must be valid, its rows must be those of the scenario, made anew, and the files beside it must be unchanged.
    """
    found = Examined([*_astray(results, plan)], {}, [])
    held = held_values(scenario, plan, _closed(scenario, plan))
    for file in sorted((results / FOLDER).glob("*.vipr")):
        try:
            certificate, content = verify.CertificateFile(file.read_bytes().decode()), (results / PLAN).read_bytes()
            certificate.check()
            certificate.compare(content, file.stem)
            number = abs(int(certificate.identity["level"]))
            expected = BEGINNING + CertifiedModel(scenario, number, held).text + "RTP"
            rows_differ = not certificate.content.startswith(expected)
        except verify.FAULTS as wrong:
            found.wrong.append(f"{file.name}: {verify.said(wrong, language_in_force())}")
        else:
            if _names(plan)[number : number + 1] != [file.name]:
                found.wrong.append(
                    _("{file}: it is of another level of the objective than its name says.").format(file=file.name)
                )
            elif rows_differ:
                found.wrong.append(_("{file}: its rows are not those of the scenario.").format(file=file.name))
            else:
                found.open[file.name] = abs(certificate.bound - certificate.reached)
                if not proves(plan, plan.objective[number], certificate.reached, found.open[file.name]):
                    found.short.append(file.name)
    return found


def proves(plan: Plan, level: LevelResult, value: Fraction, more: Fraction) -> bool:
    """Return whether what a plan says of a level holds where others may be better by `more`: an optimal plan that none
    is better by more than its tolerance, any other the bound that it states. The verifier judges it alike."""
    size = max(Fraction(1), min(abs(value), Fraction(plan.weighted_gaps_closed)))
    if plan.status is Status.OPTIMAL:
        return more <= Fraction(plan.tolerance) * size * (1 + Fraction(1, 10**9))
    return level.exact_bound is None or more <= abs(Fraction(level.exact_bound) - value) + size / 10**6


def held_values(scenario: Scenario, plan: Plan, closed: Closings) -> list[Fraction]:
    """Return the exact value that a plan reaches in each level above gaps closed."""
    costs = {"own_cost": plan.own_cost, "total_cost": plan.total_cost}
    values = []
    for level in scenario.objective:
        if level.goal == "gaps_closed":
            break
        coverage = level.goal == "smallest_coverage"
        values.append(smallest_coverage(scenario, level.by, closed) if coverage else Fraction(costs[level.goal]))
    return values


def _closed(scenario: Scenario, plan: Plan) -> Closings:
    """Return what a plan closes, as the checker computes it."""
    decisions = plan.decisions(scenario)
    stated = StatedDecisions(participants=dict(decisions.participants), socialized=set(decisions.socialized))
    return closed_by(scenario, stated, Eligible(scenario))(None)


def wanted(plan: Plan, level: LevelResult) -> Fraction:
    """Return the bound at which the search ends: the one that plan.json states as exact, and for an optimal plan one
    within its tolerance."""
    value = Fraction(level.value)
    upper = level.goal in ("gaps_closed", "smallest_coverage")
    stated = None if level.exact_bound is None else abs(Fraction(level.exact_bound) - value)
    size = max(Fraction(1), min(abs(value), Fraction(plan.weighted_gaps_closed)))
    within = [stated] if stated is not None else []
    if plan.status is Status.OPTIMAL:
        within.append(Fraction(plan.tolerance) * size * Fraction(999, 1000))
    room = max(min(within, default=Fraction(0)), size * LITTLE)
    return value + room if upper else value - room
