"""Records that are sent to another process while a thread derives more of them."""

from __future__ import annotations

import io
import pickle
from typing import Any

from tests.scenarios.builders import scenario


def test_what_was_derived_is_not_sent() -> None:
    fresh = scenario()
    for name in ("horizon", "group", "programme", "fund", "facts", "one_person"):
        assert getattr(fresh, name) is not None
    sent = pickle.loads(pickle.dumps(fresh))
    assert set(sent.__dict__) <= set(type(sent).model_fields)
    assert sent == scenario()
    assert sent.sha256 == scenario().sha256


def test_a_record_that_grows_meanwhile_is_sent_whole() -> None:
    growing = scenario()

    class Meanwhile(pickle.Pickler):
        def persistent_id(self, _sent: Any) -> None:
            growing.__dict__[f"derived {len(growing.__dict__)}"] = 1

    Meanwhile(stream := io.BytesIO()).dump(growing)
    assert pickle.loads(stream.getvalue()) == scenario()
