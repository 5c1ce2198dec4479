"""The command group `planner`.

It loads the module of a command on demand, sets the requested language before anything is printed, and turns every
error into a message and an exit code.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any, Final

import click

from planner import locale
from planner.analysis.registry import BY_NAME, QUESTIONS
from planner.cli import failures, interrupts, translated
from planner.locale import LANGUAGES, N_, _
from planner.version import VERSION

GROUPS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    N_("Prepare"): (
        ("init", N_("a starter scenario that can be planned as it is")),
        ("template", N_("an Excel file to fill in, or one filled from a scenario")),
        ("import", N_("a scenario from an Excel file that was filled in")),
        ("check", N_("what is wrong or dubious in scenarios")),
        ("schema", N_("the format of scenarios, for editors")),
    ),
    N_("Make plans"): (
        ("plan", N_("the best plan, checked, with its report")),
        ("replan", N_("the plan of what is left, once a part has happened")),
        ("assign", N_("who attends what, by name, for a plan made of a list of people")),
        ("export", N_("documents of a stored plan: Excel, PDF, Word, calendar")),
        ("serve", N_("the workbench: all of this in the browser, without typing commands")),
    ),
    N_("Serve an office"): (
        ("account", N_("accounts of an office: who may do what in its workbench")),
        ("backup", N_("a backup of scenarios, results, kept plans and accounts")),
        ("restore", N_("a workbench restored from such a backup")),
        ("forget", N_("a person removed from all tables and lists of names")),
    ),
    N_("Ask questions"): tuple((question.name, question.summary) for question in QUESTIONS),
    N_("Prove"): (
        ("verify", N_("a stored plan, checked again from its files")),
        ("prove", N_("the certificate of a stored plan, for auditors")),
        ("model", N_("the model as MPS or LP, for another solver")),
    ),
}
"""Commands with one line of help each, in the order of a planner's work."""

COMMANDS: Final = tuple(name for commands in GROUPS.values() for name, _summary in commands)


class CommandGroup(translated.Command, click.Group):
    """The group of commands, which are loaded on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        question = BY_NAME.get(cmd_name)
        if question is not None and question.about == "plan":
            from planner.cli.question_commands import command_of

            return command_of(question)
        # A module cannot be named after a Python keyword such as `import`.
        found = import_module(f"planner.cli.{cmd_name}{'_' if iskeyword(cmd_name) else ''}").command
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line per command, by group, without loading any command."""
        for title, commands in GROUPS.items():
            with formatter.section(_(title)):
                formatter.write_dl([(name, _(summary)) for name, summary in commands])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [_("[OPTIONS]"), _("COMMAND"), _("[ARGUMENTS]...")]

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        set_language(requested_language(args, os.environ.get("PLANNER_LANG")))
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end silently if the reader of the output, such as `head`, closes the pipe."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            return failures.show(error)

    def main(  # type: ignore[override]  # the overloads of click say how the two modes return; ours are the same
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> int:
        """Run the command line; exit with the exit code, or return it if not `standalone_mode`."""
        prepare_process()
        try:
            interrupts.heed()
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra) or 0
            sys.stdout.flush()
        except BaseException as error:
            code = failures.show(error)
        if standalone_mode:
            sys.exit(code)
        return int(code)


def requested_language(arguments: Sequence[str], environment: str | None) -> str:
    """Return the language of the last `--lang`, else of the environment, else Indonesian.

    Unknown languages are ignored here; the parser refuses them later.
    """
    asked = environment
    for position, text in enumerate(arguments):
        if text == "--":
            break
        if text == "--lang" and position + 1 < len(arguments):
            asked = arguments[position + 1]
        elif text.startswith("--lang="):
            asked = text.removeprefix("--lang=")
    return asked if asked in LANGUAGES else locale.DEFAULT_LANGUAGE


def set_language(language: str) -> None:
    """Set the language of all messages: ours by our catalogs, click's by the standard gettext."""
    locale.use_language(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", str(Path(locale.__file__).parent))
    gettext.textdomain("click")


def prepare_process() -> None:
    """Make output safe for any terminal encoding, and treat SIGTERM like Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    interrupts.listen()


def _show_version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(f"planner {VERSION}")
        ctx.exit()


cli = CommandGroup(
    "planner",
    help=N_(
        "Plans the training of civil servants within a budget: which competency gaps to close, in which"
        " programmes and when, and which fund pays. A scenario (a YAML file) becomes a checked plan and a report."
    ),
    params=[
        translated.language_option(),
        translated.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            help=N_("Show the version and exit."),
            callback=_show_version,
        ),
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=(
        ("planner init anggaran", N_("Begin with a scenario that runs as it is:")),
        ("planner plan anggaran/skenario.yaml", N_("Plan it and write the report:")),
        ("planner plan --help", N_("What a command can do:")),
    ),
    exit_codes=tuple(translated.EXIT_CODES),
)
"""The command line."""
