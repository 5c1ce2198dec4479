"""Which tests prove which rule family, and in which of four ways; test_every_family_is_proven.py counts them.

@proves("hours", HAND)          a tiny scenario solved by hand, with the rule binding and without it
@proves("hours", GOLDEN)        the model of that scenario as LP text, kept under golden/
@proves("hours", PROPERTY)      random scenarios: every plan keeps the rule, recomputed in plain arithmetic
@proves("hours", CHECK)         a plan that breaks the rule by one: the independent check names it
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

HAND: Final = "a case solved by hand"
GOLDEN: Final = "a golden LP"
PROPERTY: Final = "a property of random plans"
CHECK: Final = "the independent check"

WAYS: Final = (HAND, GOLDEN, PROPERTY, CHECK)

PROVEN: Final[set[tuple[str, str]]] = set()
"""(family, way) of every proof in the test files imported so far."""


def proves[T: Callable[..., None]](family: str, way: str) -> Callable[[T], T]:
    """Registers a test as one proof of a family; several families take several decorators."""

    def register(test: T) -> T:
        PROVEN.add((family, way))
        return test

    return register
