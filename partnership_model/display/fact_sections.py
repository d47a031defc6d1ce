"""The sections of an option appraisal that state facts: answers, what changes for whom, research, fact sheets and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pandas as pd

from partnership_model.display import fact_words, phrases, tables, words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.fact_pages import option_lines
from partnership_model.knowledge.facts import Role
from partnership_model.knowledge.schema import plain_day
from partnership_model.model.changes import changes

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case, Said
    from partnership_model.knowledge.evidence import Study
    from partnership_model.knowledge.facts import Fact, Form, Reference
    from partnership_model.knowledge.questions import SheetFact
    from partnership_model.model.problem import ProblemOption

POLICY_FIT = "policy_fit"
FEWEST_SHARED = 5  # rows for which a table refers to an earlier one
NOTHING_CHANGES = ("Nothing", "None of these")
Kinds = dict[tuple[str, "Form"], None]


def facts(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Answer the first questions for every option, each with its mark."""
    blocks: list[Block] = [
        Heading("The facts", 2, "facts"),
        Paragraph(
            "Each answer carries its mark: sourced (the passage was read), named (a source is named, its passage was not read or is "
            "doubtful), memory (not verified) or estimate. Numbers point to the sources in the last section.",
        ),
    ]
    numbers = reference_numbers(case, appraisal, knowledge)
    for name in first_questions(knowledge):
        frame = tables.fact_table(case, knowledge, appraisal.problem, name, numbers)
        blocks += [Table.of(knowledge.base.attributes[name].question, frame)]
    fit = tables.fact_table(case, knowledge, appraisal.problem, POLICY_FIT, numbers)
    blocks += [Heading("The policy of the day", 3), *_policy(case, knowledge)]
    blocks += [Table.of(knowledge.base.attributes[POLICY_FIT].question, fit)]
    if case.file.claims:
        blocks += [Heading("What the schools' own paper claims", 3), *said(case.file.claims, knowledge, "")]
        blocks += [Paragraph("These are claims of the paper. Where the law says otherwise, the tables above win.", "note")]
    return blocks


def _policy(case: Case, knowledge: KnowledgeOfDay) -> list[Block]:
    """Give the policy of the day, one line an answer, with the kinds of school whose answer it is."""
    kinds = dict.fromkeys((school.category, school.form) for school in case.members)
    every = [fact_words.kind_of_school(knowledge.base, *kind) for kind in kinds]
    lines: list[str] = []
    for name, attribute in knowledge.base.attributes.items():
        if attribute.topic == "policy" and name != POLICY_FIT:
            said = [_policy_line(knowledge.fact(name, "stay", *kind), attribute.question) for kind in kinds]
            for line in dict.fromkeys(said):
                named = [kind for text, kind in zip(said, every, strict=True) if text == line]
                lines.append(line if len(named) == len(every) else f"{line} For: {phrases.those(named, every)}.")
    return [Bullets(tuple(lines)), Paragraph("The scores do not count policy: weigh it beside them.", "note")]


def _policy_line(fact: Fact, question: str) -> str:
    state = "" if fact.status == "in_force" else f", {fact.status}, not in force"
    return f"{question} {fact.answer}. {fact.says} ({fact.mark}{state})"


def said(items: tuple[Said, ...], knowledge: KnowledgeOfDay, missing: str) -> list[Block]:
    """List what is said, each with the source that says it."""
    if not items:
        return [Paragraph(missing, "missing")]
    return [Bullets(tuple(one.says + (f" ({knowledge.base.sources[one.source].title})" if one.source else "") for one in items))]


def research(case: Case, knowledge: KnowledgeOfDay) -> list[Block]:
    """Say what research shows by the day of the case, with how many and how far apart; it sets no score."""
    base = knowledge.base
    studies = fact_words.studies_of_day(knowledge)
    later = len(base.evidence.evidence) - len(studies)
    asked = {option.option for option in case.options}
    about = [one for one in studies if not one.options or asked & set(one.options)]
    missing = f"No study of these options was published by {plain_day(knowledge.day)}."
    blocks: list[Block] = [
        Heading("What research shows", 2, "research"),
        Paragraph(base.evidence.in_short, "lead"),
        Table.of("Studies, strongest first", research_table(about)) if about else Paragraph(missing, "missing"),
    ]
    if later:
        blocks.append(
            Paragraph(
                f"{phrases.counted(later, 'later study', 'later studies')} left out: the question is asked for {plain_day(knowledge.day)}.",
                "note",
            )
        )
    return [
        *blocks,
        Paragraph("No study sets a score here. Each starting assumption names the study or the fact on which it rests.", "note"),
    ]


def research_table(studies: list[Study]) -> pd.DataFrame:
    """Give studies, strongest first. Columns: Study, How many, What it found, How far apart, Care, Strength."""
    rows = [
        {
            "Study": f"{one.title} ({one.year})" + (", withdrawn" if one.withdrawn else ""),
            "How many": fact_words.how_many(one),
            "What it found": f"{one.found} ({fact_words.direction(one)}; {one.mark})",
            "How far apart": one.spread,
            "Care": " ".join([fact_words.care(one), *fact_words.impossible(one)]),
            "Strength": words.GRADE[one.grade],
        }
        for one in sorted(studies, key=lambda one: (one.grade, -one.year))
    ]
    return pd.DataFrame(rows)


def fact_sheets(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Give the same sheet for every option, and what changes for whom; then other routes, law and money."""
    kinds = dict.fromkeys((school.category, school.form) for school in case.members)
    every = len(knowledge.base.attributes)
    blocks: list[Block] = [
        Heading("Fact sheets", 2, "fact-sheets"),
        Paragraph(
            f"Each option has the same sheet of {len(knowledge.base.fact_sheet)} questions; rows that it shares with an earlier one "
            "stand there alone. Where schools differ, each kind of school has its own answer. "
            f"All {every} questions are in the dashboard and in the command “partnership facts”, with their sources.",
            "note",
        ),
    ]
    sheets: dict[str, pd.DataFrame] = {}
    changed: dict[str, pd.DataFrame] = {}
    for option in appraisal.problem.options:
        lines = option_lines(knowledge.base.options[option.key], knowledge)
        blocks += [Heading(option.label, 3), *map(Paragraph, lines), Paragraph(_counted(option, kinds, knowledge))]
        sheet = sheet_table(option, kinds, knowledge)
        blocks += beside_earlier("Fact sheet", option.label, sheet, sheets, 1)
        sheets[option.label] = sheet
        closed = all(knowledge.fact("eligibility", option.key, *kind).code == "not_open" for kind in kinds)
        if option.key != "stay" and not closed:
            changes_here = changes_table(option, kinds, knowledge)
            blocks += beside_earlier("What changes, and for whom", option.label, changes_here, changed, 2)
            changed[option.label] = changes_here
    blocks += _routes(knowledge)
    blocks += [
        Heading("Law, policy and money of the day", 3),
        Table.of("Rules and amounts that no option changes", standing_table(knowledge)),
    ]
    return blocks


def beside_earlier(caption: str, label: str, frame: pd.DataFrame, earlier: dict[str, pd.DataFrame], about: int) -> list[Block]:
    """Give a table without the rows that the most similar one of the earlier tables has already, or whole where few are the same.

    Args:
        caption: of the table, to which the option's label is added.
        label: of the option.
        frame: the whole table.
        earlier: the whole tables of the options before, by their labels.
        about: how many columns say what a row is about; only tables about the same can stand for one another.
    """
    alike = {name: other for name, other in earlier.items() if other.iloc[:, :about].equals(frame.iloc[:, :about])}
    same = {name: (frame == other).all(axis=1) for name, other in alike.items()}
    like = max(same, key=lambda name: int(same[name].sum()), default="")
    if not like or same[like].sum() < FEWEST_SHARED:
        return [Table.of(f"{caption}: {label}", frame)]
    own = frame[~same[like]]
    if own.empty:
        return [Paragraph(f"{caption}: {label}. All as for “{like}”.")]
    return [Table.of(f"{caption}: {label}. The other {len(frame) - len(own)} of {len(frame)} rows are as for “{like}”", own)]


def _counted(option: ProblemOption, kinds: Kinds, knowledge: KnowledgeOfDay) -> str:
    """Say how many answers differ from staying, and how many are not known."""
    cells = [(name, *kind) for name in knowledge.base.attributes for kind in kinds]
    then = [knowledge.fact(name, option.key, category, form) for name, category, form in cells]
    today = [knowledge.fact(name, "stay", category, form) for name, category, form in cells]
    differ = sum(fact_words.told(one) != fact_words.told(other) for one, other in zip(then, today, strict=True))
    unknown = sum(not one.known for one in then)
    said = (
        "" if option.key == "stay" else f"{differ} of {len(cells)} answers, over all questions and kinds of school, differ from staying. "
    )
    return f"{said}Not known: {unknown} of {len(cells)}."


def sheet_table(option: ProblemOption, kinds: Kinds, knowledge: KnowledgeOfDay) -> pd.DataFrame:
    """Answer the questions of the sheet for one option. Columns: Question, Answer, Mark; each says for which kinds of school."""
    every = [fact_words.kind_of_school(knowledge.base, category, form) for category, form in kinds]
    rows = []
    for name in knowledge.base.fact_sheet:
        facts = [knowledge.fact(name, option.key, category, form) for category, form in kinds]
        answers, marks = (_grouped([say(fact) for fact in facts], every) for say in (fact_words.told, _mark))
        rows.append({"Question": knowledge.base.attributes[name].question, "Answer": answers, "Mark": marks})
    return pd.DataFrame(rows)


def _grouped(said: list[str], every: list[str]) -> str:
    """Say each answer once, with the kinds of school whose answer it is."""
    groups: dict[str, list[str]] = {}
    for text, kind in zip(said, every, strict=True):
        groups.setdefault(text, []).append(kind)
    if len(groups) == 1:
        return said[0]
    return "; ".join(f"{text} ({phrases.those(named, every)})" for text, named in groups.items())


def _mark(fact: Fact | SheetFact) -> str:
    state = "" if fact.status == "in_force" else f", {fact_words.STATUS[fact.status]}"
    return f"{fact.mark}{state}" + (f": ask {fact.ask}" if fact.ask else "")


def changes_table(option: ProblemOption, kinds: Kinds, knowledge: KnowledgeOfDay) -> pd.DataFrame:
    """Say what an option changes for each role. Columns: For, What, Answers to these questions."""
    rows = []
    for role in get_args(Role):
        found: dict[str, dict[str, list[str]]] = {kind: {} for kind in ("lost", "gained", "changed", "unknown")}
        for category, form in kinds:
            named = fact_words.kind_of_school(knowledge.base, category, form)
            for one in changes(role, option.key, category, form, knowledge):
                if one.kind in found:
                    found[one.kind].setdefault(knowledge.base.attributes[one.attribute].question, []).append(named)
        named = phrases.capital(fact_words.ROLES[role])
        told = [(fact_words.KIND[kind], _questions(asked, len(kinds))) for kind, asked in found.items() if asked]
        rows += [{"For": named, "What": what, "Answers to these questions": asked} for what, asked in told or [NOTHING_CHANGES]]
    return pd.DataFrame(rows)


def _questions(asked: dict[str, list[str]], every: int) -> str:
    """List questions, with the kinds of school they concern where these are one or two, or else their number."""
    said = []
    for question, named in asked.items():
        few = f" ({phrases.listed(named)})" if len(named) <= 2 else f" ({len(named)} of {every} kinds of school)"
        said.append(question + ("" if len(named) == every else few))
    return " ".join(said)


def _routes(knowledge: KnowledgeOfDay) -> list[Block]:
    blocks: list[Block] = [Heading("Other routes, ways of joining, and combinations", 3)]
    for sheet in knowledge.base.fact_sheets.values():
        facts_of_day = sheet.on(knowledge.day)
        frame = pd.DataFrame([{"Question": one.question, "Answer": one.says, "Mark": _mark(one)} for one in facts_of_day])
        blocks += [Table.of(f"{sheet.label}: {sheet.plain}", frame)] if facts_of_day else []
    return blocks


def standing_table(knowledge: KnowledgeOfDay) -> pd.DataFrame:
    """Give the rules and amounts of the day. Columns: Question, Answer, Since, Mark."""
    rows = []
    for name, about in knowledge.base.parameters.items():
        one = knowledge.parameter(name)
        if one:
            where = f" ({about.holds_for})" if about.holds_for else ""
            mark = one.mark + (f": ask {one.ask}" if one.ask else "")
            answer = f"{fact_words.standing(one, about.unit or '')}. {one.says}"
            rows.append({"Question": f"{one.question}{where}", "Answer": answer, "Since": plain_day(one.since), "Mark": mark})
    return pd.DataFrame(rows)


def first_questions(knowledge: KnowledgeOfDay) -> list[str]:
    """Give the questions that a reader sees first."""
    return [name for name, attribute in knowledge.base.attributes.items() if attribute.first_question]


def _cited(knowledge: KnowledgeOfDay) -> list[str]:
    return [*first_questions(knowledge), POLICY_FIT]


def reference_numbers(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> dict[Reference, int]:
    """Number the references of the first answers, in the order in which they are used."""
    used: dict[Reference, int] = {}
    for name in _cited(knowledge):
        for option in appraisal.problem.options:
            for school in case.members:
                for one in knowledge.fact(name, option.key, school.category, school.form).references:
                    used.setdefault(one, len(used) + 1)
    return used


def references(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> Bullets:
    """List the numbered references: source, place, day of the text, day it was read, address."""
    return Bullets(tuple(_reference(one, knowledge) for one in reference_numbers(case, appraisal, knowledge)), ordered=True, linked=True)


def _reference(one: Reference, knowledge: KnowledgeOfDay) -> str:
    source = knowledge.base.sources[one.source]
    parts = [source.title + (f", {one.at}" if one.at else "")]
    if one.text_of:
        parts.append(
            f"text of {plain_day(one.text_of)}" + (", which is later than the day asked about" if one.text_of > knowledge.day else "")
        )
    elif one.read:
        parts.append("the text has no day of its own")
    parts.append(
        (f"read on {plain_day(one.read)}" if one.read else "not read") + (" in a public copy of the official text" if one.from_copy else "")
    )
    href = one.href or source.href
    return "; ".join(parts) + "." + (f" {href}" if href else "")
