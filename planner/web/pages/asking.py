"""The questions of the registry: what may be asked of a scenario, its forms, and the answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpResponseRedirect, QueryDict, StreamingHttpResponse

from planner.analysis.comparison.causes import causes
from planner.analysis.question import Ask, Source
from planner.analysis.registry import BY_NAME, QUESTIONS
from planner.errors import InputError, PlannerError, Problem
from planner.locale import _, language_in_force
from planner.report.answer_page import unfinished_words
from planner.report.kept_answers import kept_page, with_better_found
from planner.report.views.section import Section
from planner.web import varied_field
from planner.web.bench import bench
from planner.web.foreseen import foreseen_words
from planner.web.page import page, rendered, titled
from planner.web.page_words import labelled, speaking_on_pages
from planner.web.pages.named import card_named, place
from planner.web.pages.one_question import FolderSource, OneQuestion
from planner.web.pages.planning import event, start
from planner.web.passed import CheckedPlan
from planner.web.plan_run import State
from planner.web.question_form import QuestionField, chosen, chosen_words, fields, label, parameters, prepared
from planner.web.questions import AskedQuestion
from planner.web.sections import is_large
from planner.web.waiting import Awaited
from planner.web.workspace import Unknown, problems_of, told

NEWS_EVERY: Final = 0.4
"""How often a page that shows a question looks for news [s]."""
OTHER: Final = "other"
"""The field of `compare` that names the other plan."""

COUNT: Final = "hitung"
"""Name of the button that asks nothing yet: how many plans there would be is said on the page that comes back."""
COUNTED_WITHIN: Final = 0.15
"""How long a page waits for that number, so that it is there without JavaScript too [s]."""


def questions(request: Any, name: str) -> Any:
    """Show all questions, and those that were asked of this scenario."""
    card = card_named(name)
    if card.loaded is None:
        return HttpResponseRedirect(place(name))
    asked = bench().questions.of_file(name)
    shown = [(each, _(each.summary)) for each in QUESTIONS]
    named = {each.name: _(each.summary) for each in QUESTIONS}
    about = {each.name: _first_sentence(_(each.definition().help)) for each in QUESTIONS}
    words = {each.id: chosen_words(_fields(_one(name, each.question, QueryDict(each.query)))) for each in asked}
    context: dict[str, Any] = {"about": about, "questions": shown, "asked": asked, "named": named, "words": words}
    context["planned"] = card.state == "planned"
    return page(request, "questions.html.j2", card=card, title=titled(_("Questions"), card.title), **context)


def _first_sentence(text: str) -> str:
    return f"{text.split('. ')[0].removesuffix('.')}."


def question(request: Any, name: str, question: str) -> Any:
    """Show the form of a question, and its answer where it was asked."""
    return _shown(request, _one(name, question, request.GET))


def ask(request: Any, name: str, question: str) -> Any:
    """Ask a question in the background, and show how far it is; or only how many plans it would make."""
    one = _one(name, question, request.POST)
    if one.card.loaded is None or not one.can_be_asked:
        return HttpResponseRedirect(one.place)
    source = FolderSource(one.card.loaded, str(one.card.file.path))
    try:
        ask_it, page_name = _prepared(one, source)
    except InputError as error:
        known = varied_field.labels(one.card.loaded.scenario) | {word: label(word) for word in one.given}
        return _shown(request, one, told(labelled(error.problems, known)))
    if COUNT in request.POST:
        return HttpResponseRedirect(one.address)
    _queue(one, source, ask_it, page_name)
    return HttpResponseRedirect(f"{one.address}#asked")  # on a phone the form fills the window


def ask_again(awaited: Awaited) -> None:
    """Ask a question that was awaited when the server before ended. Raises PlannerError where it cannot be any more."""
    one = _one(awaited.name, awaited.question, QueryDict(awaited.query))
    if one.card.loaded is not None and one.can_be_asked:
        source = FolderSource(one.card.loaded, str(one.card.file.path))
        _queue(one, source, *_prepared(one, source), awaited)


def not_asked_again(awaited: Awaited, why: PlannerError, *, goes_on: bool) -> None:
    """List a question that was awaited when the server before ended as one that is not answered, and why.

    The next server does so too where it `goes_on` being awaited.
    """
    one = _one(awaited.name, awaited.question, QueryDict(awaited.query))
    if one.card.loaded is not None:
        source = FolderSource(one.card.loaded, str(one.card.file.path))
        asked = AskedQuestion(
            one.id, one.name, one.question.name, one.query, source, None, one.question.name, language_in_force(),
            tries=awaited.tries, brief=awaited.brief,
        )  # fmt: skip
        bench().questions.not_asked_again(asked, why, goes_on=goes_on)


def _queue(
    one: OneQuestion, source: Source, ask_it: Ask | None, page_name: str, awaited: Awaited | None = None
) -> None:
    base = None if one.impossible else one.base
    if base is not None and (took := _seconds(one)):
        solver = replace(base.plan.solver, took=took)  # a plan that is read does not say it
        base = replace(base, plan=replace(base.plan, solver=solver))
    asked = AskedQuestion(one.id, one.name, one.question.name, one.query, source, base, page_name, language_in_force())
    if awaited is not None:
        asked.tries, asked.brief = awaited.tries, awaited.brief
    bench().questions.ask(asked, ask_it)


def stop(request: Any, name: str, question: str) -> Any:
    """End a question; the plans made for it are kept."""
    one = _one(name, question, request.POST)
    if one.can_be_asked:
        bench().questions.stop(one.id)
    return HttpResponseRedirect(f"{one.address}#asked")


def foreseen(request: Any, name: str, question: str) -> Any:
    """Show how many plans a question would make, as a part of its page that asks again while that is being
    counted."""
    one = _one(name, question, request.GET)
    return page(request, "foreseen.html.j2", one=one, foreseen=_foreseen(one))


@dataclass(frozen=True)
class ForeseenWords:
    """How many plans a question would make, and how long that may take."""

    counted: bool = True
    words: str = ""


def _foreseen(one: OneQuestion, wait: float = 0.0) -> ForeseenWords:
    """Return what is foreseen of a question, once it is counted or after a wait [s]; nothing where it cannot be asked
    so."""
    if one.card.loaded is None or one.base is None or one.impossible:
        return ForeseenWords()
    try:
        ask_it, _page = _prepared(one, FolderSource(one.card.loaded, str(one.card.file.path)))
    except InputError:
        return ForeseenWords()  # something is missing yet
    if ask_it is None:
        return ForeseenWords()
    plans = bench().questions.foreseen
    counted, first = plans.of(one.id, one.base, ask_it, wait)
    return ForeseenWords(counted, foreseen_words(first, _least(one), _seconds(one), plans.jobs) if counted else "")


def _patience(one: OneQuestion) -> float:
    """Return how long the page of a question waits for the number of plans that it makes [s]; of a large scenario the
    number follows."""
    return 0.0 if one.card.loaded is None or is_large(one.card.loaded.scenario) else COUNTED_WITHIN


def _least(one: OneQuestion) -> int:
    """Return the plans that the parameters of a question ask for at least."""
    count = one.question.definition().plans
    return 0 if count is None else count(parameters(one.question, one.given, _plans(one)))


def _seconds(one: OneQuestion) -> float:
    """Return what the plan in question took [s], by what is kept of its run; 0 where that is not known."""
    run = bench().archive.find(one.card.run) if one.card.run else None
    return 0.0 if run is None else float(run.seconds)


def apply(request: Any, name: str, question: str) -> Any:
    """Make the scenario with one of the repairs a file of its own, and plan it."""
    from planner.web.creating import free_name, varied

    one = _one(name, question, request.POST)
    found = bench().questions.find(one.id) if one.can_be_asked else None
    number = request.POST.get("number", "")
    repairs = found.repairs.repairs if found is not None and found.repairs is not None else ()
    if not number.isdecimal() or len(number) > 6 or int(number) >= len(repairs):
        return HttpResponseRedirect(one.address)
    work = bench().workspace
    title = _("{title}, repaired").format(title=one.card.title)
    try:
        file = varied(work, one.card.file, free_name(work, one.card.file), title, repairs[int(number)].scenario, {})
    except InputError as error:
        return _shown(request, one, problems_of(error))
    return start(request, file.name)


def news(request: Any, name: str, question: str) -> Any:
    """Show how far a question is, as server-sent events, until it is over."""
    one, language = _one(name, question, request.GET), language_in_force()
    id = one.id if one.can_be_asked else ""

    async def told() -> AsyncIterator[bytes]:
        shown, stop = -1, None
        while True:
            found = bench().questions.find(id) or (_found(one) if id else None)
            if found is not None and found.version != shown:
                shown = found.version
                with speaking_on_pages(language):
                    text = rendered(request, "asked_words.html.j2", asked=found)
                    button = rendered(request, "asked_stop.html.j2", asked=found, one=one, given=one.given)
                yield event("asked", text)
                if stop != (stop := (found.state.value, found.stopping)):
                    yield event("stop", button)
            if found is None or found.state.is_over:
                yield event("over", "")
                return
            await asyncio.sleep(NEWS_EVERY)

    return StreamingHttpResponse(told(), content_type="text/event-stream")


def _one(name: str, question: str, given: Any) -> OneQuestion:
    found = BY_NAME.get(question)
    if found is None:
        raise Unknown(question)
    lists = {key: given.getlist(key) for key in given}
    if found.about == "two plans":
        other = lists.get(OTHER, [""])[0]
        return OneQuestion(found, card_named(name), {OTHER: (other[:200],)} if other else {})
    return OneQuestion(found, card_named(name), chosen(found, lists))


def _prepared(one: OneQuestion, source: Source) -> tuple[Ask | None, str]:
    """Return what answers a question, and the name of its page. Raises InputError where it cannot be asked so."""
    if one.impossible:
        return None, one.question.name
    if one.question.about == "two plans":
        other = _plans(one).get(one.given.get(OTHER, ("",))[0])
        if other is None:
            raise InputError([Problem(_("this is needed."), path=_("Other plan"))])
        scenario, plan = other.stored.scenario, other.plan
        return lambda inquiry: [causes(inquiry, scenario, plan)], f"{one.question.name}-{scenario.id}"
    return prepared(one.question, source, parameters(one.question, one.given, _plans(one)))


def _plans(one: OneQuestion) -> dict[str, CheckedPlan]:
    """Return the stored plans of the other scenarios of the folder, by id."""
    found: dict[str, CheckedPlan] = {}
    for file in bench().workspace.files():
        if file.name == one.name:
            continue
        try:
            kept = bench().workspace.kept(file.load().scenario.id)
        except PlannerError:
            continue
        if kept is not None:
            found[kept.plan.scenario_id] = kept
    return found


def _fields(one: OneQuestion) -> list[QuestionField]:
    assert one.card.loaded is not None
    words = one.question.definition().parameters.model_json_schema().get("properties", {}).values()
    wanted = one.question.about == "two plans" or any("plan" in str(each) for each in words)
    plans = {id: kept.stored.scenario.scenario.label for id, kept in _plans(one).items()} if wanted else {}
    if one.question.about == "two plans":
        choices = tuple(plans.items())
        value = tuple(one.given.get(OTHER, ()))
        return [
            QuestionField(OTHER, _("Other plan"), _("A plan of this folder."), "one", value, choices, required=True)
        ]
    return fields(one.question, one.card.loaded.scenario, plans, one.given)


def _shown(request: Any, one: OneQuestion, problems: Sequence[str] = ()) -> Any:
    if one.card.loaded is None:
        return HttpResponseRedirect(place(one.name))
    found = _found(one)
    context = {
        "card": one.card,
        "one": one,
        "title": _(one.question.summary),
        "help": _(one.question.definition().help),
        "fields": _fields(one) if one.can_be_asked else [],
        "problems": problems,
        "foreseen": _foreseen(one, _patience(one)) if found is None or found.state.is_over else ForeseenWords(),
        "asked": found,
        "given": one.given,
        "sections": _sections(one, found),
        "otherwise": found is None and one.base is not None and _kept_in(one.base) != language_in_force(),
        "lacking": unfinished_words(found.unfinished, found.wanted) if found is not None and found.unfinished else "",
        "repairs": found.repairs.repairs if found is not None and found.repairs is not None else (),
    }
    return page(request, "question.html.j2", status=422 if problems else 200, **context)


def _found(one: OneQuestion) -> AskedQuestion | None:
    """Return the question if it was asked, also where this server has still to ask it again for the one before."""
    if not one.can_be_asked or one.card.loaded is None:
        return None
    found = bench().questions.find(one.id)
    about = (one.name, one.question.name, one.query)
    left = bench().runs.waiting.left
    if found is not None or all((each.name, each.question, each.query) != about for each in list(left)):
        return found
    source = FolderSource(one.card.loaded, str(one.card.file.path))
    return AskedQuestion(one.id, *about, source, None, one.question.name, language_in_force())


def _sections(one: OneQuestion, found: AskedQuestion | None) -> tuple[Section, ...]:
    """Return the answer: of this session, or else the one that is kept beside the plan, if it was asked as usual."""
    if found is not None:
        if found.state is not State.DONE:
            return ()
        return with_better_found(found.answer.sections, found.better_found)
    if one.base is None or one.given or one.impossible:
        return ()
    return kept_page(one.base.plan, one.base.folder, _kept_in(one.base), one.question.name) or ()


def _kept_in(base: CheckedPlan) -> str:
    """Return the language in which answers are kept beside a plan: that of its documents."""
    return str(base.stored.scenario.scenario.language)
