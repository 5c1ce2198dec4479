"""What pages say instead of warnings about JP: without the keys of the format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from planner.locale import N_

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
"""By the warning (English msgids)."""
