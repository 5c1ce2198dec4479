"""Certificates changed by one number, under a new seal: what a verifier must not let pass.

tampered(text, dice, count) -> Iterator[tuple[str, str]]      (what was done, changed certificate)
everywhere(text) -> Iterator[tuple[str, str]]                 every number by 1, every line left out, and what else
                                                              may be put in the place of another in a tree of branches
survivors(seed, count) -> list[str]                           what passed of so many changes of a random plan's
branched(plain) -> tuple[int, list[str]]                      changes of its certificates that branch, and what passed
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

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


def everywhere(text: str) -> Iterator[tuple[str, str]]:
    """Change every number by 1, leave out every line, and exchange what may stand for each other, one at a time."""
    lines = text.partition("\n")[2].split("\n")[:-1]
    first = next(n for n, line in enumerate(lines) if line.startswith("VER"))
    derived = next(n for n, line in enumerate(lines) if line.startswith("DER ")) + 1
    for n in range(first + 1, len(lines)):
        line = lines[n]
        changes = [f"without: {line[:60]}"]
        yield changes[0], sealed("\n".join([*lines[:n], *lines[n + 1 :]]) + "\n")
        others = set[str]()
        for found in NUMBER.finditer(f" {line} "):
            if line.endswith("} -1") and found.end() > len(line):
                continue  # how long a reader should keep a line
            top, _, bottom = found[0].partition("/")
            for step in (1, -1):
                other = f"{int(top) + step}{'/' if bottom else ''}{bottom}"
                others.add(f" {line} "[: found.start()].lstrip() + other + f" {line} "[found.end() :].rstrip())
        if n >= derived:
            others |= set(_otherwise(line))
        for other in sorted(others - {line}):
            yield f"{line[:60]} -> {other[:60]}", sealed("\n".join([*lines[:n], other, *lines[n + 1 :]]) + "\n")
        if n > derived:
            swapped = [*lines[: n - 1], line, lines[n - 1], *lines[n + 1 :]]
            yield f"exchanged: {lines[n - 1][:40]} / {line[:40]}", sealed("\n".join(swapped) + "\n")


def _otherwise(line: str) -> Iterator[str]:
    """Derived lines with another direction, another reason, or the sides of a branch exchanged."""
    yield from (re.sub(f"^(\\S+) {a} ", rf"\1 {b} ", line) for a, b in (("L", "G"), ("G", "L"), ("L", "E"), ("G", "E")))
    if line.endswith("{ asm } -1"):
        yield from (line.replace("{ asm }", f"{{ {reason} }}") for reason in ("lin 0", "rnd 0", "sol", "lin 1 0 1"))
        return
    yield re.sub(r"\{ .* \}", "{ asm }", line)
    yield from (line.replace(f"{{ {a} ", f"{{ {b} ") for a in ("lin", "rnd") for b in ("lin", "rnd"))
    if branch := re.search(r"\{ uns (\d+) (\d+) (\d+) (\d+) \}", line):
        one, below, other, above = branch.groups()
        for way in ((other, below, one, above), (one, above, other, below), (one, below, one, below),
                    (one, below, one, above), (other, above, other, above), (below, below, above, above)):  # fmt: skip
            yield line.replace(branch[0], f"{{ uns {' '.join(way)} }}")


def branched(plain: Any, most: int = 10**9) -> tuple[int, list[str]]:
    """Of the certificates of a plan that branch, with at most so many lines: how many changes were tried everywhere,
    and those that pass though they do not prove the same."""
    scenario = Scenario.model_validate(plain)
    plan = planned(scenario, inline=True).plan
    tried, found = 0, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stored(folder, plan)
        for file, certificate in certificates(scenario, plan, plan.to_json().encode()):
            if "{ uns " not in certificate.text or certificate.text.count("\n") > most:
                continue
            for what, text in everywhere(certificate.text):
                tried += 1
                if passes(folder, scenario, plan, file, text) and not same_claim(text, certificate.text):
                    found.append(f"{file}: {what}")
            (folder / FOLDER / file).unlink()
    return tried, found


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
    """Whether two certificates state the same model, plan and bound, so that only the way of proving may differ.

    When something is paid once is no part of it: docs/sertifikat.md says that the verifier does not see it.
    """
    return _claim(one) == _claim(other)


def _claim(text: str) -> str:
    stated = text[text.index("\nVER") :].partition("\nDER ")[0]
    lines = stated.split("\n")
    begin = next((n for n, line in enumerate(lines) if line.startswith("VAR ")), 0) + 1
    words = lines[-1].split()
    if words[:1] != ["plan"] or len(words) % 2:
        return stated
    values = zip(words[2::2], words[3::2], strict=True)
    seen = [
        pair for pair in values
        if not (pair[0].isdecimal() and lines[begin : begin + 10**6][int(pair[0])].startswith("paid_in["))
    ]  # fmt: skip
    return "\n".join([*lines[:-1], str(seen)])
