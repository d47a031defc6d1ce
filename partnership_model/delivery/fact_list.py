"""What `partnership facts` prints and writes: lists, one answer, the base as CSV and as a page of the documentation."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from partnership_model.display import fact_words
from partnership_model.errors import PartnershipError, nearest
from partnership_model.knowledge.facts import ALWAYS_ALLOWED
from partnership_model.knowledge.listing import COLUMNS, MARKS, all_values, cited, count_marks, rows, stale, use
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from partnership_model.knowledge.base import KnowledgeBase, KnowledgeOfDay
    from partnership_model.knowledge.facts import Attribute, DatedValue, Fact, Reference

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would work these out


def totals(base: KnowledgeBase) -> list[str]:
    """Count the dated values by mark, with their share."""
    counts = count_marks(all_values(base))
    every = sum(counts.values()) or 1
    parts = [f"{count} {mark} ({100 * count / every:.0f}%)" for mark, count in counts.items()]
    return [f"{len(base.attributes)} questions, {every} dated values: {', '.join(parts)}."]


def listing(base: KnowledgeBase, *, mark: str = "", only_stale: bool = False, day: dt.date) -> list[str]:
    """List the questions with the number of their values by mark, their age and their use."""
    old = set(stale(base, day))
    lines = []
    for name, attribute in base.attributes.items():
        counts = count_marks(value for cell in attribute.cells for value in cell.values)
        if (mark and not counts[mark]) or (only_stale and name not in old):  # type: ignore[index]  # `mark` is one of the four
            continue
        used = use(base, name)
        parts = [
            f"{', '.join(f'{count} {kind}' for kind, count in counts.items() if count)}",
            f"checked {attribute.checked.date}, {'STALE since' if name in old else 'good until'} {attribute.stale_after}",
            f"answers {len(used.questions)} of the forty questions, carries {len(used.assumptions)} starting assumptions"
            + (f", asked by must-haves {', '.join(used.gates)}" if used.gates else ""),
        ]
        lines.append(f"{name}: {attribute.question} {'; '.join(parts)}.")
    return lines


def answer(knowledge: KnowledgeOfDay, attribute: str, option: str, category: str, form: str) -> list[str]:
    """Answer one question for one kind of school.

    Raises:
        PartnershipError: a name that is not known, with the nearest that is.
    """
    base = knowledge.base
    known = (("question", attribute, base.attributes), ("option", option, base.options), ("category", category, base.categories))
    for what, name, names in known:
        if name not in names:
            message = f'"{name}" is not a {what} of the knowledge base. {nearest(name, names)}'
            raise PartnershipError(message)
    forms = base.categories[category].forms
    if form not in forms:
        message = f'"{form}" is not a present form of a {base.categories[category].label}. {nearest(form, forms)}'
        raise PartnershipError(message)
    if option not in knowledge.options:
        message = f"{base.options[option].label} does not exist on {plain_day(knowledge.day)}."
        raise PartnershipError(message)
    return _answer_lines(knowledge, knowledge.fact(attribute, option, category, form))  # type: ignore[arg-type]  # checked above


def _answer_lines(knowledge: KnowledgeOfDay, fact: Fact) -> list[str]:
    base = knowledge.base
    kind = fact_words.kind_of_school(base, fact.category, fact.form)
    lines = [
        base.attributes[fact.attribute].question,
        f"{base.options[fact.option].label}, a {kind}, on {plain_day(knowledge.day)}:",
        f"  {fact_words.told(fact)}",
        f"  {fact.says}",
        f"  Mark: {fact.mark}{'' if fact.status == 'in_force' else f', {fact_words.STATUS[fact.status]}'}"
        + (f"; holds since {plain_day(fact.since)} or earlier" if fact.since else ""),
    ]
    lines += [
        f"  {number}. {step.do} ({step.who}), {step.months.low:g} to {step.months.high:g} months"
        for number, step in enumerate(fact.steps, 1)
    ]
    lines += [f"  Source: {cited(base, one)}" for one in fact.references]
    lines += ["  The text that was read is later than the day asked about."] if fact.later_text else []
    return lines + ([f"  Ask: {fact.ask}"] if fact.ask else [])


def as_csv(base: KnowledgeBase) -> str:
    """Write every dated value of the facts as one row of a CSV file that a spreadsheet cannot mistake for sums."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: f"'{text}" if text.startswith(FORMULA) else text for key, text in row.items()} for row in rows(base))
    return out.getvalue()


TOPICS = {
    "control": "Control: who decides",
    "people": "People: staff and heads",
    "children": "Children: admissions, curriculum, character",
    "money": "Money, land and buildings",
    "exit": "Exit: getting out again",
    "process": "Process: who may, who must agree, how long",
    "policy": "Policy and intervention",
}


def as_pages(base: KnowledgeBase) -> dict[str, str]:
    """Write the base as pages of the documentation, by file name: an index, one page a topic, rules and amounts of the country."""
    pages = {"README.md": _index(base)}
    for topic, title in TOPICS.items():
        asked = [one for one in base.attributes.values() if one.topic == topic]
        parts = [f"# {title}", "", WRITTEN, ""] + [line for one in asked for line in _attribute_page(base, one)]
        pages[f"{topic}.md"] = _page(parts)
    parts = ["# Rules and amounts of the country, and of single councils", "", WRITTEN, ""]
    for key, one in base.parameters.items():
        where = f", {one.holds_for}" if one.holds_for else ""
        parts += [f"## {one.question}", "", f"`{key}`{where}. {one.description}", ""]
        parts += [line for value in one.values for line in _value_lines(base, value, one.codes, one.unit, "")] + [""]
    pages["parameters.md"] = _page(parts)
    return pages


WRITTEN = "Written by `partnership facts --pages`; do not edit it by hand. The data are in `data/`."


def _page(parts: list[str]) -> str:
    return "\n".join(parts).rstrip() + "\n"


def _index(base: KnowledgeBase) -> str:
    meanings = (
        "the passage was read and says so",
        "a source is named, its passage was not read or is doubtful",
        "not verified",
        "low, likely and high",
    )
    parts = ["# Reference: the knowledge base", "", WRITTEN, "", *totals(base), "", "| mark | means |", "|---|---|"]
    parts += [f"| {mark} | {meaning} |" for mark, meaning in zip(MARKS, meanings, strict=True)]
    parts += ["", "## Pages", "", *(f"- [{title}]({topic}.md)" for topic, title in TOPICS.items())]
    parts += [
        "- [Rules and amounts of the country, and of single councils](parameters.md)",
        "",
        "## Names",
        "",
        "| name | means |",
        "|---|---|",
    ]
    parts += [f"| {key} | {one.label} |" for key, one in base.options.items()]
    parts += [f"| {key} | {one.label} |" for key, one in base.categories.items()]
    parts += [f"| {key} | {', '.join(base.categories[name].label for name in names)} |" for key, names in base.groups.items()]
    parts += [f"| {key} | {one.label}: {one.plain} |" for key, one in base.forms.items()]
    parts += ["", "## The forty questions", ""]
    parts += [f"{one.number}. {one.asks} ({_answered_by(one.attributes, one.calculations)})" for one in base.questions]
    return _page(parts)


def _answered_by(attributes: Iterable[str], calculations: Iterable[str]) -> str:
    return ", ".join([*(f"`{name}`" for name in attributes), *(f"worked out: {name.replace('_', ' ')}" for name in calculations)])


def _attribute_page(base: KnowledgeBase, attribute: Attribute) -> list[str]:
    parts = [f"## {attribute.question}", "", f"`{attribute.attribute}`. {attribute.description}"]
    parts += [f"Checked {attribute.checked.date}; stale after {attribute.stale_after}.", ""]
    for cell in attribute.cells:
        covers = [
            "every option" if cell.options == "any" else ", ".join(cell.options),
            "every category" if cell.categories == "any" else ", ".join(cell.categories),
            "" if cell.forms == "any" else ", ".join(cell.forms),
        ]
        parts.append(f"- {'; '.join(part for part in covers if part)}")
        parts += [line for one in cell.values for line in _value_lines(base, one, attribute.codes, attribute.unit, "  ")]
    return [*parts, ""]


def _value_lines(base: KnowledgeBase, one: DatedValue, codes: dict[str, str], unit: str | None, indent: str) -> list[str]:
    references = "; ".join(_short(base, reference) for reference in one.references)
    return [f"{indent}- {one.since}: {_value(one, codes, unit)}", *([f"{indent}  Source: {references}."] if references else [])]


def _short(base: KnowledgeBase, one: Reference) -> str:
    """Link a source, with the place in it and the day of its text."""
    source, href = base.sources[one.source], one.href or base.sources[one.source].href
    title = f"[{source.title}](<{href}>)" if href else source.title
    return title + (f", {one.at}" if one.at else "") + (f", text of {one.text_of}" if one.text_of else "")


def _value(one: DatedValue, codes: dict[str, str], unit: str | None) -> str:
    if one.ended:
        return "the rule ended"
    short = {**ALWAYS_ALLOWED, **codes}.get(one.code or "", "")
    short = fact_words.figure(one.amount, unit or "") if one.amount else short
    status = "" if one.status == "in_force" else f", {fact_words.STATUS[one.status]}"
    return f"{f'**{short}.** ' if short else ''}{one.says} ({one.mark}{status}{f'; ask {one.ask}' if one.ask else ''})"
