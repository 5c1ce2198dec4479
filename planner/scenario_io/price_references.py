"""Whether a scenario takes prices from price lists; one that does not is read without what reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.scenario_io.fields import FROM_A_LIST, PRICE_LISTS


def takes_listed_prices(data: Mapping[str, Any]) -> bool:
    """Return whether a scenario names price lists, or some cost line asks for a price of one."""
    return PRICE_LISTS in data or any(line.get("ceiling") or is_listed(line.get("price")) for line in _lines(data))


def is_listed(price: object) -> bool:
    """Return whether a price, or one of several by location, level or year, is to be taken from a list."""
    return isinstance(price, dict) and (
        any(key in price for key in FROM_A_LIST) or any(isinstance(value, dict) for value in price.values())
    )


def _lines(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    programmes = data.get("programmes")
    costs = [
        each.get("costs") for each in (programmes if isinstance(programmes, list) else ()) if isinstance(each, dict)
    ]
    return [line for listed in costs if isinstance(listed, list) for line in listed if isinstance(line, dict)]
