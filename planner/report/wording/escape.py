"""Make text of users safe to print.

The templates escape HTML. This module shows characters that are invisible or change how text reads: control characters,
marks that change the direction of writing, invisible spaces.
"""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)


def visible(value: object) -> object:
    """Return `value`, with every invisible character of a text replaced by its code, as in [U+202E].

    It is applied to every expression of every template; finished HTML is left as it is.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", value)
    return value


def css_text(text: str) -> str:
    """Return `text` as a quoted CSS string that cannot end itself or its style element."""
    shown = str(visible(text))
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in shown) + '"'
