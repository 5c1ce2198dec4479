"""The model page says what the code says."""

from __future__ import annotations

import pytest

from planner.model.build import FAMILIES
from tests.rules.model_page import CHECKED_AS, PAGE, page


def test_the_model_page_is_made_of_the_docstrings(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-goldens"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), "pytest --update-goldens writes docs/model.md anew."


def test_every_family_says_under_which_name_the_check_finds_it_broken() -> None:
    assert list(CHECKED_AS) == list(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_says_what_it_means_before_its_formula(family: str) -> None:
    says = FAMILIES[family].__doc__ or ""
    assert says.partition("\n")[0].endswith("."), family
    assert "<=" in says or ">=" in says or "=" in says, family
