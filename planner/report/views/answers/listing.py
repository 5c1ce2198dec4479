"""The sections of answers: which view shows which answer, under what heading, as the registry of questions says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module

from planner.analysis.question import AnswerSection
from planner.analysis.registry import QUESTIONS
from planner.locale import _
from planner.report.material import Material
from planner.report.views.heading import Heading
from planner.report.views.section import Section


@cache
def shown_answers() -> Mapping[type, AnswerSection]:
    """Return how each kind of answer is shown, by its class."""
    return {shown.answer: shown for question in QUESTIONS for shown in question.definition().sections}


def question_of(answer: object) -> str:
    """Return the name of the question that an answer is to."""
    of = type(answer)
    return next(q.name for q in QUESTIONS if any(shown.answer is of for shown in q.definition().sections))


def sections(material: Material, answers: Sequence[object], first: int) -> tuple[Section, ...]:
    """Return the sections of `answers`, numbered from `first`; several answers of one kind get anchors of their own."""
    if not answers:
        return ()
    from planner.report.views.answers.gists import gists  # loads every question and its solvers: 0.8 s

    made: list[Section] = []
    used: dict[str, int] = {}
    for number, answer in enumerate(answers, start=first):
        shown = shown_answers()[type(answer)]
        used[shown.anchor] = used.get(shown.anchor, 0) + 1
        again = used[shown.anchor]
        anchor = shown.anchor if again == 1 else f"{shown.anchor}-{again}"
        section = _view(shown.view)(material, answer, Heading(anchor, number, _(shown.title)))
        made.append(replace(section, gists=gists(material, answer)))
    return tuple(made)


def _view(name: str) -> Callable[[Material, object, Heading], Section]:
    found: Callable[[Material, object, Heading], Section] = import_module(f"{__package__}.{name}").view
    return found
