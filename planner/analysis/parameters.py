"""Parameters of what-if questions: one pydantic record per question, which the command line and forms read.

Each field says what it means, how its value is named, and what is allowed; defaults are written as a planner would
write them, and read in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from planner import units
from planner.analysis.plans.earlier_plan import Earlier
from planner.errors import InputError


class Parameters(BaseModel):
    """The parameters of a question; fields are read by their alias or their name."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, validate_by_name=True, arbitrary_types_allowed=True
    )

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Return the parameters in `given`; InputError with all that is wrong in them."""
        try:
            return cls.model_validate(dict(given))
        except ValidationError as error:
            raise InputError("\n".join(messages(error))) from None


def messages(error: ValidationError) -> list[str]:
    """Return what is wrong, one message each: our own words where a check of ours refused the value."""
    return [str(fault.get("ctx", {}).get("error", fault["msg"])) for fault in error.errors()]


def parameter(default: Any, help: str, *, metavar: str | None = None, **constraints: Any) -> Any:
    """Declare a field: its default (... where it must be given), its help and the name of its value (English msgids).

    `constraints` are those of pydantic's Field, such as ge, le and alias.
    """
    return Field(default, description=help, json_schema_extra={"metavar": metavar}, **constraints)


def read_rupiah(value: object) -> int:
    """Return the amount in a number or a text such as '1,5 miliar' [rupiah]; ValueError if there is none."""
    text = str(value).strip()
    return units.read_rupiah(int(text) if text.isascii() and text.isdigit() else text)


def read_share(value: object) -> Fraction:
    """Return the share [0-1] in a number or a text such as 0.01, 0,01 or 1%; ValueError if there is none."""
    if isinstance(value, Fraction):
        return value
    text = str(value)
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return units.read_share(text)
    return units.read_share(number if number.is_finite() else text)


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))


Rupiah = Annotated[int, BeforeValidator(read_rupiah), WithJsonSchema({"type": "string", "format": "rupiah"})]
"""An amount as in scenarios: 1500000, '1,5 juta' [rupiah]."""

Share = Annotated[Fraction, BeforeValidator(read_share), WithJsonSchema({"type": "string", "format": "share"})]
"""A share as in scenarios: 0.01 or 1% [0-1]."""

Ids = Annotated[tuple[str, ...], BeforeValidator(_ids), WithJsonSchema({"type": "string", "format": "ids"})]
"""Ids, separated by commas."""

EarlierPlan = Annotated[Earlier, WithJsonSchema({"type": "string", "format": "plan"})]
"""A plan made before."""


def require(condition: bool, message: str) -> None:
    """ValueError with `message` unless `condition` holds: for checks within parameters."""
    if not condition:
        raise ValueError(message)
