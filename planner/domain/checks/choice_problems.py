"""Choices between programmes that have no meaning: about one programme alone, or a programme and itself."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.checks.problem import DomainProblem, Path
from planner.domain.choices import Choices
from planner.locale import _


def choice_problems(choices: Choices, path: Path = ("choices",)) -> Iterator[DomainProblem]:
    """Yield lists of fewer than two different programmes, and programmes that depend on themselves."""
    for key in ("together", "at_most_one_of"):
        for position, names in enumerate(getattr(choices, key)):
            if len(set(names)) < 2 or len(set(names)) < len(names):
                yield DomainProblem(
                    (*path, key, position),
                    _("'{key}' names fewer than two programmes here, or one twice.").format(key=key),
                    _("Write a list of lists, such as {key}: [[a, b]].").format(key=key),
                )
    for name, other in choices.only_if.items():
        if name == other:
            yield DomainProblem(
                (*path, "only_if", name),
                _("'{id}' runs only if it runs itself.").format(id=name),
                _("Name another programme, or remove the line."),
            )
