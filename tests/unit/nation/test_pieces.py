"""The scenario of one block names nothing that is not in it."""

from __future__ import annotations

from planner.domain.checks.validation import find_problems
from planner.domain.named_keys import KEYS_OF
from planner.nation import pieces
from planner.nation.pieces import relaxed
from tests.unit.nation.small import small, structure


def test_a_group_keeps_what_its_people_completed_of_the_programmes_of_its_block() -> None:
    whole = small()
    of_each = {p.id: 1 for p in whole.programmes}
    found = structure(
        whole.changed(groups=tuple(g.model_copy(update={"completed": of_each, "headcount": 99}) for g in whole.groups))
    )
    for block in found.blocks:
        scenario = relaxed(found, block)
        assert all(list(group.completed) == [p.id for p in scenario.programmes] for group in scenario.groups)
        assert len(scenario.programmes) < len(whole.programmes)
        assert not [each for each in find_problems(scenario) if "completed" in each.path]


def test_free_keys_that_name_groups_or_programmes_are_divided_for_every_list_of_records() -> None:
    scenario, divided = small(), set[str]()
    for records in (scenario.groups, scenario.programmes, scenario.funds):
        divided |= {key for key, _names in pieces._free_keys(type(records[0]))}
    naming = {key for key, names in KEYS_OF.items() if names[0] in ("groups", "programmes")}
    # the choices between programmes name two of them in one
    assert naming - divided == {"only_if"}, "planner/nation/pieces.py leaves these of other agencies in a piece"
