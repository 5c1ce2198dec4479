"""Forged certificates and plans that are meant to keep a verifier busy are refused at once."""

from __future__ import annotations

import json
import time
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from planner.certificate import verify
from planner.certificate.folder import FOLDER, PLAN, certificates
from planner.domain.scenario import Scenario
from planner.planning import plan as planned
from tests.scenarios.hand import costing, scenario
from tests.unit.certificate.tampering import sealed, stored

SHORT = Scenario.model_validate(scenario(programmes=costing("participant", 7), funds={"amount": 20}))
AT_ONCE = 2.0
"""Processor time within which a forged certificate is refused [s]."""


def unlike(digits: int, count: int) -> list[str]:
    """So many numbers whose sum is as long as all of them together."""
    dice = Random(digits)
    return [f"1/{dice.randrange(10 ** (digits - 1), 10**digits) | 1}" for _ in range(count)]


def point(digits: int, count: int) -> str:
    """A certificate whose plan has such values."""
    names = "\n".join(f"x{number}" for number in range(count))
    values = " ".join(f"{number} {value}" for number, value in enumerate(unlike(digits, count)))
    rest = f"OBJ max\n1 0 1\nCON 1 0\nr L 1 1 0 1\nRTP range 0 0\nSOL 1\nplan {count} {values}\nDER 0\n"
    return sealed(f"VER 1.0\nVAR {count}\n{names}\nINT 0\n\n{rest}")


def summed(digits: int, count: int) -> str:
    """A certificate with the sum of such rows."""
    rows = "\n".join(f"r{number} L {side} 1 0 {side}" for number, side in enumerate(unlike(digits, count)))
    factors = " ".join(f"{number} 1" for number in range(count))
    rest = f"RTP range 0 0\nSOL 1\nplan 0\nDER 1\nd L 0 0 {{ lin {count} {factors} }} -1\n"
    return sealed(f"VER 1.0\nVAR 1\nx\nINT 0\n\nOBJ max\n1 0 1\nCON {count} 0\n{rows}\n{rest}")


@pytest.mark.parametrize("made", [point, summed])
@pytest.mark.parametrize(("digits", "count"), [(4_000, 250), (300, 1_000), (60, 4_000), (990, 10), (9, 1_100)])
def test_numbers_whose_sums_never_end_are_refused_at_once(made: Any, digits: int, count: int) -> None:
    text = made(digits, count)
    began = time.process_time()
    with pytest.raises(verify.FAULTS):
        verify.CertificateFile(text).check()
    assert time.process_time() - began < AT_ONCE


@pytest.fixture
def proved(tmp_path: Path) -> Path:
    """A certificate that is in order."""
    plan = planned(SHORT, inline=True).plan
    stored(tmp_path, plan)
    made = certificates(SHORT, plan, plan.to_json().encode())
    for name, certificate in made:
        (tmp_path / FOLDER / name).write_text(certificate.text, encoding="utf-8")
    file = tmp_path / FOLDER / "gaps_closed.vipr"
    assert verify.verified(file, "en")[1]
    return file


@pytest.mark.parametrize(
    ("status", "name"),
    [(status, name) for status in ("optimal", "feasible") for name in ("weighted_gaps_closed", "exact_bound")]
    + [("optimal", "tolerance")],
)
@pytest.mark.parametrize("value", ["1e999999999", "1e-99999999", "0/0", "9" * 5_000])
def test_a_text_in_place_of_a_number_of_the_plan_is_refused_at_once(
    proved: Path, status: str, name: str, value: str
) -> None:
    file = proved.with_name(PLAN)
    before = file.read_bytes()
    told = json.loads(before) | {"status": status}
    (told["objective"][0] if name == "exact_bound" else told)[name] = value
    changed = json.dumps(told).encode()
    file.write_bytes(changed)
    _, _, content = proved.read_text(encoding="utf-8").partition("\n")
    content = content.replace(sha256(before).hexdigest(), sha256(changed).hexdigest())
    proved.write_text(sealed(content), encoding="utf-8")
    began = time.process_time()
    sentences, held = verify.verified(proved, "en")
    assert (held, "REFUSED" in sentences[0]) == (False, True)
    assert time.process_time() - began < AT_ONCE


@pytest.mark.parametrize("status", ["Optimal", "infeasible", "", None, 5, True, [], ["optimal"], {"optimal": 1}])
def test_what_is_no_status_of_a_plan_is_refused(proved: Path, status: object) -> None:
    rewritten(proved, {"status": status})
    sentences, held = verify.verified(proved, "en")
    assert not held
    assert sentences == ["gaps_closed.vipr: REFUSED. plan.json is not the plan of the certificate (status)"]


def rewritten(proved: Path, changes: dict[str, Any]) -> None:
    """Change plan.json, and let the certificate be about what it is then."""
    file = proved.with_name(PLAN)
    before = file.read_bytes()
    changed = json.dumps(json.loads(before) | changes).encode()
    file.write_bytes(changed)
    _, _, content = proved.read_text(encoding="utf-8").partition("\n")
    proved.write_text(sealed(content.replace(sha256(before).hexdigest(), sha256(changed).hexdigest())), "utf-8")
