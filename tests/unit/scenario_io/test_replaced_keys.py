"""Keys that have moved: the error names what to write instead."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from planner.errors import InputError
from planner.scenario_io import read_text
from tests.scenarios.builders import SMALL


@pytest.mark.parametrize(
    "old",
    [
        {"regional_budget": 4_625_723_464_795},
        {"floor_share": "0.34%"},
        {"citations": {"floor_share": "Pedoman APBD"}},
    ],
)
def test_the_old_keys_of_the_legal_floor_name_the_new_block(old: dict[str, Any]) -> None:
    plain = copy.deepcopy(SMALL)
    plain["scenario"] |= old
    with pytest.raises(InputError) as error:
        read_text(yaml.safe_dump(plain, allow_unicode=True))
    (problem,) = error.value.problems
    assert "unknown key" in problem.message
    assert problem.remedy.startswith("The legal floor stands in one block now: 'floor: {share: 0.34%")
