"""Parameters of what-if questions: one pydantic record per question, from which the command line makes its options.

Each field has its help, the name of its value and its limits. Defaults are written as on the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from planner.analysis.plans.earlier_plan import EarlierPlan
from planner.errors import InputError
from planner.locale import _
from planner.units.numbers import read_rupiah, read_share


class Parameters(BaseModel):
    """Base class of the parameters of a question; a field is set by its alias or its name."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, validate_by_name=True, arbitrary_types_allowed=True
    )

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Return the parameters with the values `given`. Raise InputError with all faults at once."""
        try:
            return cls.model_validate(dict(given))
        except ValidationError as error:
            raise InputError("\n".join(messages(error))) from None


def messages(error: ValidationError) -> list[str]:
    """Return one message per fault; the message of the check in our code where there is one."""
    return [_message(fault) for fault in error.errors()]


def _message(fault: ErrorDetails) -> str:
    context, value = fault.get("ctx", {}), fault["input"]
    match fault["type"]:
        case "greater_than":
            return _("{value} must be greater than {bound}.").format(value=value, bound=context["gt"])
        case "greater_than_equal":
            return _("{value} must be at least {bound}.").format(value=value, bound=context["ge"])
        case "less_than_equal":
            return _("{value} must be at most {bound}.").format(value=value, bound=context["le"])
        case "int_parsing" | "int_type" | "int_from_float":
            return _("{value} is not a whole number.").format(value=value)
        case _:
            return str(context.get("error", fault["msg"]))


def parameter(default: Any, help: str, *, metavar: str | None = None, **constraints: Any) -> Any:
    """Declare a field with its default (... if required), its help and the name of its value (English msgids).

    `constraints` are passed on to pydantic's Field: ge, le, alias.
    """
    return Field(default, description=help, json_schema_extra={"metavar": metavar}, **constraints)


def typed_rupiah(value: object) -> int:
    """Return the amount that a number or a text such as '1,5 miliar' states [rupiah]. Raise ValueError if none."""
    text = str(value).strip()
    return read_rupiah(int(text) if text.isascii() and text.isdigit() else text)


def typed_share(value: object) -> Fraction:
    """Return the share that a number or a text such as 0.01, 0,01 or 1% states [0-1]. Raise ValueError if none."""
    if isinstance(value, Fraction):
        return value
    text = str(value)
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return read_share(text)
    return read_share(number if number.is_finite() else text)


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))


Rupiah = Annotated[int, BeforeValidator(typed_rupiah), WithJsonSchema({"type": "string", "format": "rupiah"})]
"""An amount as in scenarios: 1500000, '1,5 juta' [rupiah]."""

Share = Annotated[Fraction, BeforeValidator(typed_share), WithJsonSchema({"type": "string", "format": "share"})]
"""A share as in scenarios: 0.01 or 1% [0-1]."""

Ids = Annotated[tuple[str, ...], BeforeValidator(_ids), WithJsonSchema({"type": "string", "format": "ids"})]
"""Ids, separated by commas."""

EarlierPlanFile = Annotated[EarlierPlan, WithJsonSchema({"type": "string", "format": "plan"})]
"""An earlier plan, given as a folder of results or a plan.json."""


def require(condition: bool, message: str) -> None:
    """Raise ValueError with `message` unless `condition` holds; for the validators of parameters."""
    if not condition:
        raise ValueError(message)
