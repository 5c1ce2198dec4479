"""Every bound that a field of a record names is kept: a weight above 0, a course that lasts a period at least."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import annotated_types as bounds
import pytest
from pydantic import BaseModel, ValidationError

import planner.domain
from planner.domain.base import Record

for _module in pkgutil.walk_packages(planner.domain.__path__, "planner.domain."):
    importlib.import_module(_module.name)


def records(base: type[BaseModel] = Record) -> Iterator[type[BaseModel]]:
    """All records, out of all modules."""
    for record in base.__subclasses__():
        yield record
        yield from records(record)


def beyond(about: Any) -> Iterator[int]:
    """Values just beyond a bound."""
    match about:
        case bounds.Gt(gt=int(least)):
            yield least
        case bounds.Ge(ge=int(least)):
            yield least - 1
        case bounds.Lt(lt=int(most)):
            yield most
        case bounds.Le(le=int(most)):
            yield most + 1


BOUNDED = sorted(
    {
        (f"{record.__module__}.{record.__name__}.{name}", record, name, value)
        for record in records()
        for name, field in record.model_fields.items()
        for about in field.metadata
        for value in beyond(about)
    },
    key=lambda each: (each[0], each[3]),
)


@pytest.mark.parametrize(("record", "name", "value"), [each[1:] for each in BOUNDED], ids=[each[0] for each in BOUNDED])
def test_a_value_beyond_the_bound_of_its_field_is_refused(record: type[BaseModel], name: str, value: int) -> None:
    with pytest.raises(ValidationError) as caught:
        record.model_validate({name: value})

    assert name in {problem["loc"][0] for problem in caught.value.errors()}


def test_there_are_such_fields() -> None:
    found = {each[0].removeprefix("planner.domain.") for each in BOUNDED}
    assert {"groups.Group.weight", "programmes.ClassSize.min", "scenario.Scenario.hours_per_day"} <= found
