"""Codes of accounts, activities and prices: one spelling of each, however it was written.

One account is written `5.1.02.02.12.0004`, `5.1.2.02.12.0004`, `510202120004`, `5.1.2.2.12.4`, with a space or its name
behind, or in six cells. Names of accounts vary more than their codes, so that only codes are ever compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from planner.domain.base import as_tuple
from planner.locale import _
from planner.units.texts import name_key, read_name

ACCOUNT_WIDTHS: Final = (1, 1, 2, 2, 2, 4)
"""Digits of each level of an account (kode rekening): 5.1.02.02.12.0004."""

ACTIVITY_WIDTHS: Final = (1, 2, 2, 1, 2, 4)
"""Digits of each level of a sub kegiatan: 5.04.02.1.02.0007; older ones have two digits at the end."""

_WITH_NAME: Final = re.compile(r"((?:[0-9]+[.\s]+)+[0-9]+|[0-9]{12})\.?\s+(?:[-:]\s*)?[^\W\d].*\Z")
"""A code with its name behind: 5.1.02.01.01.0024 Belanja Alat Tulis Kantor."""


@lru_cache(maxsize=4096, typed=True)
def read_account(value: object) -> str:
    """Return the code of an account in its one spelling, 5.1.02.02.12.0004. Raises ValueError where it is not a code.

    A code of fewer levels, such as 5.1.02, stands for all accounts below it.
    """
    levels, fault = _levels(value, ACCOUNT_WIDTHS)
    if fault:
        words = _("'{value}' is not the code of an account ({reason}). Write it like 5.1.02.02.12.0004.")
        raise ValueError(words.format(value=_shown(value), reason=fault))
    return levels


@lru_cache(maxsize=4096, typed=True)
def read_whole_account(value: object) -> str:
    """Return the code of an account that money is paid under, down to the last level. Raises ValueError where it is
    not one."""
    code = read_account(value)
    if not is_whole_account(code):
        reason = _("{count} levels instead of {whole}").format(count=code.count(".") + 1, whole=len(ACCOUNT_WIDTHS))
        words = _("'{value}' is not the code of an account ({reason}). Write it like 5.1.02.02.12.0004.")
        raise ValueError(words.format(value=_shown(value), reason=reason))
    return code


@lru_cache(maxsize=4096, typed=True)
def read_activity(value: object) -> str:
    """Return the code of a sub kegiatan in its one spelling, 5.04.02.1.02.0007. Raises ValueError where it is not a
    code.

    The urusan may be X.XX, as in the code of an activity that every agency has.
    """
    levels, fault = _levels(value, ACTIVITY_WIDTHS, "[0-9]+|[xX]+")
    if fault:
        words = _("'{value}' is not the code of a sub kegiatan ({reason}). Write it like 5.04.02.1.02.0007.")
        raise ValueError(words.format(value=_shown(value), reason=fault))
    return levels.upper()


def _levels(value: object, widths: Sequence[int], level: str = "[0-9]+") -> tuple[str, str]:
    """Return (the code with all its digits, what is wrong with it); one of them is empty."""
    text = in_one_cell(value) if isinstance(value, tuple) else read_name(value)
    if match := _WITH_NAME.match(text):
        text = match[1]
    parts = re.sub(r"\s+", "", text).strip(".").split(".") if "." in text else text.split()
    if len(parts) == 1 and len(parts[0]) == sum(widths):
        ends = [sum(widths[:count]) for count in range(len(widths) + 1)]
        parts = [parts[0][start:end] for start, end in pairwise(ends)]
    for part, width in zip(parts, widths, strict=False):
        if not re.fullmatch(level, part, re.ASCII):
            return "", _("'{part}' is not a number").format(part=part[:20])
        if len(part) > width and len(parts) > 1:
            return "", _("'{part}' has a digit too many").format(part=part[:20])
    if len(parts) == 1:
        return "", _("{count} digits instead of {whole}").format(count=len(parts[0]), whole=sum(widths))
    if len(parts) > len(widths):
        return "", _("{count} levels instead of {whole}").format(count=len(parts), whole=len(widths))
    return ".".join(part.rjust(width, "0") for part, width in zip(parts, widths, strict=False)), ""


def is_whole_account(code: str) -> bool:
    """Return whether a code has all six levels, which a line of an RKA needs."""
    return code.count(".") + 1 == len(ACCOUNT_WIDTHS)


def is_below(account: str, others: Sequence[str]) -> bool:
    """Return whether an account is one of `others`, or below one of them."""
    return any(account == other or account.startswith(other + ".") for other in others)


def _shown(value: object) -> str:
    text = in_one_cell(value) if isinstance(value, tuple) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def in_one_cell(parts: Sequence[object]) -> str:
    """Return a code that is spread over several cells, `5.` `1.` `02.`, as one text."""
    return ".".join(stripped for part in parts if (stripped := str(part).strip(" .")))


def price_key(code: object) -> str:
    """Return the code of a price without what its spellings differ in: case, spaces, zeros before a level.

    `1.1.12.03.01.0001 ` and `1.1.12.3.1.1` are one code, as are `012` and 12.
    """
    text = name_key(str(code)).strip(".")
    return ".".join(part.lstrip("0") or "0" for part in text.split("."))


def joined_key(code: object) -> str:
    """Return the code of a price without its dots: 112030100001 for 1.1.12.03.01.00001."""
    return name_key(str(code)).replace(".", "").lstrip("0")


def _validator(read: Callable[[object], str]) -> BeforeValidator:
    def validate(value: Any) -> str:
        try:
            parts = tuple(value) if isinstance(value, list) else (value,)
            for part in parts:
                if isinstance(part, dict | list):
                    read_name(part)  # refused: no code has such a part
            return read(parts if isinstance(value, list) else value)
        except ValueError as error:
            raise PydanticCustomError("planner", "{sentence}", {"sentence": str(error)}) from None

    return BeforeValidator(validate)


_SCHEMA: Final = {"type": ["string", "number"]}

Account = Annotated[str, _validator(read_account), WithJsonSchema(_SCHEMA)]
"""The code of an account (kode rekening) in its one spelling."""

WholeAccount = Annotated[str, _validator(read_whole_account), WithJsonSchema(_SCHEMA)]
"""The code of an account of the last level, as a line of an RKA needs it."""

Accounts = Annotated[tuple[Account, ...], BeforeValidator(as_tuple)]
"""One account or a list of accounts."""

ActivityCode = Annotated[str, _validator(read_activity), WithJsonSchema(_SCHEMA)]
"""The code of a sub kegiatan in its one spelling."""
