"""The form of a question: a field for each parameter of its record, with what may be chosen in the scenario at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

from planner.analysis.parameters import Parameters, typed_share
from planner.analysis.plans.earlier_plan import EarlierPlan
from planner.analysis.question import Ask, Source
from planner.analysis.registry import Question
from planner.domain.scenario import Scenario
from planner.errors import InputError, Problem
from planner.locale import _, language_in_force
from planner.report.wording.formats import Formats
from planner.web.passed import CheckedPlan
from planner.web.varied_field import ROWS, Inputs, VariedRow, inputs, row, written

Kind = Literal["text", "number", "lines", "one", "several", "varied"]
VARIED: Final = "PATH=VALUES"
"""Name of the value of a parameter that chooses inputs and their values."""
YEAR: Final = "year"
"""The parameter that is about one year of several."""
LONGEST: Final = 4000
"""Most letters of a value that are read."""


@dataclass(frozen=True)
class QuestionField:
    """One parameter as a field: text, a number, lines of text, a choice of one or several, or what is varied."""

    name: str
    """As the option of the command line is called."""
    label: str
    help: str
    kind: Kind
    value: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()
    """(what is sent, what is shown)."""
    placeholder: str = ""
    required: bool = False
    least: int | None = None
    most: int | None = None
    inputs: tuple[Inputs, ...] = ()
    """What may be varied."""
    rows: tuple[VariedRow, ...] = ()
    """What is varied."""

    @property
    def is_chosen(self) -> bool:
        """Whether its value is another than the usual one."""
        return self.value != (self.placeholder,)


def fields(
    question: Question, scenario: Scenario, plans: Mapping[str, str], given: Mapping[str, Sequence[str]]
) -> list[QuestionField]:
    """Return the fields of a question; `plans` are other plans by id, with their titles, and `given` what is chosen."""
    schema = question.definition().parameters.model_json_schema()
    return [
        _field(word, described, word in schema.get("required", ()), scenario, plans, tuple(given.get(word, ())))
        for word, described in schema.get("properties", {}).items()
        if word != YEAR or len(scenario.years) > 1 or given.get(word)  # of one year there is nothing to choose
    ]


def chosen(question: Question, given: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return what of `given`, such as the query of an address, names a parameter and a value; in the order of the
    record."""
    words = question.definition().parameters.model_json_schema().get("properties", {})
    found: dict[str, tuple[str, ...]] = {}
    for word, described in words.items():
        texts = list(given.get(word, ()))
        if described.get("metavar") == VARIED:
            texts = [line for text in texts for line in text.splitlines()] + list(written(word, given))
        found[word] = tuple(text.strip()[:LONGEST] for text in texts if text.strip())
    return {word: texts for word, texts in found.items() if texts}


def chosen_words(fields: Sequence[QuestionField]) -> str:
    """Return what is filled in, as a reader names it: "Group: Analis BPKAD · Programme: Bimtek"."""
    told = []
    for field in fields:
        if field.kind == "varied":
            names = {path: shown for each in field.inputs for path, shown in each.choices}
            told += [row.told(names) for row in field.rows if row.input]
        elif field.value and field.is_chosen:
            shown = dict(field.choices)
            told.append(f"{field.label}: {', '.join(shown.get(each, each) for each in field.value)}")
    return " · ".join(told)


def parameters(question: Question, given: Mapping[str, Sequence[str]], plans: Mapping[str, CheckedPlan]) -> Parameters:
    """Return the parameters that are chosen; InputError with all faults at once."""
    record = question.definition().parameters
    described = record.model_json_schema().get("properties", {})
    read: dict[str, Any] = {}
    for word, texts in given.items():
        kind = _kind_of(described[word])
        if kind["type"] == "array":
            read[word] = tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())
        elif kind.get("format") == "ids":
            read[word] = ",".join(texts)
        elif kind.get("format") == "plan":
            read[word] = _earlier(plans, texts[0])
        else:
            read[word] = texts[0]
    names = {field.alias or name: name for name, field in record.model_fields.items()}
    missing = [word for word in record.model_json_schema().get("required", ()) if word not in read]
    if missing:
        raise InputError(Problem(_("this is needed."), path=label(word)) for word in missing)
    return record.read({names[word]: value for word, value in read.items()})


def prepared(question: Question, source: Source, read: Parameters) -> tuple[Ask, str]:
    """Return what answers a question about one plan, and the name of its page. Raises InputError."""
    definition = question.definition()
    assert definition.prepare is not None
    page = question.name if definition.page is None else definition.page(read)
    return definition.prepare(source, read), page


def _field(
    word: str,
    described: Mapping[str, Any],
    required: bool,
    scenario: Scenario,
    plans: Mapping[str, str],
    given: tuple[str, ...],
) -> QuestionField:
    kind = _kind_of(described)
    default = described.get("default")
    metavar = described.get("metavar")
    usual = _usual(default, kind)
    choices = _choices(word, kind, scenario, plans)
    about = _(described["description"])
    if usual and not choices:
        about = _("{help} Left empty: {usual}.").format(help=about, usual=usual.replace("\n", ", "))
    words: dict[str, Any] = {
        "name": word,
        "label": label(word),
        "help": about,
        "value": given,
        "placeholder": usual,
        "required": required,
    }
    if kind.get("format") == "ids":
        return QuestionField(kind="several", choices=choices, **words)
    if metavar == VARIED:
        rows = [row(text) for text in given]
        rows += [VariedRow()] * (ROWS - len(rows))
        return QuestionField(kind="varied", inputs=inputs(scenario, given), rows=tuple(rows), **words)
    if kind["type"] == "array":
        return QuestionField(kind="lines", **words)
    if kind.get("format") == "plan" and not choices:
        return QuestionField(kind="one", choices=(("", _("no other plan in this folder yet")),), **words)
    if choices:
        none = () if required else (("", _("all, or none in particular") if default is None else _("as usual")),)
        if "enum" in kind:
            none = ()
            words["value"] = given or (usual,)
        return QuestionField(kind="one", choices=(*none, *choices), **words)
    if kind["type"] == "integer":
        return QuestionField(kind="number", least=kind.get("minimum"), most=kind.get("maximum"), **words)
    return QuestionField(kind="text", **words)


def _choices(
    word: str, kind: Mapping[str, Any], scenario: Scenario, plans: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen of a parameter in this scenario; nothing where any text may be written."""
    if "enum" in kind:
        names = {
            "agency": _("agency"),
            "location": _("location"),
            "group": _("group"),
            "competency": _("competency"),
        }
        return tuple((each, names.get(each, each)) for each in kind["enum"])
    if kind.get("format") == "plan":
        return tuple(plans.items())
    records: Mapping[str, Sequence[Any]] = {
        "group": scenario.groups,
        "programme": scenario.programmes,
        "competency": scenario.competencies,
        "partners": [fund for fund in scenario.funds if not fund.own],
    }
    if word == YEAR:
        return tuple((year, year) for year in scenario.years) if len(scenario.years) > 1 else ()
    return tuple((record.id, record.label) for record in records.get(word, ()))


def _usual(default: Any, kind: Mapping[str, Any]) -> str:
    """Return what is taken where nothing is filled in, as it would be written: shares and factors in percent."""
    if isinstance(default, list):
        return "\n".join(_usual(each, kind.get("items", kind)) for each in default)
    text = "" if default in (None, "") else str(default)
    shares = Formats(language_in_force()).given_share
    if kind.get("format") == "share" and text:
        return shares(typed_share(text))
    if kind.get("format") == "span" and text:
        return "..".join(shares(Fraction(part)) for part in text.split(".."))
    return text


def label(word: str) -> str:
    """Return what a parameter is called on its page."""
    known = {
        "vary": _("What is varied"),
        "points": _("Number of points"),
        "from": _("From"),
        "to": _("Up to"),
        "step": _("Step"),
        "year": _("Year"),
        "partners": _("Partners"),
        "closes": _("How well training works"),
        "uptake": _("How many are willing"),
        "prices": _("Prices"),
        "by": _("For whom"),
        "last": _("Earlier plan"),
        "near": _("Nearest to this plan"),
        "within": _("May lose at most"),
        "most": _("Most alternatives"),
        "cut": _("Cut by"),
        "group": _("Group"),
        "programme": _("Programme"),
        "competency": _("Competency"),
    }
    return known.get(word, word)


def _kind_of(described: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of a value, without the alternative of an omitted one."""
    return next((each for each in described.get("anyOf", ()) if each["type"] != "null"), described)


def _earlier(plans: Mapping[str, CheckedPlan], scenario_id: str) -> EarlierPlan:
    found = plans.get(scenario_id)
    if found is None:
        raise InputError(_("There is no plan of '{id}' here.").format(id=scenario_id))
    return EarlierPlan.from_plan(found.plan, found.stored.scenario.horizon)
