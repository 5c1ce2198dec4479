"""HTML read strictly: a tree of elements, or an error where a tag is not closed as it was opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "br", "img", "input", "hr", "col", "wbr"})


@dataclass
class Element:
    """One element with its attributes and content."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, with spaces made single."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.content:
            if isinstance(part, str):
                yield part
            else:
                yield from part._texts()
                yield " "

    def __iter__(self) -> Iterator[Element]:
        """Every element inside, in order."""
        return iter(self._inside)

    @cached_property
    def _inside(self) -> list[Element]:
        """Every element inside, kept: a document does not change once it is read, and is asked for many things."""
        found: list[Element] = []
        left: list[Element | str] = self.content[::-1]
        while left:
            part = left.pop()
            if isinstance(part, Element):
                found.append(part)
                left += part.content[::-1]
        return found

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements inside with this tag and these attributes (class_ stands for class)."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        alike = (e for e in self if e.tag == tag)
        return [e for e in alike if all(e.attributes.get(n) == v for n, v in wanted.items())]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} {attributes}>"
        return found[0]

    def visible_text(self) -> str:
        """The text that a reader sees: without style and head."""
        texts = []
        for part in self.content:
            if isinstance(part, str):
                texts.append(part)
            elif part.tag not in ("style", "head"):
                texts.append(part.visible_text())
        return " ".join(" ".join(texts).split())

    def rows(self) -> list[list[str]]:
        """The texts of a table's cells, row by row: head, body and foot."""
        return [[cell.text for cell in row.cells()] for row in self.all("tr")]

    def cells(self) -> list[Element]:
        """The cells of a row."""
        return [cell for cell in self if cell.tag in ("th", "td")]

    def across(self) -> int:
        """The columns that the cells of a row fill."""
        return sum(int(cell.attributes.get("colspan", 1)) for cell in self.cells())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> names an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].content.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}> at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


@lru_cache(maxsize=16)
def read(page: str) -> Element:
    """The document, which nobody changes; AssertionError where its tags do not match."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root], f"not closed: {[e.tag for e in reader.open]}"
    return reader.root


def number(text: str) -> float:
    """A figure as an Indonesian report prints it: Rp1.250.000, 12,3%, 1.234,5; a dash is 0."""
    plain = text.removeprefix("Rp").removesuffix("%").replace(".", "").replace(",", ".")
    return 0.0 if plain == "\u2013" else float(plain)
