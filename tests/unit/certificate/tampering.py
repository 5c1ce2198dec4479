"""Certificates changed by one number, under a new seal: what a verifier must not let pass.

tampered(text, dice, count) -> Iterator[tuple[str, str]]      (what was done, changed certificate)
survivors(seed, count) -> list[str]                           what passed of so many changes of a random plan's
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from planner.certificate import verify
from planner.certificate.folder import FOLDER, PLAN, VERIFIER, certificates, examined
from planner.domain.scenario import Scenario
from planner.errors import PlannerError
from planner.planning import plan as planned
from planner.plans.plan import Plan
from tests.oracle.generate import tiny_scenarios

NUMBER = re.compile(r"(?<=\s)-?\d+(/\d+)?(?=\s)")


def sealed(content: str) -> str:
    """A content under the seal of a certificate."""
    return f"% planner-certificate 1 {sha256(content.encode()).hexdigest()}\n{content}"


def tampered(text: str, dice: random.Random, count: int) -> Iterator[tuple[str, str]]:
    """Change one number by 1, or leave one line out, and seal the rest anew.

    The number at the end of a derived line says how long a reader should keep it, and proves nothing.
    """
    lines = text.partition("\n")[2].split("\n")[:-1]
    first = next(n for n, line in enumerate(lines) if line.startswith("VER"))
    for _ in range(count):
        n = dice.randrange(first + 1, len(lines))
        numbers = [
            m for m in NUMBER.finditer(f" {lines[n]} ") if not (lines[n].endswith("} -1") and m.end() > len(lines[n]))
        ]
        changed = list(lines)
        if not numbers or dice.random() < 0.2:
            del changed[n]
            what = f"without: {lines[n][:60]}"
        else:
            chosen, step = dice.choice(numbers), dice.choice((-1, 1))
            top, _, bottom = chosen[0].partition("/")
            other = f"{int(top) + step}{'/' if bottom else ''}{bottom}"
            changed[n] = f" {lines[n]} "[: chosen.start()].lstrip() + other + f" {lines[n]} "[chosen.end() :].rstrip()
            what = f"{chosen[0]} -> {other}: {lines[n][:60]}"
        yield what, sealed("\n".join(changed) + "\n")


def passes(folder: Path, scenario: Scenario, plan: Plan, name: str, text: str) -> bool:
    """Whether a changed certificate passes the verifier, and has the rows of the scenario."""
    file = folder / FOLDER / name
    file.write_text(text, encoding="utf-8")
    _, held = verify.verified(file, "en")
    return held and not examined(folder, scenario, plan)[0]


def stored(folder: Path, plan: Plan) -> None:
    """Store a plan and the folder for its certificate."""
    (folder / FOLDER).mkdir(parents=True)
    for place in (folder, folder / FOLDER):
        (place / PLAN).write_text(plan.to_json(), encoding="utf-8")
    (folder / FOLDER / VERIFIER).write_bytes(Path(verify.__file__).read_bytes())


def survivors(seed: int, count: int) -> list[str]:
    """What passes of `count` changes of each certificate of a random plan that does not prove the same."""
    scenario = Scenario.model_validate(tiny_scenarios(seed))
    try:
        plan = planned(scenario, inline=True).plan
    except PlannerError:
        return []
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stored(folder, plan)
        made = certificates(scenario, plan, plan.to_json().encode())
        for file, certificate in made:
            (folder / FOLDER / file).write_text(certificate.text, encoding="utf-8")
        for file, certificate in made:
            if not passes(folder, scenario, plan, file, certificate.text):
                found.append(f"{seed} {file}: the certificate itself")
            for what, text in tampered(certificate.text, random.Random(seed), count):
                if passes(folder, scenario, plan, file, text) and not same_claim(text, certificate.text):
                    found.append(f"{seed} {file}: {what}")
            (folder / FOLDER / file).write_text(certificate.text, encoding="utf-8")
    return found


def same_claim(one: str, other: str) -> bool:
    """Whether two certificates state the same model, plan and bound, so that only the way of proving may differ."""
    return one[one.index("\nVER") :].partition("\nDER ")[0] == other[other.index("\nVER") :].partition("\nDER ")[0]
