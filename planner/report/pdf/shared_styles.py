"""Match selectors and cascade declarations once for elements that no selector of a report tells apart.

Tables have thousands of cells of a few kinds. `StyleFor` is that of WeasyPrint 70, and finds the same styles; only the
work is shared. With another version nothing is shared. docs/decisions/0006-pdf-tricks.md has the figures.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any, Final

import weasyprint
from cssselect2 import ElementWrapper
from weasyprint import css
from weasyprint.css import declaration_precedence, find_style_attributes, preprocess_declarations

VERSION: Final = "70."
"""The versions of WeasyPrint whose cascade is understood here."""
LAST_PLACE: Final = 8
"""Places among siblings that selectors of reports tell apart: beyond, elements of one kind look the same."""

_kept_back: dict[str, Callable[..., None]] = {}


def share_styles(*, share: bool = True) -> bool:
    """Share styles from here on in this process, or no longer; False if WeasyPrint is of another version."""
    if not weasyprint.VERSION.startswith(VERSION):
        return False
    original = _kept_back.setdefault("init", css.StyleFor.__init__)
    css.StyleFor.__init__ = _style_all if share else original
    return True


class _Kinds:
    """Numbers elements by what selectors can ask of them.

    Of an element itself that is its name, its classes, its place among its siblings, and the one before it; of those
    above it the name and classes alone: so selectors of reports are written, and a test holds them to it.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._above: dict[Any, int] = {}

    def of(self, element: ElementWrapper) -> tuple[Any, ...]:
        """Return the kind of an element that comes after its parent and its elder siblings."""
        node, parent = element.etree_element, element.parent
        own = (node.tag, node.get("class"), node.get("id"), node.get("lang"))
        above = 0 if parent is None else self._above[parent.etree_element]
        number = self._numbers.setdefault((above, own), len(self._numbers) + 1)
        self._above[node] = number
        before = element.previous
        place = min(element.index, LAST_PLACE), element.index + 1 == len(element.etree_siblings)
        return number, place, None if before is None else (before.etree_element.tag, before.etree_element.get("class"))


def _style_all(
    styles: Any, html: Any, sheets: Any, presentational_hints: Any, font_config: Any, target_collector: Any
) -> None:
    """Give each element and pseudo-element its style, as `StyleFor.__init__` does."""
    cascaded: dict[Any, dict[str, Any]] = {}
    computed: dict[Any, Any] = {}
    styles._cascaded_styles, styles._computed_styles = cascaded, computed
    styles.initial_page_sizes = {"box": None, "area": None}
    styles._sheets, styles.font_config = sheets, font_config
    own: dict[Any, tuple[Any, ...]] = {}
    for specificity, node, declarations, base_url in find_style_attributes(
        html.etree_element, presentational_hints, html.base_url
    ):
        own[node] = tuple(declarations)
        _cascade(
            cascaded.setdefault((node, None), {}),
            preprocess_declarations(base_url, declarations),
            "author",
            inf,
            specificity,
        )
    kinds = _Kinds()
    matched: dict[tuple[Any, ...], list[Any]] = {}
    alike: dict[tuple[Any, ...], Any] = {}
    for element in html.wrapper_element.iter_subtree():
        node = element.etree_element
        parent = element.parent.etree_element if element.parent else None
        kind = kinds.of(element)
        rules = matched.get(kind)
        if rules is None:
            rules = matched[kind] = list(_rules(element, sheets))
        key = (
            id(computed[parent, None]) if element.parent else None,
            own.get(node),
            tuple((id(rule[1]), rule[2:]) for rule in rules),
        )
        known = alike.get(key)
        for pseudo_type, declarations, *weight in rules:
            if known is None or pseudo_type:
                _cascade(cascaded.setdefault((node, pseudo_type), {}), declarations, *weight)
        if known is None:
            styles.set_computed_styles(
                node, root=html.etree_element, parent=parent, base_url=html.base_url, target_collector=target_collector
            )
            alike[key] = computed[node, None]
        else:
            computed[node, None] = known
    for node, pseudo_type in list(cascaded):
        if pseudo_type:
            styles.set_computed_styles(
                node,
                pseudo_type=pseudo_type,
                root=html.etree_element,
                parent=node,
                base_url=html.base_url,
                target_collector=target_collector,
            )
    cascaded.clear()


def _rules(element: ElementWrapper, sheets: Any) -> Any:
    """Yield what matches an element: pseudo-element, declarations, origin, place of the layer, and specificity."""
    for sheet, origin, sheet_specificity in sheets:
        for specificity, _order, pseudo_type, (declarations, layer) in sheet.matcher.match(element):
            place = inf if layer is None else sheet.layers.index(layer)
            yield pseudo_type, declarations, origin, place, sheet_specificity or specificity


def _cascade(style: Any, declarations: Any, origin: str, layer: float, specificity: Any) -> None:
    """Take declarations into a style, unless it has them from rules that weigh more."""
    for name, values, importance in declarations:
        weight = (declaration_precedence(origin, importance), layer, specificity)
        if name not in style or style[name][1] <= weight:
            style[name] = values, weight
