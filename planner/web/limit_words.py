"""What pages say of limits, such as those that cannot be kept together: without the keys of the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.locale import N_

LIMITS: Final[Mapping[str, str]] = {
    "the rule '{owner}': at least {value} (at_least)": N_("the rule '{owner}': at least {value}"),
    "the rule '{owner}': at most {value} (at_most)": N_("the rule '{owner}': at most {value}"),
    "classes of the programme '{owner}' are promised: {value} (committed)": N_(
        "classes of the programme '{owner}' are promised: {value}"
    ),
    "the fund '{owner}' has {value} (amount)": N_("the fund '{owner}' has {value}"),
    "the fund '{owner}' is released in steps: {value} (releases)": N_(
        "the fund '{owner}' is released in steps: {value}"
    ),
    "the fund '{owner}' pays at most {value} of a programme (max_share)": N_(
        "the fund '{owner}' pays at most {value} of a programme"
    ),
    "the fund '{owner}' pays at most {value} (match)": N_("the fund '{owner}' pays at most {value}"),
    "the fund '{owner}' pays at least {value} if it is used (minimum)": N_(
        "the fund '{owner}' pays at least {value} if it is used"
    ),
    "the fund '{owner}' pays only for what it selects (pays)": N_("the fund '{owner}' pays only for what it selects"),
    "the number of classes of the programme '{owner}' is limited: {value} (classes)": N_(
        "the number of classes of the programme '{owner}' is limited: {value}"
    ),
    "a class of the programme '{owner}' needs at least {value} people (class_size.min)": N_(
        "a class of the programme '{owner}' needs at least {value} people"
    ),
    "the programme '{owner}' takes at least {value} people of a group in a period (smallest)": N_(
        "the programme '{owner}' takes at least {value} people of a group in a period"
    ),
    "the programme '{owner}' requires {value} (requires)": N_("the programme '{owner}' requires {value}"),
    "the mentor pool '{owner}' has {value} mentors (mentor_pools)": N_("the mentor pool '{owner}' has {value} mentors"),
    "the resource '{owner}' has in each period: {value} (resources)": N_(
        "the resource '{owner}' has in each period: {value}"
    ),
    "the choices between programmes say {owner}: {value} (choices)": N_(
        "the choices between programmes say {owner}: {value}"
    ),
    "at most {value} of the group '{owner}' are willing to take part (uptake)": N_(
        "at most {value} of the group '{owner}' are willing to take part"
    ),
    "people of the group '{owner}' may take at most {value} JP each (max_hours)": N_(
        "people of the group '{owner}' may take at most {value} JP each"
    ),
    "at most {value} of the working days of the group '{owner}' may go to class in one period (release)": N_(
        "at most {value} of the working days of the group '{owner}' may go to class in one period"
    ),
    "the promised classes of the programmes {owners} (committed)": N_(
        "the promised classes of the programmes {owners}"
    ),
    "the amounts of the funds {owners} (amount)": N_("the amounts of the funds {owners}"),
    "the releases of the funds {owners} (releases)": N_("the releases of the funds {owners}"),
    "the largest shares of a programme that the funds {owners} pay (max_share)": N_(
        "the largest shares of a programme that the funds {owners} pay"
    ),
    "the matching conditions of the funds {owners} (match)": N_("the matching conditions of the funds {owners}"),
    "the minimums of the funds {owners} (minimum)": N_("the minimums of the funds {owners}"),
    "what the funds {owners} may pay (pays)": N_("what the funds {owners} may pay"),
    "the numbers of classes of the programmes {owners} (classes)": N_(
        "the numbers of classes of the programmes {owners}"
    ),
    "the smallest classes of the programmes {owners} (class_size.min)": N_(
        "the smallest classes of the programmes {owners}"
    ),
    "the fewest people of a group that the programmes {owners} take in a period (smallest)": N_(
        "the fewest people of a group that the programmes {owners} take in a period"
    ),
    "the prerequisites of the programmes {owners} (requires)": N_("the prerequisites of the programmes {owners}"),
    "the numbers of mentors of the pools {owners} (mentor_pools)": N_("the numbers of mentors of the pools {owners}"),
    "the amounts of the resources {owners} (resources)": N_("the amounts of the resources {owners}"),
    "the choices between programmes, {owners} (choices)": N_("the choices between programmes, {owners}"),
    "the shares willing to take part of the groups {owners} (uptake)": N_(
        "the shares willing to take part of the groups {owners}"
    ),
    "the JP per person of the groups {owners} (max_hours)": N_("the JP per person of the groups {owners}"),
    "the shares of working days that may go to class in one period of the groups {owners} (release)": N_(
        "the shares of working days that may go to class in one period of the groups {owners}"
    ),
    (
        "people of the group '{owner}' may take at most {value} JP each (max_hours), and have taken {before} of them in"
        " the first year already (hours_before)"
    ): N_(
        "people of the group '{owner}' may take at most {value} JP each, and have taken {before} of them in the first"
        " year already"
    ),
    "the JP per person of the groups {owners} (max_hours, less hours_before)": N_(
        "the JP per person of the groups {owners}, less what they have taken before"
    ),
}
"""What pages say instead of a sentence (English msgids)."""

WARNINGS: Final[Mapping[str, str]] = {
    "'{group}' ({taken} JP taken, max_hours {most})": N_("'{group}' ({taken} JP taken, at most {most})"),
    (
        "'{id}' has {hours} JP, more than one person of {count} group may take (max_hours); it is closed to "
        "{people} people with a gap: {groups}."
    ): N_(
        "'{id}' has {hours} JP, more than one person of {count} group may take; it is closed to {people} "
        "people with a gap: {groups}."
    ),
    (
        "'{id}' has {hours} JP, more than one person of {count} groups may take (max_hours); it is closed to "
        "{people} people with a gap: {groups}."
    ): N_(
        "'{id}' has {hours} JP, more than one person of {count} groups may take; it is closed to {people} "
        "people with a gap: {groups}."
    ),
    (
        "'{id}' has {hours} JP, more than is left to one person of {count} group after the JP taken already "
        "(hours_before); it is closed to {people} people with a gap: {groups}."
    ): N_(
        "'{id}' has {hours} JP, more than is left to one person of {count} group after the JP taken already; "
        "it is closed to {people} people with a gap: {groups}."
    ),
    (
        "'{id}' has {hours} JP, more than is left to one person of {count} groups after the JP taken already "
        "(hours_before); it is closed to {people} people with a gap: {groups}."
    ): N_(
        "'{id}' has {hours} JP, more than is left to one person of {count} groups after the JP taken "
        "already; it is closed to {people} people with a gap: {groups}."
    ),
    (
        "'{id}' has taken {hours} JP already (hours_before); the longest course known, basic training of 2025, has 599."
    ): N_("'{id}' has taken {hours} JP already; the longest course known, basic training of 2025, has 599."),
    (
        "'{id}' has taken {hours} JP already (hours_before; {count} groups have so many); the longest course "
        "known, basic training of 2025, has 599."
    ): N_(
        "'{id}' has taken {hours} JP already ({count} groups have so many); the longest course known, basic "
        "training of 2025, has 599."
    ),
    (
        "'{id}' has taken {hours} JP already (hours_before), more than the {most} JP that one person may "
        "take in a year (max_hours): nothing is left for the first year."
    ): N_(
        "'{id}' has taken {hours} JP already, more than the {most} JP that one person may take in a year: "
        "nothing is left for the first year."
    ),
    (
        "'{id}' has taken {hours} JP already (hours_before), more than the {most} JP that one person may "
        "take in a year (max_hours), and so {count} groups: nothing is left to them for the first year."
    ): N_(
        "'{id}' has taken {hours} JP already, more than the {most} JP that one person may take in a year, "
        "and so {count} groups: nothing is left to them for the first year."
    ),
}
"""What pages say instead of a warning about JP (English msgids)."""
LIMITS_AND_HOURS: Final = {**LIMITS, **WARNINGS}
"""Both."""
