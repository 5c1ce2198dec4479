"""Colours of charts by meaning, for a light and a dark page.

Charts have the light colour in their attributes, so that they print and are readable without a style sheet; on a dark
screen the style sheet replaces it by tone. Hatching, letters and figures repeat what a colour says.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from planner.units.said import nearest


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour of charts."""

    name: str
    light: str
    dark: str


_ALL: Final = (
    Tone("paper", "#ffffff", "#12191f"),
    Tone("ink", "#17212b", "#e8edf1"),
    Tone("soft", "#4d5b68", "#a9b6c1"),
    Tone("grid", "#d3dbe2", "#34414d"),
    Tone("track", "#e4eaef", "#26313b"),
    Tone("hatch", "#8798a7", "#66798a"),
    Tone("closed", "#1c6b73", "#4fb3b5"),
    # Steps of a share or an amount, from nothing to all.
    Tone("step0", "#f7e6cb", "#4a3820"),
    Tone("step1", "#dcebea", "#1b3336"),
    Tone("step2", "#b5d8d6", "#1d4a4d"),
    Tone("step3", "#7dbcbb", "#226669"),
    Tone("step4", "#2b7f86", "#53b0b0"),
    Tone("step5", "#14525b", "#9adad6"),
    # Funds, distinguished by order, hatching and letter.
    Tone("fund0", "#17506b", "#6fb4d6"),
    Tone("fund1", "#8a5a00", "#e2b258"),
    Tone("fund2", "#23766a", "#5cc0ae"),
    Tone("fund3", "#8b4a7e", "#cf93c3"),
    Tone("fund4", "#b5532f", "#e68e6c"),
    Tone("fund5", "#5f7427", "#a9c063"),
    Tone("fund6", "#55657a", "#9db0c6"),
    Tone("fund7", "#a03d55", "#e48ea3"),
    Tone("fund8", "#3f6fae", "#8fb4e6"),
    Tone("fund9", "#7d6543", "#c7ad86"),
)
TONES: Final = {tone.name: tone for tone in _ALL}
STEPS: Final = 6
FUND_TONES: Final = 10
PATTERNS: Final = ("", "rising", "dots", "falling", "cross")
"""Hatchings that distinguish payers; the first is none. "open" marks what is not reached."""


def step_of(share: Fraction) -> int:
    """Return the colour step of a share [0-1] by its whole percentage: 0 for nothing, 5 for all, and four steps of 25
    points between."""
    if share <= 0:
        return 0
    return STEPS - 1 if share >= 1 else 1 + min(99, max(1, nearest(share * 100))) // 25


def ink_on(tone: str) -> str:
    """Return the text tone with the best contrast on `tone`, on a light page and, with swapped tones, on a dark one."""
    return "paper" if contrast(TONES[tone].light, TONES["paper"].light) >= 4.5 else "ink"


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
