"""The search of a plan that is not proven best goes on from it, and ends with nothing worse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner import nation, planning
from planner.batch.going_on import Gain, GoingOn
from planner.drafting.drafts import Answer
from planner.errors import Interrupted
from planner.plans.claim import Claim
from planner.plans.plan import Plan, Status
from planner.scenario_io import read_scenario
from planner.solve.hints import Hints
from planner.solve.outcome import SearchLimits
from planner.store.results import write_results
from planner.store.stored_plan import read_stored
from planner.web.plan_run import State
from planner.web.resuming import resume
from planner.web.waiting import Awaited, WaitingList
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL, over, store_plan

NAME = "contoh-kecil.yaml"
HERE = f"{SMALL}cari-lagi"


@pytest.fixture
def less(desk: Desk) -> Plan:
    """A stored plan that closes less than could be, with a bound far away, as of a search that was stopped early."""
    scenario = read_scenario(desk.folder / NAME)
    funds = tuple(fund.model_copy(update={"amount": fund.amount // 2}) for fund in scenario.funds)
    worse = GoingOn.of(scenario, planning.plan(scenario.changed(funds=funds), inline=True).plan).plan
    made = GoingOn.of(scenario, opened(worse)).plan
    write_results(scenario, made, desk.results / scenario.id)
    return made


def opened(plan: Plan) -> Plan:
    """The plan with a bound far away."""
    row = replace(plan.objective[0], bound=35.0, exact_bound=35.0)
    levels = (row, *plan.objective[1:])
    gap = (35.0 - float(row.value)) / float(row.value)
    return replace(plan, objective=levels, bound=35.0, relative_gap=gap, status=Status.FEASIBLE, claim=Claim.CLAIMED)


def page_of(desk: Desk) -> str:
    return str(desk.browser().get(SMALL).content.decode())


def actions(desk: Desk) -> list[str]:
    return [line.action for _next, line in desk.bench.archive.journal.lines() if line]


def test_a_better_plan_takes_its_place_and_the_one_before_stays_in_the_history(desk: Desk, less: Plan) -> None:
    assert 'action="/skenario/contoh-kecil.yaml/cari-lagi"' in page_of(desk)
    before = (desk.results / "contoh-kecil" / "plan.json").read_bytes()
    answer = desk.post(HERE, gap="0.0001", minutes="1")
    assert (answer.status_code, answer["Location"]) == (302, SMALL)
    assert over(desk) is State.DONE
    now = read_stored(desk.results / "contoh-kecil").plan()
    assert now.rank > less.rank
    assert "The search has gone on and found a better plan, checked." in page_of(desk)
    folders = desk.bench.archive.folders
    kept = {(folders.folder(run) / "plan.json").read_bytes() for run in folders.ids()}
    assert kept == {before, (desk.results / "contoh-kecil" / "plan.json").read_bytes()}
    assert actions(desk) == ["made", "searched on", "made"]
    journal = desk.browser().get("/catatan").content.decode()
    assert "had the search go on, to 0.01% and for at most 1 min, from a plan" in journal
    assert "made a better plan by a search that went on" in journal
    history = desk.browser().get("/riwayat").content.decode()
    assert history.count("after searching on") == 1
    assert history.count('<span class="note">at most ') == 2


def test_where_no_better_one_is_found_nothing_changes(desk: Desk, less: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, begun = read_scenario(desk.folder / NAME), []
    best = GoingOn.of(scenario, opened(planning.plan(scenario, inline=True).plan)).plan
    write_results(scenario, best, desk.results / scenario.id)
    desk.bench.archive.run_of(NAME, desk.bench.workspace.kept("contoh-kecil"))  # type: ignore[arg-type]

    def search(*_of: Any, hints: Hints, **_how: Any) -> Answer:
        begun.append(hints.start)
        return Answer(less)

    monkeypatch.setattr(nation, "plan", search)
    before = {name: content for name, content in desk.files().items() if "journal" not in name}
    desk.post(HERE, gap="0.00001", minutes="1")
    assert over(desk) is State.DONE
    run = desk.bench.runs.latest(NAME)
    assert run is not None
    assert run.gain is Gain.NOTHING
    assert begun == [best.decisions(read_scenario(desk.folder / NAME))]
    after = desk.files()
    assert {name: after[name] for name in before if "index" not in name and "waiting" not in name} == {
        name: content for name, content in before.items() if "index" not in name and "waiting" not in name
    }
    assert actions(desk) == ["made", "searched on"]
    assert "found no better plan: the one made before stays" in page_of(desk)


def test_what_a_search_that_was_stopped_has_found_is_kept_if_it_is_better(
    desk: Desk, less: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = nation.plan

    def stopped(*of: Any, **how: Any) -> Answer:
        found = search(*of, **how).plan
        return Answer(replace(found, solver=replace(found.solver, interrupted=True)))

    monkeypatch.setattr(nation, "plan", stopped)
    desk.post(HERE, gap="0.0001", minutes="1")
    assert over(desk) is State.STOPPED
    assert read_stored(desk.results / "contoh-kecil").plan().rank > less.rank
    assert "found a better plan" in page_of(desk)
    assert "It was stopped before its end" in page_of(desk)


def test_a_search_on_that_is_stopped_before_it_finds_anything_leaves_the_plan_and_says_so(
    desk: Desk, less: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_of: Any, **_how: Any) -> Answer:
        raise Interrupted("Stopped before there was a plan.")

    monkeypatch.setattr(nation, "plan", stopped)
    desk.post(HERE, gap="0.0001", minutes="1")
    assert over(desk) is State.STOPPED
    assert "Stopped; the plan made before stays." in page_of(desk)
    assert "before there was a plan" not in page_of(desk)


def test_while_it_goes_on_only_a_better_plan_is_shown_beside_the_one_that_there_is(
    desk: Desk, less: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    best, shown = nation.plan(read_scenario(desk.folder / NAME), inline=True).plan, []

    def search(*_of: Any, early: Any, **_how: Any) -> Answer:
        for found in (less, best):
            early(found)
            run = desk.bench.runs.latest(NAME)
            shown.append(run.early if run else None)
        return Answer(best)

    monkeypatch.setattr(nation, "plan", search)
    desk.post(HERE, gap="0.0001", minutes="1")
    assert over(desk) is State.DONE
    assert shown == [None, best]


def test_it_is_offered_only_as_far_as_something_may_be_found(desk: Desk, less: Plan) -> None:
    assert [f'value="{gap}"' in page_of(desk) for gap in ("0.001", "0.0001", "0.00001")] == [True, True, True]
    store_plan(desk, NAME)
    assert "cari-lagi" not in page_of(desk), "nothing is left open"
    write_results(read_scenario(desk.folder / NAME), less, desk.results / "contoh-kecil")
    text = desk.text().replace("headcount: 30", "headcount: 31")
    (desk.folder / NAME).write_text(text)
    assert "cari-lagi" not in page_of(desk), "of a scenario that has been changed there is no plan to go on from"


@pytest.mark.parametrize("given", [{"gap": "0", "minutes": "1"}, {"gap": "0.0001", "minutes": "9" * 9}, {}])
def test_what_is_not_offered_is_refused(desk: Desk, less: Plan, given: dict[str, str]) -> None:
    answer = desk.post(HERE, **given)
    assert answer.status_code == 409
    assert "Choose how near and how long" in answer.content.decode()
    assert desk.bench.runs.latest(NAME) is None


def test_the_next_server_goes_on_with_it_as_it_was_asked(desk: Desk, less: Plan) -> None:
    sha256 = desk.bench.workspace.file(NAME).load().scenario.sha256
    WaitingList(desk.results).add(Awaited(NAME, sha256, "en", gap=0.00001, seconds=120.0))
    desk.bench.runs.waiting.left = WaitingList(desk.results).left
    resume(desk.bench)
    run = desk.bench.runs.latest(NAME)
    assert run is not None
    assert run.goes_on == SearchLimits(gap=0.00001, time_limit=120.0)
    assert over(desk) is State.DONE
    assert run.gain is Gain.BETTER


def test_many_clicks_are_one_search(desk: Desk, less: Plan) -> None:
    with desk.bench.runs.turn.taken():
        for _click in range(5):
            desk.post(HERE, gap="0.0001", minutes="1")
        assert len(WaitingList(desk.results).left) == 1
        assert actions(desk) == ["made", "searched on"]
    assert over(desk) is State.DONE
