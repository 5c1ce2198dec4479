"""Places, trainers and rooms, as the oracle counts them.

supplied(instance, in_class, classes) -> bool      whether every period has what programmes use of every resource
uses(instance, in_class, classes) -> {(resource, period): Fraction}
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tests.oracle.instance import Instance
from tests.oracle.plain import Plain, number

Held = Mapping[tuple[str, str], int]
"""Classes, or people in class, by (programme, period)."""


def there(resource: Plain, period: str) -> Fraction:
    """What there is in a period: one number for all, or 0 where the period is not named."""
    amount = resource["amount"]
    return number(amount.get(period, 0) if isinstance(amount, dict) else amount)


def uses(instance: Instance, in_class: Held, classes: Held) -> dict[tuple[str, str], Fraction]:
    """Units of each resource used in each period, where there are any."""
    used: dict[tuple[str, str], Fraction] = {}
    for p, programme in instance.programmes.items():
        for name, use in programme.get("uses", {}).items():
            runs_in: set[str] = set()
            for start in (t for t in instance.periods if in_class.get((p, t))):
                run = instance.running(p, start)
                runs_in |= set(run)
                number_of = {"participant": in_class[p, start], "class": classes.get((p, start), 0), "programme": 0}
                each = number(use["each_period"]) if "each_period" in use else number(use["amount"]) / len(run)
                for t in run if number_of[use["per"]] else ():
                    used[name, t] = used.get((name, t), Fraction(0)) + each * number_of[use["per"]]
            for t in runs_in if use["per"] == "programme" else ():
                whole = number(use["amount"] if "amount" in use else use["each_period"])
                used[name, t] = used.get((name, t), Fraction(0)) + whole
    return used


def supplied(instance: Instance, in_class: Held, classes: Held) -> bool:
    """Whether no period uses more than there is."""
    resources = {resource["id"]: resource for resource in instance.scenario.get("resources", [])}
    used = uses(instance, in_class, classes) if resources else {}
    return all(units <= there(resources[name], t) for (name, t), units in used.items())
