"""Which tests and cases this run has collected, also those that it leaves out for being further ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final


@dataclass
class NamedTests:
    """The node ids of a run; `whole` says that it has collected all tests there are."""

    whole: bool = False
    cases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Of each test, as tests/FILE::NAME without its class: the ids of its cases, "" for one without."""

    def collected(self, ids: Iterable[str], whole: bool) -> None:
        self.whole = whole
        for one in ids:
            place, bracket, case = one.partition("[")
            file, *_classes, name = place.split("::")
            self.cases[f"{file}::{name}"].add(case.removesuffix("]") if bracket else "")

    def cases_of(self, test: str) -> set[str]:
        return self.cases.get(test, set())


NAMED: Final = NamedTests()
