"""The workbench where memory runs out: a sentence instead of an error of the server, and nothing is changed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from planner.web import page
from tests.unit.web.conftest import Desk
from tests.unit.web.plans import SMALL

WANTING = (
    MemoryError(),
    ImportError("libsqlite3.so.0: failed to map segment from shared object"),
    RuntimeError("can't start new thread"),
    OSError(12, "Cannot allocate memory"),
)


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Every page is made of templates, and these cannot be had."""

    def get_template(name: str) -> Any:
        raise error

    monkeypatch.setattr(page, "environment", lambda: SimpleNamespace(get_template=get_template))


@pytest.mark.parametrize("error", WANTING, ids=repr)
def test_a_page_that_cannot_be_made_for_want_of_memory_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    client, before = desk.browser(), desk.files()
    failing(monkeypatch, error)
    answer = client.get(SMALL)
    assert (answer.status_code, answer.content.decode()) == (
        503,
        "There is not enough memory for this scenario. Close other programs or make it smaller.",
    )
    monkeypatch.undo()
    assert client.get(SMALL).status_code == 200
    assert desk.files() == before


def test_another_defect_is_not_called_want_of_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.browser()
    failing(monkeypatch, RuntimeError("pecah"))
    with pytest.raises(RuntimeError, match="pecah"):
        client.get(SMALL)
