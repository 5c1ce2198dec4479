"""What if: sliders and fields, the answer to a change, and the file that it becomes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from planner import nation
from planner.analysis.sweep.vary import read_point
from planner.batch.known_plan import KnownPlan
from planner.batch.worker_pool import WorkerLost
from planner.check import check_plan
from planner.domain.decisions import Decisions
from planner.errors import InputError
from planner.locale import speaking
from planner.planning import Answer, Hints, SearchLimits, adopt, plan
from planner.plans.plan import Status
from planner.scenario_io import read_scenario
from planner.solve.hints import NO_HINTS
from planner.web.controls import changed, chosen, controls
from planner.web.plan_run import State
from planner.web.turn import Turn
from planner.web.variations import MOST_PROCESSES, VariationEngine
from planner.web.workspace import ScenarioFile
from tests.unit.web.conftest import SHIPPED, Desk
from tests.unit.web.plans import SMALL, over, store_plan

WHAT_IF = f"{SMALL}bila"
JAMBI = ScenarioFile("jambi-2027.yaml", SHIPPED / "jambi-2027.yaml")


@pytest.fixture
def planned(make_desk: Callable[[], Desk]) -> Desk:
    desk = make_desk()
    store_plan(desk, "contoh-kecil.yaml")
    return desk


def answered(desk: Desk, query: str) -> str:
    """The part of the page with the answer, once there is one."""
    client, until = desk.browser(), time.monotonic() + 60
    while time.monotonic() < until:
        part = client.get(f"{WHAT_IF}/jawaban?{query}&version=1").content.decode()
        if "hx-get" not in part:
            for version in ("\N{SUPERSCRIPT TWO}", "9" * 5_000):
                assert client.get(f"{WHAT_IF}/jawaban", {"version": version}).status_code == 200
            return str(part)
    raise AssertionError("no answer")


def test_a_change_is_planned_and_compared_and_its_address_says_it_all(planned: Desk) -> None:
    client = planned.browser()
    page = client.get(WHAT_IF).content.decode()
    assert 'name="own-budget"' in page
    assert 'name="partner:kampus"' in page
    assert "Nothing is changed yet" in page
    before = planned.files()
    sent = {"own-budget": "60%", "partner:kampus": "", "sheet": "a"}
    answer = planned.post(f"{WHAT_IF}/hitung", client, **sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"{WHAT_IF}?own-budget=60%25"
    part = answered(planned, "own-budget=60%25")
    assert "<dd>9 of 40</dd>" in part
    assert "Checked independently" in part
    assert "Who loses" in part
    again = client.get(answer["Location"]).content.decode()
    assert "<dd>9 of 40</dd>" in again
    assert 'value="60%"' in again
    assert planned.files() == before, "nothing is kept until it is saved"


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("own-budget", "1.5jt", "a dot before 'jt' may be a decimal mark or group thousands. Write a decimal comma"),
        ("own-budget", "-5", "this number cannot be negative (-5)."),
        ("own-budget", "-Rp5 juta", "an amount of money cannot be negative (-Rp5 juta)."),
        ("own-budget", "20m", "Write out the word: '20 miliar', '20 juta'."),
        ("own-budget", "8o%", "'8o%' is not a share. Write 0.7 or 70%."),
        ("partner:kampus", "abc", "Write for example 2500000, 'Rp2.500.000' or '2,5 juta'."),
        ("partner:kampus", "\u22125%", "this number cannot be negative (\u22125%)."),
        ("partner:kampus", "1,000,000", "Write Rp1.000.000 if that is meant."),
        ("prices", "1.5jt", "'1.5jt' is not a share. Write 0.7 or 70%."),
        ("prices", "120 persen", "'120 persen' is not a share. Write 0.7 or 70%."),
        ("prices", "1.500%", "1.500% could be read in two ways. Write 1500% or 1.5%."),
        ("own-budget", "1,500%", "1,500% could be read in two ways. Write 1500% or 1.5%."),
        ("prices", "-5", "this number cannot be negative (-5)."),
    ],
)
def test_what_no_slider_takes_is_refused_with_its_reason_and_what_to_write(path: str, text: str, words: str) -> None:
    file = ScenarioFile("contoh-kecil.yaml", SHIPPED / "contoh-kecil.yaml")
    with speaking("en"), pytest.raises(InputError) as caught:
        changed(file, read_scenario(file.path), {path: text})
    assert words in str(caught.value.problems[0])


def test_a_script_gets_a_part_of_the_page_and_the_address(planned: Desk) -> None:
    client = planned.browser(HTTP_HX_REQUEST="true")
    answer = planned.post(f"{WHAT_IF}/hitung", client, prices="120%", sheet="a")
    assert answer["HX-Push-Url"] == f"{WHAT_IF}?prices=120%25"
    assert "<html" not in answer.content.decode()
    quiet = planned.post(f"{WHAT_IF}/hitung", client, prices="120%", sheet="a", quietly="1")
    assert "HX-Push-Url" not in quiet


def test_a_newer_change_of_a_sheet_ends_the_older_one(planned: Desk) -> None:
    for share in range(80, 90):
        planned.post(f"{WHAT_IF}/hitung", prices=f"{share}%", sheet="a")
    known = list(planned.bench.variations._known.values())
    assert len(known) == 10
    assert all(each.state is State.STOPPED or each is known[-1] for each in known if not each.plan)
    assert "<dd>" in answered(planned, "prices=89%25")
    assert sum(each.plan is not None for each in known) <= 2


def test_a_change_without_a_plan_says_so(planned: Desk) -> None:
    file = planned.folder / "contoh-kecil.yaml"
    rule = "  - {id: semua, name: Semua, measure: gaps_closed, at_least: 10%}\n"
    file.write_text(file.read_text() + f"\nrules:\n{rule}")
    store_plan(planned, "contoh-kecil.yaml")
    planned.post(f"{WHAT_IF}/hitung", **{"rules.semua.at_least": "100%", "sheet": "a"})
    assert "No plan keeps all rules with this change" in answered(planned, "rules.semua.at_least=100%25")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("own-budget", "banyak"),
        ("own-budget", "90"),
        ("own-budget", "-1"),
        ("partner:kampus", "<b>"),
        ("prices", "9999999%"),
    ],
)
def test_what_cannot_be_is_named_by_its_label(planned: Desk, path: str, value: str) -> None:
    page = planned.browser().get(WHAT_IF, {path: value})
    text = page.content.decode()
    assert "This cannot be planned:" in text
    assert "<b>" not in text.replace('<b class="by', "")
    assert "--vary" not in text
    assert planned.post(WHAT_IF, name="baru", title="x", **{path: value}).status_code == 422
    assert not (planned.folder / "baru.yaml").exists()


def test_words_of_a_control_are_those_of_planners() -> None:
    """A factor is 100% of what the scenario says, not itself the share of those who succeed or are willing."""
    small = ScenarioFile("contoh-kecil.yaml", SHIPPED / "contoh-kecil.yaml")
    scenario = read_scenario(small.path)
    with speaking("en"):
        now = {control.path: control.now for control in controls(scenario)}
    assert now["closes"] == now["uptake"] == "100% of what the scenario says"
    with pytest.raises(InputError) as raised:
        changed(small, scenario, {"uptake": "20000%"})
    (problem,) = raised.value.problems
    assert "uptake" not in problem.message
    assert f"'{problem.path}'" in problem.message


@pytest.mark.parametrize(("more", "now", "at"), [("", "10%", 10), (", soft: {penalty: 1}", "no such rule", 0)])
def test_the_least_of_every_agency_begins_at_what_a_rule_asks_for(tmp_path: Path, more: str, now: str, at: int) -> None:
    rule = "\nrules:\n  - {name: Tiap instansi, measure: gaps_closed, per: agency, at_least: 10%"
    text = (SHIPPED / "kabupaten-2027.yaml").read_text(encoding="utf-8")
    copyfile(SHIPPED / "contoh-harga.csv", tmp_path / "contoh-harga.csv")
    file = tmp_path / "k.yaml"
    file.write_text(text.replace("\nrules:", f"{rule}{more}}}", 1), encoding="utf-8")
    with speaking("en"):
        (lever,) = (each for each in controls(read_scenario(file)) if each.path == "each-agency")
    assert (lever.now, lever.at, lever.least, lever.most) == (now, at, at, 100)


def test_what_is_no_control_is_not_read(planned: Desk) -> None:
    scenario = read_scenario(planned.folder / "contoh-kecil.yaml")
    given = {"extends": "/etc/passwd", "groups": "x", "partner:zz": "0%", "prices": " 90% ", "uptake": ""}
    assert chosen(scenario, given) == {"prices": "90%"}


def test_before_there_is_a_plan_the_page_offers_to_make_it(desk: Desk) -> None:
    page = desk.browser().get(f"{WHAT_IF}?prices=90%25").content.decode()
    assert "First a plan" in page
    assert "own-budget" not in page


def test_a_change_becomes_a_scenario_that_builds_on_the_first(planned: Desk) -> None:
    form = planned.browser().get(WHAT_IF).content.decode()
    name = form.split('name="name" form="varying" value="')[1].split('"')[0]
    before = planned.files()
    assert planned.post(WHAT_IF, name=name, title="Sama").status_code == 422
    assert planned.files() == before
    made = planned.post(WHAT_IF, name=name, title='Bila "lain"', **{"own-budget": "Rp30.000.000", "prices": "110%"})
    assert made.status_code == 302
    scenario = read_scenario(planned.folder / f"{name}.yaml")
    assert scenario.scenario.name == 'Bila "lain"'
    assert sum(fund.amount for fund in scenario.funds if fund.own) == 30_000_000
    text = planned.text(f"{name}.yaml")
    assert "extends: contoh-kecil.yaml" in text
    assert "groups" not in text
    assert over(planned, f"{name}.yaml") is State.DONE
    page = planned.browser().get(f"/skenario/{name}.yaml/").content.decode()
    assert f"/banding?dengan=contoh-kecil.yaml&amp;dengan={name}.yaml" in page


def test_what_a_slider_has_found_is_where_the_saved_scenario_begins(
    planned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saving once searched anew for five minutes what the slider had found in 13 s."""
    client = planned.browser()
    sent = {"own-budget": "60%"}
    planned.post(f"{WHAT_IF}/hitung", client, sheet="a", **sent)
    answered(planned, "own-budget=60%25")
    name = client.get(WHAT_IF).content.decode().split('name="name" form="varying" value="')[1].split('"')[0]
    begun: list[Hints] = []
    real = nation.plan

    def plan(*given: Any, hints: Hints, **more: Any) -> Any:
        begun.append(hints)
        run = planned.bench.runs.latest(f"{name}.yaml")
        assert run is not None
        assert run.early is not None, "it is shown at once"
        assert check_plan(run.loaded.scenario, run.early.to_plain()).passed
        return real(*given, hints=hints, **more)

    monkeypatch.setattr(nation, "plan", plan)
    assert planned.post(WHAT_IF, client, name=name, title="Hemat", **sent).status_code == 302
    assert over(planned, f"{name}.yaml") is State.DONE
    (hints,) = begun
    assert hints.start is not None
    kept = planned.bench.workspace.kept(name)
    assert kept is not None
    assert kept.plan.status is Status.OPTIMAL
    assert hints.bound is not None
    assert kept.plan.gaps_level.value <= hints.bound


def test_a_known_plan_counts_only_where_the_check_passes_it() -> None:
    scenario = read_scenario(SHIPPED / "contoh-kecil.yaml")
    found = plan(scenario, SearchLimits(), inline=True)
    nothing = KnownPlan.of(scenario, None)
    assert (nothing.plan, nothing.hints, nothing.better_of(found)) == (None, NO_HINTS, found)
    poorer = scenario.changed(funds=tuple(fund.model_copy(update={"amount": 1}) for fund in scenario.funds))
    assert KnownPlan.of(poorer, found.plan).plan is None
    worse = Answer(adopt(scenario, Decisions()))
    better = KnownPlan.of(scenario, found.plan).better_of(worse)
    assert better.plan.rank == found.plan.rank
    assert KnownPlan.of(scenario, worse.plan).better_of(found) is found


def test_a_province_with_everything_changed_at_once_is_written_small() -> None:
    from planner.scenario_io import read_located_text, variation_text

    scenario = JAMBI.load().scenario
    found = controls(scenario)
    assert {control.part for control in found} == {"own", "partners", "prices", "floors", "effects"}
    made = changed(JAMBI, scenario, {control.path: "55%" for control in found})
    text = variation_text(JAMBI.name, {"id": "bila", "name": "Bila"}, scenario, made)
    again = read_located_text(text, name="bila", folder=SHIPPED).scenario
    assert again.changed(scenario=made.scenario).sha256 == made.sha256
    assert "headcount" not in text


def test_several_values_at_once_are_those_of_a_grid_of_one_point(tmp_path: Path) -> None:
    scenario = read_scenario(SHIPPED / "contoh-kecil.yaml")
    file = SHIPPED / "contoh-kecil.yaml"
    made = read_point(file, scenario, {"own-budget": "50%", "closes": "90%"})
    assert sum(fund.amount for fund in made.funds if fund.own) * 2 == 24_500_000
    assert made.programmes[0].closes != scenario.programmes[0].closes
    for wrong in ({"closes": "0%"}, {"each-agency": "101%"}, {"tidak-ada": "1"}):
        with pytest.raises(InputError):
            read_point(file, scenario, wrong)


def test_a_short_search_goes_between_the_parts_of_a_long_one() -> None:
    import threading

    turn, order = Turn(), list[str]()

    def short() -> None:
        with turn.taken(short=True):
            order.append("short")

    with turn.taken():
        waiting = threading.Thread(target=short)
        waiting.start()
        while not turn._short_ones:
            time.sleep(0.001)
        order.append("first part")
        turn.give_way()
        order.append("second part")
    waiting.join()
    assert order == ["first part", "short", "second part"]


def test_a_process_that_ended_is_replaced(planned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    class Dying:
        """A process of which the first has ended."""

        def __init__(self, *_given: object) -> None:
            begun.append("process")

        def estimate(self, _changed: object) -> None:
            if len(begun) == 1:
                raise WorkerLost(retry=True)

        def end(self) -> None:
            begun.append("ended")

    monkeypatch.setattr("planner.web.variations.ChangingProcess", Dying)
    base = planned.bench.workspace.kept("contoh-kecil")
    assert base is not None
    engine = VariationEngine()
    assert engine.estimate(base, base.stored.scenario) is None
    assert begun == ["process", "ended", "process"]
    engine.close()
    with pytest.raises(WorkerLost):
        engine.estimate(base, base.stored.scenario)


def test_a_few_plans_keep_a_process_each(planned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = list[int]()

    class Process:
        def __init__(self, *_about: Any) -> None:
            pass

        def end(self) -> None:
            ended.append(id(self))

    monkeypatch.setattr("planner.web.variations.ChangingProcess", Process)
    kept = planned.bench.workspace.kept("contoh-kecil")
    assert kept is not None
    plans = [replace(kept, folder=Path(str(number))) for number in range(MOST_PROCESSES + 1)]
    engine = VariationEngine()
    first, *_others = [engine._of(plan) for plan in plans[:-1]]
    assert engine._of(plans[0]) is first, "it is not begun anew when another was asked about meanwhile"
    engine._of(plans[-1])
    assert len(ended) == 1
    assert id(first) not in ended, "the one asked about longest ago makes way"
    engine.close()
    assert len(ended) == MOST_PROCESSES + 1


def test_what_an_older_request_has_given_up_is_asked_again_but_not_for_ever(planned: Desk) -> None:
    """Requests of one page may overtake one another: the last that arrives need not be the last that was sent."""
    client, bench = planned.browser(), planned.bench
    planned.post(f"{WHAT_IF}/hitung", client, **{"own-budget": "60%", "sheet": "a"})
    answered(planned, "own-budget=60%25")
    found = next(iter(bench.variations._known.values()))
    found.state, found.plan = State.STOPPED, None
    part = client.get(f"{WHAT_IF}/jawaban?own-budget=60%25&version=1&again=1").content.decode()
    assert f'hx-post="{WHAT_IF}/hitung"' in part
    assert '"again": "2"' in part
    assert "Given up" in client.get(f"{WHAT_IF}/jawaban?own-budget=60%25&version=1&again=3").content.decode()
