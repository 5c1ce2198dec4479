"""Everything that a certificate states is proven or determined: bound, values of helping columns, counts, marks; and a
plan that is called optimal has a certificate that proves it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from planner.certificate import folder as certificates_folder
from planner.certificate import verify
from planner.certificate.certify import TRIES, Certificate
from planner.certificate.folder import FOLDER, certificates, write_certificate
from planner.domain.scenario import Scenario
from planner.planning import plan as planned
from planner.plans.claim import Claim
from planner.plans.plan import Plan
from planner.store.stored_plan import read_stored
from tests.oracle.generate import tiny_scenarios
from tests.oracle.generate_years import scenarios_of_years
from tests.unit.certificate.tampering import sealed, stored

MISSED_SOFTLY = 40_000_544
"""Rules that are missed, below an objective that does not ask for it."""
FREE_HELPERS = (40_000_031, 40_000_204)
"""Columns that help to write a rule, free to move."""
NO_BUCKET = 40_000_307
"""A smallest coverage of nothing."""
OF_AN_AGENCY = 40_000_575
"""An agreement that funds of another agency may not pay."""
FREE_FOR_NOTHING = 40_000_982
"""A free seat in a course that costs its participants nothing, in one of two periods."""
FORGED_CUTS = (40_000_052, 40_000_278, 40_000_288, 40_000_421)
"""Cuts made of cuts, with multipliers below 10^-12, or at a point other than that of their round."""
SMALL_CUTS = 82
"""A scenario of years with cuts whose coefficients are below 10."""
DIVIDED = 31
"""A plan whose proof divides nodes."""
GALLERY = Path(__file__).parents[3] / "reports" / "gallery"
QUICKLY = "jambi-2027-2029", "kabupaten-2027", "contoh-kecil"
"""Shipped plans that are certified in every run: of three years, of nodes, the smallest."""

OTHERS: dict[str, tuple[str, str | Callable[[re.Match[str]], str]]] = {
    "a looser bound": (
        r"^(RTP range \S+) (\S+)$",
        lambda found: f"{found[1]} {Fraction(found[2]) + Fraction(1, 10**9)}",
    ),
    "another number of bounds": (r"^(CON \d+) \d+$", r"\1 0"),
    "another last use of a line": (r"-1\n\Z", "7\n"),
    "the level twice": (r"^(% level \d+)$", r"\1\n\1"),
    "a row times 0": (r"^(bound L .*) lin 1 (.*)$", r"\1 lin 2 0 0 \2"),
}
"""What stands in a certificate, and what would be as true or say nothing."""


def of(plain: Any) -> tuple[Scenario, Plan]:
    scenario = Scenario.model_validate(plain)
    return scenario, planned(scenario, inline=True).plan


def changed_values(text: str) -> Iterator[tuple[str, str]]:
    """The certificate with each value of its plan one larger, and one smaller, under a new seal."""
    lines = text.partition("\n")[2].split("\n")
    place = lines.index("SOL 1") + 1
    words = lines[place].split()
    for at in range(3, len(words), 2):
        top, slash, bottom = words[at].partition("/")
        for step in (1, -1):
            value = f"{int(top) + step}{slash}{bottom}"
            row = " ".join([*words[:at], value, *words[at + 1 :]])
            yield (
                f"{words[at - 1]}: {words[at]} -> {value}",
                sealed("\n".join([*lines[:place], row, *lines[place + 1 :]])),
            )


@pytest.mark.parametrize("seed", [MISSED_SOFTLY, *FREE_HELPERS, NO_BUCKET])
def test_no_value_of_a_plan_may_be_another_also_where_the_objective_does_not_ask_for_it(
    seed: int, tmp_path: Path
) -> None:
    scenario, plan = of(tiny_scenarios(seed))
    stored(tmp_path, plan)
    for name, certificate in certificates(scenario, plan, plan.to_json().encode()):
        file = tmp_path / FOLDER / name
        file.write_text(certificate.text, encoding="utf-8")
        assert verify.verified(file, "en")[1]
        for what, text in changed_values(certificate.text):
            file.write_text(text, encoding="utf-8")
            assert not verify.verified(file, "en")[1], (name, what)


@pytest.mark.parametrize(("stands", "other"), OTHERS.values(), ids=OTHERS)
def test_no_stated_figure_may_be_another(
    stands: str, other: str | Callable[[re.Match[str]], str], tmp_path: Path
) -> None:
    scenario, plan = of(tiny_scenarios(0))
    stored(tmp_path, plan)
    certificate = dict(certificates(scenario, plan, plan.to_json().encode()))["gaps_closed.vipr"]
    changed, times = re.subn(stands, other, certificate.text.partition("\n")[2], flags=re.MULTILINE)
    assert times == 1
    file = tmp_path / FOLDER / "gaps_closed.vipr"
    for text, passes in ((certificate.text, True), (sealed(changed), False)):
        file.write_text(text, encoding="utf-8")
        assert verify.verified(file, "en")[1] is passes


@pytest.mark.parametrize(
    "name",
    [
        *QUICKLY,
        *(pytest.param(f.name, marks=pytest.mark.more) for f in sorted(GALLERY.iterdir()) if f.name not in QUICKLY),
    ],
)
def test_every_shipped_plan_has_a_certificate_which_proves_what_the_planner_has_proven(
    name: str, tmp_path: Path
) -> None:
    """Whole values that fit within a solver's tolerance alone were taken for a point of the plan of three years."""
    shutil.copytree(GALLERY / name, tmp_path, dirs_exist_ok=True)
    kept = read_stored(str(tmp_path))
    plan = kept.plan()
    for file, certificate in write_certificate(tmp_path, kept.scenario, plan):
        _sentences, held = verify.verified(file, "en")
        assert held is certificate.reached
        assert held or plan.claim is not Claim.PROVEN


@pytest.mark.parametrize(
    "plain",
    [*map(tiny_scenarios, (*FORGED_CUTS, OF_AN_AGENCY, FREE_FOR_NOTHING)), scenarios_of_years(SMALL_CUTS)],
    ids=lambda plain: plain["scenario"]["id"],
)
def test_a_plan_that_is_called_optimal_has_a_certificate_that_proves_it(plain: Any, tmp_path: Path) -> None:
    scenario, plan = of(plain)
    assert plan.status.value == "optimal"
    (tmp_path / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    for file, certificate in write_certificate(tmp_path, scenario, plan):
        assert certificate.reached
        sentences, held = verify.verified(file, "en")
        assert (held, sentences[-1].partition(": ")[2]) == (True, "proven: optimal, at most 0.01% off.")


def test_where_one_search_does_not_prove_an_optimal_plan_another_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, plan = of(tiny_scenarios(DIVIDED))
    content = plan.to_json().encode()

    def closed(effort: float) -> Certificate:
        return dict(certificates(scenario, plan, content, effort))["gaps_closed.vipr"]

    little = 1 / 3000
    assert closed(little).reached
    monkeypatch.setattr(certificates_folder, "TRIES", TRIES[:1])
    assert (closed(little).reached, closed(1.0).reached) == (False, True)
