"""All series of the campaign. Whoever adds one writes a function, and a line here."""

from __future__ import annotations

from typing import Final

from tests.campaign.brute_force import EVERY_PLAN_TRIED
from tests.campaign.certificates import CERTIFICATES
from tests.campaign.corruptions import CORRUPTIONS
from tests.campaign.engines import AGREEMENT, AGREEMENT_ABOUT_SHIPPED
from tests.campaign.further_cases import FURTHER_CASES
from tests.campaign.lies import LIES
from tests.campaign.metamorphic import METAMORPHIC
from tests.campaign.nations import NATIONS
from tests.campaign.readers import FUZZED_READERS
from tests.campaign.scan import SCAN
from tests.campaign.series import Series
from tests.campaign.web_routes import WEB_ROUTES

SERIES: Final[tuple[Series, ...]] = (
    EVERY_PLAN_TRIED,
    AGREEMENT,
    AGREEMENT_ABOUT_SHIPPED,
    METAMORPHIC,
    NATIONS,
    CORRUPTIONS,
    CERTIFICATES,
    SCAN,
    LIES,
    FUZZED_READERS,
    WEB_ROUTES,
    FURTHER_CASES,
)

BY_NAME: Final = {series.name: series for series in SERIES}
