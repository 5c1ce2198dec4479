"""The files that readers are tried with are good before they are changed, and no change is an exception or late."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.campaign.readers import READERS, made, not_read


@pytest.mark.parametrize("name", READERS)
def test_every_good_file_is_read(name: str, tmp_path: Path) -> None:
    for data in READERS[name].good():
        READERS[name].read(tmp_path, data)


def test_the_input_of_a_number_is_always_the_same_and_hardly_ever_the_good_file() -> None:
    cases = [made(number) for number in range(2 * len(READERS))]
    assert cases == [made(number) for number in range(2 * len(READERS))]
    good = {data for reader in READERS.values() for data in reader.good()}
    assert sum(base64.b64decode(case["data"]) in good for case in cases) <= 2


def test_an_exception_and_a_late_answer_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path, data: bytes) -> None:
        raise RecursionError("too deep")

    monkeypatch.setitem(READERS, "plan", READERS["plan"]._replace(read=broken))
    with pytest.raises(RecursionError):
        not_read({"reader": "plan", "data": ""})
    monkeypatch.setitem(READERS, "plan", READERS["plan"]._replace(read=lambda folder, data: None))
    monkeypatch.setattr("tests.campaign.readers.SECONDS", -1.0)
    assert "s for 0 bytes" in (not_read({"reader": "plan", "data": ""}) or "")
