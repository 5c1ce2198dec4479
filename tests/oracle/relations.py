"""Choices between programmes, as the oracle reads them.

related(instance, running) -> bool      whether the programmes that run keep together, only_if and at_most_one_of
"""

from __future__ import annotations

from tests.oracle.instance import Instance
from tests.oracle.plain import Plain, listed


def related(instance: Instance, running: set[str]) -> bool:
    """Whether these programmes, which have a participant in some period, may run and the others not."""
    choices: Plain = instance.scenario.get("choices", {})
    return (
        all(set(names) <= running or running.isdisjoint(names) for names in map(listed, choices.get("together", [])))
        and all(needed in running for name, needed in choices.get("only_if", {}).items() if name in running)
        and all(len(running & set(listed(names))) <= 1 for names in choices.get("at_most_one_of", []))
    )
