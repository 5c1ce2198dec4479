"""Scenarios whose texts try to be markup, templates, styles, formulas or addresses."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from planner.domain.scenario import Scenario
from tests.scenarios.builders import SMALL

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></svg><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "{{7*7}} {% include 'style.css.j2' %} ${7*7}",
    "javascript:alert(1)",
    "]]><!-- &amp; &#60;b&#62; -->",
    '"; } body { display: none } @import url(http://example.org/x.css); a { content: "',
    "\\3c /style\\3e \\",
    "%(num)s {closed} %s {0} {}",
]


def with_text_everywhere(text: str) -> Scenario:
    """The small scenario in which every name and free text is `text` and a number of its own."""
    numbers = iter(range(1000))
    plain = _renamed(copy.deepcopy(SMALL), text, numbers)
    plain["scenario"] |= {"agency": text, "description": text, "sources": [text], "assumptions": [text]}
    plain["scenario"]["floor"]["citation"] = text
    plain["scenario"]["citations"] = {"hours_target": text}
    for fund in plain["funds"]:
        if "items" in fund.get("pays", {}):
            fund["pays"]["items"] = {"per": "class"}
    return Scenario.model_validate(plain)


def _renamed(value: Any, text: str, numbers: Iterator[int]) -> Any:
    if isinstance(value, list):
        return [_renamed(part, text, numbers) for part in value]
    if not isinstance(value, dict):
        return value
    renamed = {key: _renamed(part, text, numbers) for key, part in value.items()}
    for key in ("name", "item", "provider", "form"):
        if isinstance(renamed.get(key), str):
            renamed[key] = f"{text} {next(numbers)}"
    return renamed
