"""What pages say of runs and of acts, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from babel.dates import format_date

from planner.locale import N_, _, language_in_force, ngettext
from planner.report.wording.formats import NOTHING, Formats
from planner.units.said import nearest
from planner.web.review_states import REVIEWS
from planner.web.role_names import ROLE_NAMES

ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "made": N_("made a plan"),
        "searched on": N_("had the search go on from a plan"),
        "pinned": N_("pinned a plan"),
        "unpinned": N_("unpinned a plan"),
        "deleted": N_("deleted a plan"),
        "removed": N_("removed a plan that was deleted 30 days ago"),
        "lost": N_("found that lines known before are gone from the journal or changed"),
        "saved": N_("saved"),
        "looked": N_("looked at names"),
        "restored": N_("brought a deleted plan back"),
        "verified": N_("had a plan checked again"),
        "submitted": N_("submitted a plan"),
        "withdrawn": N_("withdrew a plan"),
        "commented": N_("commented on a plan"),
        "returned": N_("returned a plan"),
        "approved": N_("approved a plan"),
        "signed in": N_("signed in"),
        "sign-in blocked": N_("failed to sign in too often"),
        "account made": N_("made the account"),
        "account closed": N_("closed the account"),
        "account opened": N_("opened the account again"),
        "role given": N_("gave a role to the account"),
        "role taken": N_("took a role from the account"),
        "password set": N_("set the password of the account"),
    }
)
"""Acts in the journal, as what somebody did."""
LOOKS: Final = MappingProxyType(
    {
        "person": N_("looked at names of one person"),
        "agency": N_("looked at names of {whom}"),
        "class": N_("looked at names of {whom}"),
        "book": N_("looked at names of everybody, in a workbook"),
        "lists": N_("sent participants' lists that came back"),
    }
)
"""How names were looked at, by the people they belong to; never which names."""


_REMEMBERED: Final = re.compile(
    rf"(?P<number>\d{{1,9}}) (?P<action>{'|'.join(sorted(ACTIONS, key=len, reverse=True))}) "
    r"(?P<subject>.*?\.(?i:ya?ml|xlsx)|\S*) (?P<who>.*?) ?(?P<hash>[0-9a-f]{12})\Z"
)
"""A line that is gone, as the journal remembers it: its number, what was done, to what and by whom, and its seal."""


@dataclass(frozen=True)
class RunRow:
    """A run in words; `run` is its row of the index."""

    run: Any
    made: str
    closed: str
    """Gaps closed of those there are."""
    share: str
    cost: str
    partners: str
    participants: str
    seconds: str
    check: str
    """What the checker said last, and when."""
    holds: bool
    review: str
    """Its state in the review; empty where it is in none."""
    quality: str = ""
    """How many more gaps could be closed at most; empty where the journal does not say it."""
    origin: str = ""
    """That it came of a search that went on; empty where it did not."""

    @property
    def id(self) -> str:
        return str(self.run.run)


@dataclass(frozen=True)
class ActRow:
    """A line of the journal in words."""

    number: str
    at: str
    who: str
    did: str
    subject: str
    about: str
    """The id of a run that the subject is; empty where it is something else."""
    note: str
    hash: str
    section: str = ""
    """Anchor of the section that a comment is about; empty for the whole plan."""


def moment(when: datetime) -> str:
    """Return date and time of day on this machine: 29 November 2026 pukul 14.05."""
    formats = Formats(language_in_force())
    here = when.astimezone()
    day = format_date(here.date(), "medium", locale=formats.locale)
    time = f"{here:%H.%M}" if formats.language == "id" else f"{here:%H:%M}"
    return _("{day}, {time}").format(day=day, time=time)


def approval_of(run: Any) -> str:
    """Return by whom and when a run was approved, in a sentence; empty where it is not."""
    if run.review != "approved":
        return ""
    return _("Approved by {name}, {when}.").format(name=run.reviewed_by, when=moment(run.reviewed_at))


def row_of(run: Any, making: Mapping[str, Any] = MappingProxyType({})) -> RunRow:
    """Return a run of the index in words, with what the journal says of its making."""
    formats = Formats(language_in_force())
    closed = Fraction(repr(run.gaps_closed))
    checked = moment(run.checked_at)
    findings = ngettext("{count} finding, {when}", "{count} findings, {when}", run.findings)
    return RunRow(
        run,
        moment(run.made_at),
        _("{closed} of {need}").format(closed=formats.gaps_in_words(closed), need=formats.count(run.total_need)),
        formats.share(closed / run.total_need) if run.total_need else NOTHING,
        formats.rupiah(run.total_cost),
        formats.rupiah(run.partner_cost),
        formats.count(run.participants),
        formats.number(Fraction(repr(run.seconds)), 1),
        findings.format(count=run.findings, when=checked) if run.findings else _("holds, {when}").format(when=checked),
        not run.findings,
        _(REVIEWS[run.review]) if run.review else "",
        _quality(run.claim, float(making["gap"]), formats) if "gap" in making else "",
        _("after searching on") if making.get("searched_on") else "",
    )


def _quality(claim: str, gap: float, formats: Formats) -> str:
    """Return how far another plan may close more gaps, by exact arithmetic or, if it says less, by two searches."""
    words = _("at most {share} more, as two searches agree") if claim == "agreed" else _("at most {share} more")
    return words.format(share=formats.float_share(gap))


def acts_of(lines: Iterable[Any]) -> list[ActRow]:
    """Return the lines of the journal in words."""
    formats = Formats(language_in_force())
    return [
        ActRow(
            formats.count(line.number),
            moment(line.at),
            named(line.who, line.signed_in),
            _did(line),
            str(line.facts.get("scenario") or line.subject),
            line.subject if "plan" in line.facts else "",
            _gone(line.note) if line.action == "lost" else line.note or _role(line.facts),
            line.hash[:12],
            str(line.facts.get("section", "")),
        )
        for line in lines
    ]


def _did(line: Any) -> str:
    """Return what was done, and what came of it."""
    if line.action == "verified":
        findings = int(line.facts.get("findings", 0))
        words = ngettext("{count} finding", "{count} findings", findings).format(count=findings)
        said = words if findings else _("it holds")
        if line.facts.get("because") == "submitted":
            return _("had the checker judge again ({said}), before submitting it, a plan").format(said=said)
        return _("had the checker judge again ({said}) a plan").format(said=said)
    if line.action == "approved" and line.facts.get("another"):
        return _("approved a plan, and says to be somebody else than who has submitted it")
    if line.action == "searched on" and {"gap", "seconds"} <= line.facts.keys():
        formats = Formats(language_in_force())
        return _("had the search go on, to {gap} and for at most {count} min, from a plan").format(
            gap=formats.float_share(float(line.facts["gap"])), count=nearest(float(line.facts["seconds"]) / 60)
        )
    if line.action == "made" and line.facts.get("searched_on"):
        return _("made a better plan by a search that went on")
    if line.action == "looked":
        whom = str(line.facts.get("whom", ""))
        return _(LOOKS.get(str(line.facts.get("what")), ACTIONS["looked"])).format(whom=whom)
    return _(ACTIONS[line.action]) if line.action in ACTIONS else str(line.action)


def _gone(note: str) -> str:
    """Return the lines that are gone, each on a line of its own in words; what is not written as they are stays as it
    is."""
    formats, said = Formats(language_in_force()), []
    for one in note.split("; "):
        found = _REMEMBERED.match(one)
        if found is None:
            said.append(one)
            continue
        words = (
            _("no. {number}: {who} {did} {subject} (seal {hash})")
            if found["subject"]
            else _("no. {number}: {who} {did} (seal {hash})")
        )
        who = found["who"] or _("without a name")
        action = found["action"]
        did = _(ACTIONS[action])
        number = formats.count(int(found["number"]))
        said.append(words.format(number=number, who=who, did=did, subject=found["subject"], hash=found["hash"]))
    return "\n".join(said)


def _role(facts: Mapping[str, Any]) -> str:
    """Return the role that an act is about, and for which agency; empty where it is about none."""
    role, agency = str(facts.get("role", "")), str(facts.get("agency", ""))
    name = _(ROLE_NAMES[role]) if role in ROLE_NAMES else ""
    return f"{name}, {agency}" if agency else name


def named(who: str, signed_in: bool) -> str:
    """Return a name, and whether somebody has confirmed it."""
    if not who:
        return _("without a name")
    return who if signed_in else _("{name} (typed)").format(name=who)
