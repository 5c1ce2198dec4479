"""A request to stop is heeded even where its exception is swallowed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from planner.cli import failures, group, interrupts, progress
from planner.domain.scenario import Scenario
from tests.rules.small import costing, small

KECIL = Scenario.model_validate(small(programmes=costing("participant", 3), funds={"amount": 17}))


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupts.listen()
    yield
    with suppress(KeyboardInterrupt):
        interrupts.heed()
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_a_library_swallows_is_raised_again_when_work_begins(number: signal.Signals) -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(number)
    with pytest.raises(KeyboardInterrupt), progress.of_search(KECIL):
        pass
    with progress.of_search(KECIL):
        pass  # once is enough


def test_what_is_swallowed_during_the_work_is_raised_at_its_next_news() -> None:
    with progress.of_batches("kecil") as report:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            report(None)  # type: ignore[arg-type]


def test_what_is_swallowed_while_the_command_is_loaded_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    interrupts.listen()
    assert group.cli.main(["check", "tidak-ada.yaml"], standalone_mode=False) == failures.INTERRUPTED
    assert "tidak-ada" not in capsys.readouterr().err


def test_ctrl_c_that_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    interrupts.listen()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_library_that_was_stopped_while_loading_is_no_defect() -> None:
    assert failures.show(ImportError("half loaded")) == failures.DEFECT
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert failures.show(ImportError("half loaded")) == failures.INTERRUPTED
