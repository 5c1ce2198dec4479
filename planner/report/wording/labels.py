"""Labels for the words of a scenario: kinds, forms, measures, attributes, goals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from planner.domain.groups import EMPLOYMENT_NAMES
from planner.domain.rules import Rule
from planner.domain.scenario import Scenario
from planner.domain.selectors import Selector
from planner.locale import N_, _

_COMPETENCY_KINDS: Final = {
    "technical": N_("technical"),
    "managerial": N_("managerial"),
    "socio_cultural": N_("socio-cultural"),
}
_FUND_KINDS: Final = {"own": N_("own funds"), "partner": N_("partner")}
_FORMS: Final = {
    "pelatihan": N_("training course"),
    "bimtek": N_("technical guidance"),
    "e-learning": N_("e-learning"),
    "mentoring": N_("mentoring"),
    "coaching": N_("coaching"),
    "magang": N_("internship"),
    "seminar": N_("seminar"),
    "workshop": N_("workshop"),
    "lokakarya": N_("workshop"),
    "sosialisasi": N_("briefing"),
    "kursus": N_("course"),
    "webinar": N_("webinar"),
    "benchmarking": N_("benchmarking"),
    "detasering": N_("secondment"),
    "pelatihan jarak jauh": N_("distance training"),
    "tugas belajar": N_("study assignment"),
    "blended": N_("blended training"),
}
_CLASSROOM: Final = frozenset(
    {"pelatihan", "bimtek", "seminar", "workshop", "lokakarya", "sosialisasi", "pelatihan kepemimpinan"}
)
_OUTSIDE: Final = frozenset({"e-learning", "mentoring", "coaching", "pelatihan jarak jauh"})
"""Forms whose route is known to be outside the classroom (nonklasikal); `_CLASSROOM` lists those in it (klasikal)."""
_MEASURES: Final = {
    "cost": N_("cost"),
    "participants": N_("participants"),
    "hours": N_("lesson hours (JP)"),
    "classes": N_("classes"),
    "gaps_closed": N_("gaps closed"),
}
_BASES: Final = {
    "participant": N_("per participant"),
    "class": N_("per class"),
    "programme": N_("per programme"),
}
_UNITS: Final = {
    "programme": N_("each programme by itself"),
    "group": N_("each group by itself"),
    "agency": N_("each agency by itself"),
    "location": N_("each location by itself"),
}
_SUBJECTS: Final = {
    "programmes": N_("programmes"),
    "groups": N_("groups"),
    "competencies": N_("competencies"),
    "funds": N_("funds"),
    "items": N_("cost items"),
    "periods": N_("periods"),
    "years": N_("years"),
}
_ATTRIBUTES: Final = {
    "agency": N_("agency"),
    "location": N_("location"),
    "level": N_("level"),
    "employment": N_("employment"),
    "tags": N_("mark"),
    "form": N_("form"),
    "closes": N_("closing competencies"),
    "kind": N_("kind"),
    "item": N_("item"),
    "account": N_("account"),
    "per": N_("counted"),
}
_GOALS: Final = {
    "gaps_closed": N_("Close as many gaps as possible, by weight"),
    "smallest_coverage": N_("Raise the smallest coverage"),
    "own_cost": N_("Spend as little of own funds as possible"),
    "total_cost": N_("Spend as little as possible"),
}
_WORSE: Final = {
    "gaps_closed": N_("closing fewer gaps"),
    "smallest_coverage": N_("lowering the smallest coverage"),
    "own_cost": N_("spending more of own funds"),
    "total_cost": N_("spending more"),
}
_BUCKETS: Final = {
    "agency": N_("among agencies"),
    "location": N_("among locations"),
    "group": N_("among groups"),
    "competency": N_("among competencies"),
}


def competency_kind(kind: str) -> str:
    return _(_COMPETENCY_KINDS[kind])


def fund_kind(kind: str) -> str:
    return _(_FUND_KINDS[kind])


def form(value: str) -> str:
    """Return the label of a known form of training; any other form as the scenario states it."""
    known = _FORMS.get(value.strip().lower())
    return _(known) if known else value


def route(form: str) -> str:
    """Return in the classroom (klasikal) or outside it (nonklasikal); empty for a form in neither list."""
    known = form.strip().lower()
    if known in _CLASSROOM:
        return _("classroom")
    return _("non-classroom") if known in _OUTSIDE else ""


def measure(value: str) -> str:
    return _(_MEASURES[value])


def basis(per: str) -> str:
    """Return what a cost item counts: per participant, per class or per programme."""
    return _(_BASES[per])


def employment(value: str) -> str:
    return EMPLOYMENT_NAMES[value]


def goal(value: str, by: str | None) -> str:
    """Return a level of the objective in words."""
    return f"{_(_GOALS[value])} {_(_BUCKETS[by])}" if by else _(_GOALS[value])


def worse(value: str, by: str | None) -> str:
    """Return in words what it means to fall short of a level of the objective: "spending more"."""
    return f"{_(_WORSE[value])} {_(_BUCKETS[by])}" if by else _(_WORSE[value])


def selected(scenario: Scenario, subject: str, selector: Selector) -> str:
    """Return what a selector selects, in words: "kind technical; form bimtek"; empty for one that selects all."""
    parts = []
    for attribute, values in selector.named().items():
        shown = [_value(scenario, subject, attribute, value) for value in values]
        if attribute == "id":
            parts += shown
        else:
            parts.append(f"{_(_ATTRIBUTES[attribute])} {_(' or ').join(shown)}")
    return "; ".join(parts)


def _value(scenario: Scenario, subject: str, attribute: str, value: str) -> str:
    if attribute == "id":
        records: Mapping[str, Mapping[str, Any]] = {
            "programmes": scenario.programme,
            "groups": scenario.group,
            "competencies": scenario.competency,
            "funds": scenario.fund,
        }
        record = records[subject].get(value)
        return record.label if record else value
    if attribute == "closes":
        return scenario.competency[value].label if value in scenario.competency else value
    if attribute == "kind":
        return fund_kind(value) if subject == "funds" else competency_kind(value)
    known = {"form": form, "employment": employment, "per": basis}.get(attribute)
    return known(value) if known else value


def unit_of_rule(scenario: Scenario, rule: Rule, of: str | None) -> str:
    """Return whom the bounds of a rule are for, by name; nothing where they are for the whole plan."""
    if rule.per == "programme" and of in scenario.programme:
        return scenario.programme[of].label
    return scenario.group[of].label if rule.per == "group" and of in scenario.group else of or ""


def measured(scenario: Scenario, rule: Rule) -> str:
    """Return what a rule measures, in words: "cost; programmes: kind technical"."""
    parts = [measure(rule.measure)] + ([_(_UNITS[rule.per])] if rule.per else [])
    for subject in rule.where.named():
        selector = getattr(rule.where, subject)
        words = ", ".join(selector) if subject in ("periods", "years") else selected(scenario, subject, selector)
        if words:
            parts.append(f"{_(_SUBJECTS[subject])}: {words}")
    if rule.of_years and rule.measure == "gaps_closed":
        parts.append(_("a share being of the gaps by the end of these years"))
    elif rule.of_years:
        parts.append(_("a share being of the same years"))
    return " · ".join(parts)
