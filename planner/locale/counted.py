"""English messages that count things: one of them has its own form, as in "1 class of 'p' needs", which `ngettext`
gives to messages with a single count alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

_IRREGULAR: Final = {"people": "person", "classes": "class"}
_NOUNS: Final = (
    r"people|persons|participants|mentors|classes|seats|gaps|days|periods|rows|columns|cells|values|digits|characters"
    r"|levels|factors|entries|prices|points|combinations|scenarios|agencies|funds|partners|programmes|groups|lines"
    r"|lists|tables|workbooks|sheets|files|names|plans|questions|cuts|rules|goals|competencies|warnings|alternatives"
    r"|years|pixels|bytes|seconds|minutes|hours|units|accounts|activities|payments"
)
_VERBS: Final = {
    "are": "is", "were": "was", "have": "has", "need": "needs", "take": "takes", "hold": "holds", "attend": "attends",
    "start": "starts", "stay": "stays", "go": "goes", "do": "does", "get": "gets", "lack": "lacks", "stand": "stands",
}  # fmt: skip
_COUNT: Final = (
    r"\{(?P<value>\w+)\}(?P<before>(?: (?:more|free|other|further|different|whole|working|training|expected|open))*)"
    rf" (?P<noun>{_NOUNS})\b(?P<of>(?: (?:of|in|for)(?: group)? '?\{{\w+\}}'?(?! (?:{_NOUNS})\b))*)"
    rf"(?: (?P<verb>{'|'.join(_VERBS)})\b)?"
)


class CountedMessage(str):
    """A message whose things take the singular where it is filled in with one of them."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """Fill in the message."""

        def fitting(found: re.Match[str]) -> str:
            if str(values.get(found["value"])) != "1":
                return found[0]
            verb = f" {_VERBS[found['verb']]}" if found["verb"] else ""
            return f"{{{found['value']}}}{found['before']} {_one(found['noun'])}{found['of']}{verb}"

        return _count().sub(fitting, str(self)).format(*args, **values)

    def __reduce__(self) -> tuple[Any, ...]:
        return CountedMessage, (str(self),)


def _one(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


@cache
def _count() -> re.Pattern[str]:
    """Return what counts things in a message; built when the first English one is said, for other languages do without
    it."""
    return re.compile(_COUNT)


@cache
def counted(message: str) -> str:
    """Return the English message, which heeds what it counts where it counts anything."""
    return CountedMessage(message) if _count().search(message) else message
