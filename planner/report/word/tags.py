"""The tags of a template, {{ … }} and {% … %}: found, made whole where Word has split them, and checked by name."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from docx.oxml.ns import qn
from jinja2 import Environment, TemplateError, TemplateSyntaxError, meta

from planner.domain.checks.did_you_mean import did_you_mean
from planner.errors import Problem
from planner.locale import N_, _

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OUTPUT: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_OPENING: Final = re.compile(r"\{[{%]")
_CLOSING: Final = re.compile(r"[}%]\}")
_BRACE: Final = re.compile(r"[{}]")
_MARKUP: Final = re.compile(r"</?[A-Za-z]\w*:[^<>]*(?:>|\Z)|\A[^<>]*\"\s*/?>")
"""Elements of XML, of which nobody is told, also one that is cut."""
_OF_PARAGRAPH: Final = re.compile(r"\{\{\s*(?:p|r|tr|tc)\s+(?=[^\W\d]\w*\s*\}\})")
"""The mark of docxtpl for what stands in place of a whole paragraph; blocks do so anyway."""
_CURLY: Final = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u00a0": " "})


def make_whole(root: Any) -> None:
    """Put each tag of a part into the run in which it begins, so that what follows it keeps its own look.

    Word cuts text into runs wherever it likes, such as after a spelling mistake. Tags, also parts of them, that
    somebody deleted or moved away while Word tracked changes go for good: nobody sees them.
    """
    for paragraph in root.iter(qn("w:p")):
        moved = (text for gone in paragraph.iter(qn("w:moveFrom")) for text in gone.iter(qn("w:t")))
        deleted = [*paragraph.iter(qn("w:delText"), qn("w:delInstrText")), *moved]
        if _BRACE.search("".join(text.text or "" for text in deleted)):
            for text in deleted:
                text.text = ""
    for texts in _paragraphs(root):
        if len(texts) > 1 or (texts and "{" in (texts[0].text or "")):
            _joined(texts)


def _paragraphs(root: Any) -> Iterator[list[Any]]:
    """Yield the texts of each paragraph in order, without those of paragraphs inside it, as of text boxes."""
    for paragraph in root.iter(qn("w:p")):
        yield [text for text in paragraph.iter(qn("w:t")) if next(text.iterancestors(qn("w:p")), None) is paragraph]


def _joined(texts: list[Any]) -> None:
    whole = "".join(text.text or "" for text in texts)
    if "{" not in whole:
        return
    starts: list[int] = []
    at = 0
    for text in texts:
        starts.append(at)
        at += len(text.text or "")
    parts: list[list[str]] = [[] for _text in texts]
    cursor = 0
    for tag in _TAG.finditer(whole):
        _deal(whole, cursor, tag.start(), starts, parts)
        owner = max(n for n, start in enumerate(starts) if start <= tag.start())
        parts[owner].append(_OF_PARAGRAPH.sub("{{ ", tag[0].translate(_CURLY)))
        cursor = tag.end()
    _deal(whole, cursor, len(whole), starts, parts)
    for text, pieces in zip(texts, parts, strict=True):
        text.text = "".join(pieces)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _deal(whole: str, start: int, end: int, starts: list[int], parts: list[list[str]]) -> None:
    """Give the text from `start` to `end` back to the runs that it came from."""
    for n, begin in enumerate(starts):
        stop = starts[n + 1] if n + 1 < len(starts) else len(whole)
        piece = whole[max(start, begin) : min(end, stop)]
        if start < stop and begin < end and piece:
            parts[n].append(piece)


def faults_of(root: Any) -> Iterator[Problem]:
    """Yield the tags that do not end, or end without a beginning, each with the text around it."""
    for texts in _paragraphs(root):
        whole = "".join(text.text or "" for text in texts)
        left = _TAG.sub("", whole)
        if _OPENING.search(left) or _CLOSING.search(left):
            message = _("a tag is not whole: {text}").format(text=_cut(whole.strip()))
            yield Problem(message, _("Write it on one line, as in {tag}.").format(tag="{{ isi }}"))


def beside_blocks(root: Any, blocks: Collection[str]) -> Iterator[Problem]:
    """Yield the tags of blocks with something beside them in their paragraph: a block takes the place of a whole
    one."""
    for texts in _paragraphs(root):
        whole = "".join(text.text or "" for text in texts)
        names = _named(whole, blocks)
        if names and _TAG.sub(lambda tag: "" if _is_block(tag[0], blocks) else tag[0], whole).strip():
            tag = f"{{{{ {names[0]} }}}}"
            message = _("beside {tag} there is something else in the paragraph: '{text}'.")
            remedy = _("Put {tag} in a paragraph of its own: the block takes the place of the whole paragraph.")
            yield Problem(message.format(tag=tag, text=_cut(whole.strip())), remedy.format(tag=tag))


def blocks_in(paragraph: Any, blocks: Collection[str]) -> set[str]:
    """Return the blocks that a paragraph asks for."""
    return set(_named("".join(text.text or "" for text in paragraph.iter(qn("w:t"))), blocks))


def _named(whole: str, blocks: Collection[str]) -> list[str]:
    return [name for tag in _OUTPUT.findall(whole) for name in re.findall(r"\w+", tag) if name in blocks]


def _is_block(tag: str, blocks: Collection[str]) -> bool:
    """Return whether a tag leaves no text behind: it is replaced by a block, or says when something is there."""
    return not tag.startswith("{{") or any(name in blocks for name in re.findall(r"\w+", tag))


def names_in(xml: str, environment: Environment) -> set[str]:
    """Return the variables that a part asks for; raises TemplateSyntaxError."""
    return set(meta.find_undeclared_variables(environment.parse(xml)))


def unknown(names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each name that is no variable, with the nearest one and all of them."""
    listed = sorted(known)
    for name in sorted(set(names) - set(listed)):
        remedy = _("Known are: {names}.").format(names=", ".join(listed))
        hint = did_you_mean(name, listed)
        yield Problem(_("'{name}' is no variable of templates.").format(name=name), f"{hint} {remedy}".strip())


def names_alone(xml: str, known: Collection[str]) -> set[str]:
    """Return the variables that stand alone in a tag of a part that cannot be parsed, without those of its loops."""
    names = {name for tag in _OUTPUT.findall(xml) for name in re.findall(r"\{\{\s*([^\W\d]\w*)\s*\}\}", tag)}
    return {name for name in names if name in known or not re.search(rf"\bfor\b[^%]*\b{name}\b[^%]*\bin\b", xml)}


def refused(error: TemplateError, xml: str = "", known: Collection[str] = ()) -> Problem:
    """Return what Jinja says of a template, or of a part of it, as a problem."""
    around = ""
    if isinstance(error, TemplateSyntaxError):
        context = getattr(error, "docx_context", ())
        around = " ".join(_MARKUP.sub("", line).strip() for line in context if "{" in line)
        tags = (html.unescape(_MARKUP.sub("", tag)) for tag in _OUTPUT.findall(xml))
        around = around or next(filter(_is_broken, tags), "")
    message = _("a tag cannot be understood{reason}.").format(reason=_reason(error.message or str(error)))
    if around:
        message += " " + _("It stands near: {text}").format(text=_cut(around))
    joined = "_".join(re.findall(r"\w+", around))
    meant = did_you_mean(joined, known) if joined else ""
    return Problem(message, f"{meant} {_('docs/word.md lists the variables and shows examples.')}".strip())


def _is_broken(tag: str) -> bool:
    try:
        Environment().parse(tag)
    except TemplateSyntaxError:
        return True
    return False


_REASONS: Final = (
    (r"Unexpected end of template.*?(end\w+)", N_(": '{name}' is missing")),
    (r"unknown tag '([^']*)'", N_(": there is no '{name}' here")),
    (r"No filter named '([^']*)'", N_(": there is no filter '{name}'")),
    (r"No test named '([^']*)'", N_(": there is no test '{name}'")),
    (r"has no attribute '([^']*)'|'([^']*)' is undefined", N_(": there is no '{name}'")),
)
"""What Jinja says of common mistakes, and the same in words that are translated."""


def _reason(said: str) -> str:
    """Return the reason in the language in force; empty for rare ones, of which Jinja has only English."""
    for pattern, words in _REASONS:
        if found := re.search(pattern, said, re.DOTALL):
            return _(words).format(name=_cut(next(filter(None, found.groups()))))
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "…"
