"""The arguments of `plan` and `adopt`: each one of a wrong type is refused by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.domain.aim import Aim
from planner.domain.checks.validation import ensure_valid
from planner.domain.decisions import Decisions
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _
from planner.solve.hints import Hints
from planner.solve.outcome import SearchLimits, valid_limits

_FLAGS = ("inline", "validated", "anyway")
_FUNCTIONS = ("progress", "workers", "early")
_KINDS: dict[str, type] = {"hints": Hints, "aim": Aim}
_OPTIONAL = ("aim", "ahead", "early")


def valid_arguments(scenario: Scenario, limits: SearchLimits | None, **options: Any) -> SearchLimits:
    """Return the limits, or the defaults, after checking all arguments.

    Scenario and limits that are `validated` are not checked. Raises TypeError where an argument is of a wrong type,
    InputError with all problems of the limits or the scenario.
    """
    for name, value in options.items():
        if value is None and name in _OPTIONAL:
            continue
        if name in _FLAGS and not isinstance(value, bool):
            raise TypeError(f"expected True or False as {name}, not {value!r}")
        if name in _FUNCTIONS and not callable(value):
            raise TypeError(f"expected a function as {name}, not {type(value).__name__}")
        if name in _KINDS and not isinstance(value, _KINDS[name]):
            raise TypeError(f"expected {_KINDS[name].__name__} as {name}, not {type(value).__name__}")
    if options["ahead"] is not None and not callable(getattr(options["ahead"], "answer", None)):
        raise TypeError(f"expected a Worker as ahead, not {type(options['ahead']).__name__}")
    if options["validated"]:
        return limits or SearchLimits()
    limits = valid_limits(limits)
    ensure_valid(scenario)
    if options["aim"] is not None:
        options["aim"].ensure_valid(scenario)
    return limits


def ensure_decisions(scenario: Scenario, decisions: Decisions) -> None:
    """Raise TypeError where these are not a scenario and decisions, InputError where they name what it does not have.

    Whether the decisions keep its rules is for the checker to say.
    """
    if not isinstance(scenario, Scenario):
        raise TypeError(f"expected a Scenario, not {type(scenario).__name__}")
    if not isinstance(decisions, Decisions):
        raise TypeError(f"expected Decisions, not {type(decisions).__name__}")
    named: dict[str, tuple[set[str], Mapping[str, Any]]] = {
        "groups": ({key[0] for key in decisions.participants} | decisions.socialized, scenario.group),
        "programmes": ({key[-2] for key in (*decisions.participants, *decisions.classes)}, scenario.programme),
        "periods": ({key[-1] for key in (*decisions.participants, *decisions.classes)}, scenario.place_of_period),
        "funds": ({key[0] for key in decisions.seats} | decisions.used, scenario.fund),
    }
    problems = [
        Problem(_("'{name}' is decided on, but is not in the scenario.").format(name=name), path=kind)
        for kind, (names, known) in named.items()
        for name in sorted(names - known.keys())
    ]
    if problems:
        raise InputError(problems)
