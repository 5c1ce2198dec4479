"""Whatever the bytes, reading ends in a Scenario or an InputError; and what is read can be written and read again."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.scenario import Scenario
from planner.errors import InputError
from planner.scenario_io import read_located, read_scenario, scenario_text
from tests.sampled import few
from tests.unit.scenario_io.minimal import MINIMAL

relaxed = settings(max_examples=few(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])

SCRAPS = [
    "- ", ": ", "{", "}", "[", "]", "'", '"', "|", ">", "\n", "\n  ", "\t", "#", "&a", "*a", "!!str", "---", "...", "%",
    "no", "012", "1e9", ".nan", "~", "null", "true", "70%", "2,5 miliar", "Rp5", "-1", "0.5", "1.000", "9" * 50, "id",
    "groups", "table: x.csv", "extends: s.yaml", "remove: true", "keu", "\ufeff", "\u2028", "\x00", "é", "😀", "<<: ",
]  # fmt: skip
"""Pieces that YAML or the format takes notice of."""


def outcome(data: bytes, *given_settings: str) -> Scenario | None:
    """The scenario in `data`, or None where it was refused in good form."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.yaml"
        path.write_bytes(data)
        refused: InputError | None = None
        try:
            loaded = read_located(path, given_settings)
        except InputError as error:
            refused = error
        if refused is not None:
            assert refused.problems
            assert all(problem.message for problem in refused.problems)
            return None
        assert all(warning.message for warning in loaded.warnings)
        return loaded.scenario


@relaxed
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    outcome(data)


@relaxed
@given(st.lists(st.sampled_from(SCRAPS) | st.text(max_size=5), max_size=40).map("".join))
def test_any_scraps_of_yaml_are_read_or_refused(text: str) -> None:
    outcome(text.encode("utf-8", "surrogatepass"))


@relaxed
@given(st.integers(0, len(MINIMAL)), st.integers(0, 30), st.sampled_from(SCRAPS) | st.text(max_size=8))
def test_a_scenario_with_a_passage_replaced_is_read_or_refused(start: int, length: int, scrap: str) -> None:
    text = MINIMAL[:start] + scrap + MINIMAL[start + length :]
    scenario = outcome(text.encode("utf-8", "surrogatepass"))
    if scenario is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "again.yaml"
            path.write_text(scenario_text(scenario), encoding="utf-8")
            again = read_scenario(path)
        assert again == scenario
        assert again.sha256 == scenario.sha256


values: st.SearchStrategy[object] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["keu", "TW1", "70%"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
PATHS = [
    "format", "scenario", "scenario.id", "periods", "competencies", "groups", "groups.analis", "groups.analis.gaps",
    "groups.analis.socialization", "programmes.bimtek", "programmes.bimtek.for", "programmes.bimtek.costs",
    "programmes.bimtek.costs.0.price", "programmes.bimtek.class_size", "programmes.bimtek.requires", "funds",
    "funds.apbd.pays", "funds.apbd.releases", "funds.apbd.match", "funds.apbd.seats", "rules", "objective",
    "mentor_pools",
]  # fmt: skip


@relaxed
@given(st.sampled_from(PATHS), values)
def test_any_value_under_any_key_is_read_or_refused(path: str, value: object) -> None:
    outcome(MINIMAL.encode(), f"{path}={value!r}")


@relaxed
@given(st.text(max_size=30), st.text(max_size=20))
def test_any_setting_is_applied_or_refused(path: str, value: str) -> None:
    outcome(MINIMAL.encode(), f"{path}={value}")


def test_reading_leaves_the_garbage_collector_as_it_was() -> None:
    for on in (True, False):
        (gc.enable if on else gc.disable)()
        try:
            assert outcome(MINIMAL.encode()) is not None
            assert gc.isenabled() is on
            assert outcome(b"[]") is None
            assert gc.isenabled() is on
        finally:
            gc.enable()
