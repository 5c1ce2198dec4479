"""Sentences that name what is typed in a terminal, in the words of pages: fields by their labels, and no options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from planner.errors import Problem
from planner.locale import N_, _, rewording, speaking
from planner.web.warning_words import WARNINGS

_NO_YEAR: Final = N_("Choose no year, or give the fund its amounts per year in its form.")

WORDS: Final[Mapping[str, str]] = dict(WARNINGS) | {
    "{limit} ({key})": "{limit}",  # pages name no keys of the format
    # What questions are for
    (
        "Plans that close nearly as many gaps as the best one and differ most from it and from each other, with gaps,"
        " cost, and the programmes and groups that gain or lose. With --near: the plan with the fewest changes from an"
        " earlier plan."
    ): N_(
        "Plans that close nearly as many gaps as the best one and differ most from it and from each other, with gaps,"
        " cost, and the programmes and groups that gain or lose. Where an earlier plan is chosen: the plan with the"
        " fewest changes from it."
    ),
    (
        "For a scenario without a plan: the rules and limits that cannot be kept together, and the cheapest changes"
        " that make a plan possible, each with the value needed, the place in the file, and a plan that proves it."
        " Covers every hard limit: rules, funds and their conditions, classes, prerequisites, mentors, willingness, JP"
        " and release. --time-limit applies to the whole search."
    ): N_(
        "For a scenario without a plan: the rules and limits that cannot be kept together, and the cheapest changes"
        " that make a plan possible, each with the value needed, the place in the file, and a plan that proves it."
        " Covers every hard limit: rules, funds and their conditions, classes, prerequisites, mentors, willingness, JP"
        " and release."
    ),
    (
        "Makes a plan for each value of an input, and for each combination if several are varied. PATH is as in"
        " --set, or own-budget (total of own funds), partner:ID (what one partner offers), partners (what all"
        " partners offer), prices, closes (how well training works), uptake (how many are willing) or each-agency (what"
        " is closed in every agency at least). Values are FROM:TO:STEP or a list; amounts and shares are written as in"
        " scenarios. A point without a plan is reported and never stops the others."
    ): N_(
        "Makes a plan for each value of an input, and for each combination if several are varied. A point without a"
        " plan is reported and never stops the others."
    ),
    (
        "Compares plans side by side; the first is the base: changed inputs, gaps closed, cost by fund, coverage, and"
        " programmes with more or fewer classes. Takes scenarios, which are planned, and folders of results, which are"
        " read and checked again. Also shows the effect of each changed input, one after the other in the order of the"
        " file; the effects add up exactly to the difference. A plan is made after each change but the last."
    ): N_(
        "Tells why another plan of this folder differs from this one: the effect of each changed input, one after the"
        " other in the order of the file; the effects add up exactly to the difference. A plan is made after each"
        " change but the last."
    ),
    # What fields are for
    "Id of the group.": N_("The group that is asked about."),
    "Id of the programme.": N_("The programme that is asked about."),
    "Cut all own funds by this share: 0.1 is 10%. May be given several times.": N_(
        "Shares by which all own funds are cut, one on each line."
    ),
    "Share of the gaps closed that a plan may lose against the best one: 0.01 is 1%.": N_(
        "Share of the gaps closed that a plan may lose against the best one."
    ),
    "Range of the factor on the chance that training closes a gap (closes).": N_(
        "Range of the factor on the chance that training closes a gap."
    ),
    "Range of the factor on the share of people who are willing (uptake, raises_uptake_to).": N_(
        "Range of the factor on the share of people who are willing."
    ),
    "To whom a coverage is guaranteed: every agency, location, group or competency.": N_(
        "Each of these is guaranteed the same coverage."
    ),
    "The plan of last year, or any earlier one: a folder of results or a plan.json.": N_(
        "The plan of last year, or any earlier one of this folder."
    ),
    "Search for the plan nearest to this earlier one instead: a folder of results or a plan.json.": N_(
        "Search for the plan nearest to this earlier one of the folder instead."
    ),
    (
        "Input to vary and its values: FROM:TO:STEP, or a list separated by commas, or by semicolons if a"
        " comma could be a decimal comma. May be given several times, for a grid."
    ): N_(
        "Choose what is varied, from where to where, and in which steps; or write single values. With two inputs every"
        " combination is planned. Amounts as 500 juta, shares as 80%."
    ),
    "Smallest total of own funds.  [default: 0]": N_("Smallest total of own funds. Left empty: Rp0."),
    "Largest total of own funds.  [default: what closes everything that can be closed]": N_(
        "Largest total of own funds. Left empty: what closes everything that can be closed."
    ),
    "Year whose amounts of own funds are varied; the other years stay.  [default: all years in proportion]": N_(
        "Year whose amounts of own funds are varied; the other years stay. Where none is chosen, all years are varied"
        " in proportion."
    ),
    (
        "Only these partners may withdraw, at most eight; the others are certain.  [default: all that are not certain;"
        " of more than eight, those that contribute most]"
    ): N_(
        "Only these partners may withdraw, at most eight; the others are certain. Where none is chosen: all that are"
        " not certain; of more than eight, those that contribute most."
    ),
    "Partners withhold their amount of this year only.  [default: they give nothing at all]": N_(
        "Partners withhold their amount of this year only. Where none is chosen, they give nothing at all."
    ),
    (
        "Vary only these partners, at most eight; the others are always present.  [default: all; of more than eight,"
        " those that contribute most]"
    ): N_(
        "Vary only these partners, at most eight; the others are always present. Where none is chosen: all; of more"
        " than eight, those that contribute most."
    ),
    "Not asked yet; the command that answers it: planner %(question)s.": N_("Not asked yet."),
    # What is wrong with a question
    "--from must be less than --to.": N_("'From' must be less than 'Up to'."),
    "--step must be more than Rp0.": N_("'Step' must be more than Rp0."),
    "--cut needs at least one share above 0%.": N_("'Cut by' needs at least one share above 0%."),
    "--year: no own fund of '{id}' has amounts per year.": N_("'Year': no own fund has amounts per year."),
    "--year: no partner asked about has an amount for {year}.": N_(
        "'Year': no partner asked about has an amount for {year}."
    ),
    "--year: the plan of '{id}' has no year {year}.": N_("'Year': the plan has no year {year}."),
    "--year: {year} is over, and what was paid in it stands.": N_(
        "'Year': {year} is over, and what was paid in it stands."
    ),
    "Ask without --year, or give the fund amounts.": _NO_YEAR,
    "Ask without --year, or give the partner amounts.": _NO_YEAR,
    "Ask about its partners instead: planner whatif {path} --vary partners=0%,50%,100%": N_(
        "Ask about its partners instead: the question 'What if', with the offers of all partners varied."
    ),
    "Within these ranges nothing turns out worse than assumed. Widen one of them: --closes 0.9..1.": N_(
        "Within these ranges nothing turns out worse than assumed. Widen one of them, such as 90%..100%."
    ),
    "write PATH=FROM:TO:STEP or PATH=VALUE,VALUE,…": N_("choose what is varied, and its values."),
    "FROM, TO and STEP must be in one unit, as in 80%:120%:10%.": N_(
        "'From', 'Up to' and 'Step' must be in one unit, such as 80%, 120% and 10%."
    ),
    "FROM:TO:STEP needs three quantities; '{part}' is not one.": N_(
        "'From', 'Up to' and 'Step' are quantities; '{part}' is not one."
    ),
    "Write for example 0:2 miliar:500 juta.": N_("For example from 0 up to 2 miliar in steps of 500 juta."),
    "Take it from its source again. For other ids set nip: false.": N_(
        "Take it from its source again. For other ids take the mark off 'Ids are NIP of 18 figures, whose form is"
        " checked'."
    ),
    "Keep NIP as text: a spreadsheet loses its last figures. For other ids set nip: false.": N_(
        "Keep NIP as text: a spreadsheet loses its last figures. For other ids take the mark off 'Ids are NIP of 18"
        " figures, whose form is checked'."
    ),
    "Write a list of lists, such as {key}: [[a, b]].": N_("Name at least two different programmes in each list."),
    "STEP must be above 0.": N_("'Step' must be above 0."),
    "this needs {count} points; at most {most} are allowed. Use a larger STEP.": N_(
        "this needs {count} points; at most {most} are allowed. Use a larger step."
    ),
    "the grid has {count} points; at most {most} are allowed. Use larger STEPs.": N_(
        "the grid has {count} points; at most {most} are allowed. Use larger steps."
    ),
    "'{id}' is an own fund, not a partner. Vary own-budget, or funds.{id}.amount.": N_(
        "'{id}' is an own fund, not a partner. Vary the own funds in total, or the amount of this fund."
    ),
    # Answers
    "No plan was found in the time given. Allow more time with --time-limit.": N_(
        "No plan was found in the time given. Allow more time: the time limit is set when the workbench is started."
    ),
    "The time limit of the command was over before this plan was begun.": N_(
        "The time limit was over before this plan was begun."
    ),
    (
        "{count} of the {wanted} plans of all steps was not finished in the time limit of the command, and its point is"
        " without a plan or may be better. What is finished is kept; the same command goes on from there."
    ): N_(
        "{count} of the {wanted} plans of all steps was not finished in the time limit, and its point is without a plan"
        " or may be better. What is finished is kept; asking again goes on from there."
    ),
    (
        "{count} of the {wanted} plans of all steps were not finished in the time limit of the command, and their"
        " points are without a plan or may be better. What is finished is kept; the same command goes on from there."
    ): N_(
        "{count} of the {wanted} plans of all steps were not finished in the time limit, and their points are without a"
        " plan or may be better. What is finished is kept; asking again goes on from there."
    ),
    "Choose up to eight partners to evaluate with --partners.": N_(
        "Choose up to eight partners to evaluate at 'Partners'."
    ),
    (
        "More than eight uncertain partners are too many to evaluate; these are assumed to come: {names}. "
        "Choose up to eight to evaluate with --partners."
    ): N_(
        "More than eight uncertain partners are too many to evaluate; these are assumed to come: {names}. "
        "Choose up to eight to evaluate at 'Partners'."
    ),
    "As last year: not available, since no earlier plan was given. Name one with --last FOLDER.": N_(
        "As last year: not available, since no earlier plan was given. Choose one at 'Earlier plan'."
    ),
    (
        "With a chance of {share} no plan is known ({reasons}); such a case counts as if nothing were closed, so more"
        " may be possible. Allow more time with --time-limit."
    ): N_(
        "With a chance of {share} no plan is known ({reasons}); such a case counts as if nothing were closed, so more"
        " may be possible."
    ),
    (
        "For {number} combination of partners no plan is known ({reasons}); it counts as if nothing were closed,"
        " so the shares are not final. Allow more time with --time-limit."
    ): N_(
        "For {number} combination of partners no plan is known ({reasons}); it counts as if nothing were closed,"
        " so the shares are not final."
    ),
    (
        "For {number} combinations of partners no plan is known ({reasons}); they count as if nothing were closed,"
        " so the shares are not final. Allow more time with --time-limit."
    ): N_(
        "For {number} combinations of partners no plan is known ({reasons}); they count as if nothing were closed,"
        " so the shares are not final."
    ),
    (
        "Plans are proven best to the tolerance only, so that a difference of two of them is an interval. A smaller"
        " --gap makes it narrower."
    ): N_("Plans are proven best to the tolerance only, so that a difference of two of them is an interval."),
    # Parts of the report, and files
    "These are the budget lines of {year}, at the prices of that year; --year gives those of another year.": N_(
        "These are the budget lines of {year}, at the prices of that year."
    ),
    (
        "This is the short report. Agencies and groups, schedule, conformity, charts, assumptions and verification "
        "are in the full report: planner export FOLDER --html --report full."
    ): N_(
        "This is the short report. Agencies and groups, schedule, conformity, charts, assumptions and verification are"
        " in the full report."
    ),
    "{number} more warning: planner check.": N_("{number} more warning is on the page where the scenario is edited."),
    "{number} more warnings: planner check.": N_(
        "{number} more warnings are on the page where the scenario is edited."
    ),
    "{number} more warning: planner check --lenient.": N_(
        "{number} more warning is on the page where the scenario is edited."
    ),
    "{number} more warnings: planner check --lenient.": N_(
        "{number} more warnings are on the page where the scenario is edited."
    ),
    "Correct them, or plan without these rows: --lenient, or lenient: true under people.": N_(
        "Correct them, or plan without these rows: write lenient: true under people."
    ),
    "Add columns gap:… or measured:… and standard:…, or join a table that has them.": N_(
        "Say of the list of people which columns tell it, or send a table that has them beside the list."
    ),
    "Name the folder that planner assign has written.": N_("Name the folder of the lists of names."),
    "planner template --actuals writes one to fill in.": N_("A workbook to fill in is on this page."),
    "Write one with the scenario of the plan: planner template FILE.xlsx SCENARIO.yaml": N_(
        "Download the workbook of this page, which has the lines of the plan."
    ),
    "Copy it from the workbook that `planner template` writes.": N_(
        "Copy it from the empty workbook that can be downloaded on the page for a new scenario."
    ),
    "Start from the workbook that `planner template` writes.": N_(
        "Start from the empty workbook that can be downloaded on the page for a new scenario."
    ),
    "Start from the example that `planner init` writes.": N_(
        "Start from the example that can be chosen on the page for a new scenario."
    ),
    "Name it in a scenario, such as groups: {{table: {name}}}, or fill in the workbook of `planner template`.": N_(
        "Name it in a scenario, such as groups: {{table: {name}}}, or fill in the empty workbook that can be downloaded"
        " on the page for a new scenario."
    ),
    "Plan it anew with planner plan, or take back the other changes.": N_(
        "Plan it anew, or take back the other changes."
    ),
    "Run planner plan first.": N_("Make its plan first."),
    "Keep scenario.yaml beside plan.json, as planner plan writes them.": N_("Make its plan anew."),
    "Name another folder with --out.": N_("Another folder of results is named when the workbench is started."),
    "Use --force to write into it all the same, or name another folder with --out.": N_(
        "Move what is in it elsewhere, or name another folder of results when the workbench is started."
    ),
    "Name a folder inside it with --out.": N_("Name a folder inside it when the workbench is started."),
    "Then: planner replan FOLDER --actuals THIS-FILE": N_(
        "Then send this file on the page 'What has happened' of the workbench."
    ),
    (
        "Fill in the sheets from left to right, save the workbook as XLSX, then run: planner check FILE.xlsx, and"
        " planner plan FILE.xlsx"
    ): N_(
        "Fill in the sheets from left to right, save the workbook as XLSX, then drop it on the first page of the"
        " workbench."
    ),
    "Fill in your rows. To try the example itself: planner import {file} --example": N_(
        "Fill in your rows. To try the example, make a new scenario from the starter."
    ),
}
"""What pages say instead of a sentence (English msgids)."""


@contextmanager
def speaking_on_pages(language: str) -> Iterator[None]:
    """Speak `language` in the words of pages within a `with` block."""
    with speaking(language), rewording(WORDS):
        yield


@contextmanager
def document_words() -> Iterator[None]:
    """Speak in the words of documents within a `with` block: they are the same wherever they are made."""
    with rewording({}):
        yield


def on_pages(text: str) -> str:
    """Return what another process has said in the language in force, in the words of pages."""
    with rewording({}):
        return next((text.replace(_(old), _(new)) for old, new in WORDS.items() if _(old) in text), text)


def labelled(problems: Iterable[Problem], labels: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the problems with labels of fields in place of options and paths, where `labels` knows them."""
    for problem in problems:
        path = problem.path.removeprefix("--vary").removeprefix("--set").strip().partition("=")[0]
        message = problem.message
        for key, label in labels.items():
            message = message.replace(f"'{key}'", f"'{label}'").replace(f"{key}=", f"{label}: ")
        yield problem._replace(path=labels.get(path, path), message=message)
