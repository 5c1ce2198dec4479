"""Commands, options and arguments with translated help.

Help is written in English, marked with `N_`, and translated when it is shown, because the language is known only after
the command line is read. The help of a command can list examples and exit codes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import click

from planner.locale import LANGUAGES, N_, _

EXIT_CODES: Final = {
    0: N_("done"),
    1: N_("a defect of the planner"),
    2: N_("the input is wrong: a scenario, an option or a file"),
    3: N_("infeasible: no plan can keep all hard rules"),
    4: N_("no plan in the time given"),
    5: N_("our own check failed: nothing of the plan may be used"),
    6: N_("the solver failed: it is missing, broke, or gave no usable answer"),
    130: N_("interrupted"),
}
"""Exit codes and their meaning, in the order of the help."""


class _TranslatedHelp:
    """A help text that is stored in English and returned in the current language."""

    _english: str | None = None

    @property
    def help(self) -> str | None:
        return _(self._english) if self._english else None

    @help.setter
    def help(self, english: str | None) -> None:
        self._english = english


class Option(_TranslatedHelp, click.Option):
    """An option with translated help and metavar."""

    def make_metavar(self, ctx: click.Context) -> str:
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)


class Argument(_TranslatedHelp, click.Argument):
    """A positional argument with translated help and metavar."""

    def make_metavar(self, ctx: click.Context) -> str:
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)


class Command(_TranslatedHelp, click.Command):
    """A command with translated help, examples and exit codes."""

    def __init__(
        self,
        *arguments: Any,
        examples: Sequence[tuple[str, str]] = (),
        exit_codes: Sequence[int] = (0, 2),
        **settings: Any,
    ) -> None:
        super().__init__(*arguments, **settings)
        self.examples = tuple(examples)
        self.exit_codes = tuple(exit_codes)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = super().collect_usage_pieces(ctx)
        return [_("[OPTIONS]"), *pieces[1:]]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None and not isinstance(option, Option):
            option = self._help_option = Option(
                [*self.get_help_option_names(ctx), "_click_default_help"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                help=N_("Show this help and exit."),
                callback=_show_help,
            )
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help."""
        return (self.help or "").partition(". ")[0].rstrip(".")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        show_examples(formatter, self.examples)
        show_exit_codes(formatter, self.exit_codes)


def _show_help(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def show_examples(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
    """Write example commands, each with its meaning."""
    if examples:
        with formatter.section(_("Examples")):
            for command, meaning in examples:
                formatter.write_text(_(meaning))
                with formatter.indentation():
                    formatter.write(f"{'':{formatter.current_indent}}{command}\n")


def show_exit_codes(formatter: click.HelpFormatter, codes: Sequence[int]) -> None:
    with formatter.section(_("Exit codes")):
        formatter.write_dl([(str(code), _(EXIT_CODES[code])) for code in codes])


def option[F: Callable[..., Any]](*names: str, **settings: Any) -> Callable[[F], F]:
    """Add an option with translated help and metavar."""
    return click.option(*names, cls=Option, **settings)


def argument[F: Callable[..., Any]](*names: str, **settings: Any) -> Callable[[F], F]:
    """Add an argument with translated help and metavar."""
    return click.argument(*names, cls=Argument, **settings)


def language_option() -> click.Option:
    """Return the option `--lang`, accepted before and after the command's name; the group evaluates it first."""
    return Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=N_("Language of messages.  [default: id, or what PLANNER_LANG says]"),
    )


def command(
    name: str, *, help: str, examples: Sequence[tuple[str, str]], exit_codes: Sequence[int] = (0, 2)
) -> Callable[[Callable[..., int | None]], Command]:
    """Return a decorator that makes a command of a function; the function returns the exit code, or None for 0."""

    def make(function: Callable[..., int | None]) -> Command:
        made = click.command(
            name,
            cls=Command,
            help=help,
            examples=examples,
            exit_codes=exit_codes,
            context_settings={"help_option_names": ["-h", "--help"]},
        )(function)
        made.params.append(language_option())
        return made

    return make
