"""The form of a page, for tests that send it back."""

from __future__ import annotations

from html.parser import HTMLParser


class FormOfPage(HTMLParser):
    """The fields of the form of a page, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.inside = self.text = self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.inside = given.get("id") or ""
        elif self.inside not in ("scenario-form", "editor"):
            return
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields.setdefault(name, []).append(value)
        elif tag == "select":
            self.select = name
            self.fields.setdefault(name, []).append("")
        elif tag == "option" and "selected" in given:
            self.fields[self.select][-1] = value
        elif tag == "textarea":
            self.text = name
            self.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.text:
            self.fields[self.text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self.text][0] = self.fields[self.text][0].removeprefix("\n")
            self.text = ""
        elif tag == "form":
            self.inside = ""
