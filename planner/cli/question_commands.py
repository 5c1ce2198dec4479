"""The commands of what-if questions, generated from the registry: an option for each parameter, a page as answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.analysis.question import Source
from planner.analysis.registry import Question
from planner.cli import answer_tables, translated, what_if
from planner.cli.earlier_plan import read_earlier
from planner.cli.what_if import QuestionOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.batch.inquiry import Inquiry


def command_of(question: Question) -> translated.Command:
    """Return the command that answers `question` about the plan of a scenario."""
    definition = question.definition()
    prepare, table = definition.prepare, definition.table
    assert prepare is not None, f"{question.name} has a command of its own"
    schema = definition.parameters.model_json_schema()
    described = schema["properties"]
    words = {name: field.alias or name for name, field in definition.parameters.model_fields.items()}
    earlier = [name for name, word in words.items() if _kind_of(described[word]).get("format") == "plan"]

    def command(options: QuestionOptions, table_file: str | None = None, **given: Any) -> int:
        plans = {name: read_earlier(given[name]) for name in earlier if given[name] is not None}
        parameters = definition.parameters.read(given | plans)
        target = None if table_file is None or table is None else Path(table_file)
        if target is not None and table is not None:
            answer_tables.refuse_to_overwrite(target, table, force=options.force)
        loaded = what_if.read(options)
        source = Source(loaded, options.scenario, options.changes)
        ask = prepare(source, parameters)
        early = () if definition.early is None else definition.early(source, parameters, options.limits)

        def answers(inquiry: Inquiry) -> Sequence[object]:
            found = ask(inquiry)
            if target is not None and table is not None:
                answer_tables.write(table.make(found[0]), target, loaded.scenario.scenario.language)
            return found

        page = question.name if definition.page is None else definition.page(parameters)
        code = what_if.answer(options, loaded, page, answers, early)
        if target is not None and code == 0:
            answer_tables.print_path(target)
        return code

    made: Callable[..., Any] = command
    if table is not None:
        made = answer_tables.option(made)
    for name, word in reversed(words.items()):
        made = _option(word, name, described[word], required=word in schema.get("required", ()))(made)
    return translated.command(
        question.name, help=definition.help, examples=definition.examples, exit_codes=what_if.EXIT_CODES
    )(what_if.with_options(made))


def _option(
    word: str, name: str, schema: dict[str, Any], *, required: bool
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option --`word` for the field `name` of the parameters, as its JSON schema describes it."""
    settings: dict[str, Any] = {"help": schema["description"], "required": required, "metavar": schema["metavar"]}
    default = schema.get("default")
    if default is not None and default != []:
        settings |= {"default": default, "show_default": default != ""}
    kind = _kind_of(schema)
    if kind["type"] == "array":
        settings["multiple"] = True
        kind = kind["items"]
    elif default == []:
        settings["default"] = ""
    return translated.option(f"--{word}", name, type=_type_of(kind), **settings)


def _kind_of(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of the value, without the alternative of an omitted one."""
    return next((each for each in schema.get("anyOf", ()) if each["type"] != "null"), schema)


def _type_of(kind: dict[str, Any]) -> click.ParamType[Any]:
    """Return click's type for a value, by the format, choices or range in its schema; else text."""
    if "enum" in kind:
        return click.Choice(kind["enum"])
    if kind["type"] == "integer":
        return click.IntRange(kind.get("minimum"), kind.get("maximum"))
    if kind.get("format") in ("rupiah", "share"):
        return _Quantity(kind["format"])
    return click.STRING


class _Quantity(click.ParamType[Any]):
    """An amount or share, written as in scenarios."""

    def __init__(self, form: str) -> None:
        self.name = form

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from planner.analysis.parameters import typed_rupiah, typed_share

        try:
            return {"rupiah": typed_rupiah, "share": typed_share}[self.name](value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
