"""The take-away file: one HTML page that works offline and alone, in which the weights still move; only public items are in it.

What hangs on the weights or the must-haves is worked out by the scripts of `static/takeaway/`, from what Python worked out; all
else is written here, from the same tables and sections as the dashboard and the report.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import jinja2

from partnership_model import __version__
from partnership_model.analysis.appraisal import SAMPLES, appraise
from partnership_model.display import fact_sections, fact_words, sections, tables, weighing_words, weight_set_words, words
from partnership_model.display.blocks import TEMPLATES, Block, Heading, Paragraph, Table, html
from partnership_model.display.exploration import begin
from partnership_model.display.moves import STEPS
from partnership_model.display.static_files import PAGE_STYLES, static_text
from partnership_model.display.takeaway_facts import facts_of
from partnership_model.display.takeaway_model import COUNTED, model_of
from partnership_model.knowledge.editions import case_key, public_edition
from partnership_model.knowledge.schema import plain_day
from partnership_model.model.problem import build_problem

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.model.problem import DecisionProblem

SCRIPTS = ("draws.js", "engine.js", "words.js", "code.js", "drawing.js", "facts.js", "page.js")
MARK = "<!-- Made by partnership takeaway, which may write over it. -->"  # a line near the beginning of every such file

ONWARDS = {
    "facts": "Compare the facts",
    "must_haves": "Name what is not negotiable",
    "research": "See what research shows",
    "what_matters": "Say what matters",
    "what_follows": "See what follows",
    "how_sure": "See how sure this is",
    "doors": "See which doors stay open",
    "next": "See what comes next",
}


@dataclass(frozen=True)
class _Step:
    """One step of the page: its name, what it finds, and what there is to read."""

    key: str
    name: str
    finding: str
    cards: tuple[str, ...]


def takeaway_page(case: Case, knowledge: KnowledgeOfDay, made_on: dt.date) -> str:
    """Write the whole file.

    Args:
        case: as it was read; only its public items are used.
        knowledge: of the day whose law and facts count.
        made_on: the day on which the file is made, which stands in it.
    """
    public = public_edition(case)
    state = begin(public, knowledge)
    lawful = replace(public, file=public.file.model_copy(update={"non_negotiables": ()}))
    problem = build_problem(lawful, knowledge)
    asked = problem.set_in_use
    problem = problem if asked in COUNTED else problem.with_weight_set("order")
    unweighed = appraise(problem.with_weights(None))
    steps = [_Step(key, name, *_READ[key](state, unweighed)) for key, name in STEPS.items()]
    script = "{{\n{}\n}}".format(static_text(*(f"takeaway/{name}" for name in SCRIPTS)))
    page = TEMPLATES.get_template("takeaway/page.html.j2").render(
        mark=MARK,
        case=public,
        file=public.file,
        status=words.CASE_STATUS[public.file.status],
        day=plain_day(knowledge.day),
        made_on=plain_day(made_on),
        version=__version__,
        samples=f"{SAMPLES:,}",
        steps=steps,
        onwards=ONWARDS,
        swing_lead=weighing_words.LEADS["swing"],
        style=static_text(*PAGE_STYLES, "takeaway/takeaway.css"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=_plain({"model": model_of(state, problem), "facts": facts_of(state, problem), "texts": _texts(problem, asked, state)}),
    )
    terms = fact_words.terms_in(jinja2.filters.do_striptags(page.partition("<main")[2].partition("</main>")[0]), knowledge.base.glossary)
    return page.replace("<!-- terms -->", TEMPLATES.get_template("terms.html.j2").render(terms=terms))


def _plain(data: dict[str, Any]) -> str:
    """Write data so that nothing in it can end the element in which it stands."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _texts(problem: DecisionProblem, asked: str, state: Exploration) -> dict[str, str]:
    """Give the sentences of the results that hang on no weight."""
    other = (
        ""
        if asked == problem.set_in_use
        else f"The case counts {weight_set_words.weights(build_problem(state.case, state.knowledge), asked)}. This file counts "  # type: ignore[arg-type]
        f"{weight_set_words.weights(problem, problem.set_in_use)} instead, so shares of first places may differ from the workbook's; "
        "nothing else does."
    )
    return {
        "notAChance": words.not_a_chance(problem),
        "spread": sections.SPREAD,
        "rounded": sections.ROUNDED,
        "otherSet": other,
        "caseWeights": words.case_weights(state.case) + (" (illustrative)" if state.case.file.illustrative else ""),
        "caseKey": case_key(state.case),
        "day": str(state.knowledge.day),
    }


def _cards(blocks: list[Block]) -> tuple[str, ...]:
    """Write blocks as cards, a new one at each heading and each table."""
    groups: list[list[Block]] = []
    for block in blocks:
        starts = isinstance(block, Heading) or (isinstance(block, Table) and groups and any(isinstance(one, Table) for one in groups[-1]))
        if starts or not groups:
            groups.append([])
        groups[-1].append(block)
    return tuple(html(group) for group in groups)


def _why(state: Exploration, _appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    file = state.case.file
    lead: list[Block] = [Paragraph(file.decides, "lead")]
    lead += [Paragraph(file.illustrative_note, "note")] if file.illustrative_note else []
    heading, *rest = sections.why(state.case, state.knowledge)
    assert isinstance(heading, Heading)  # noqa: S101 - every section begins with one
    return file.decision, (html(lead), *_cards([Heading(heading.text, 3), *rest]))


def _facts(state: Exploration, appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    heading, *rest = fact_sections.facts(state.case, appraisal, state.knowledge)
    rest += [Heading("Sources of these facts", 3), fact_sections.references(state.case, appraisal, state.knowledge)]
    return heading.text, _cards(rest)  # type: ignore[union-attr]


def _must_haves(_state: Exploration, appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    members = Table.of("Each school's place in each option", tables.membership_table(appraisal.problem))
    return "What we would not give up", (html([members]),)


def _research(state: Exploration, _appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    heading, *rest = fact_sections.research(state.case, state.knowledge)
    return heading.text, _cards(rest)  # type: ignore[union-attr]


def _what_matters(state: Exploration, appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    groups = state.case.file.weights
    caption = "Weights of 100, by stakeholder group" if groups else "Criteria, from worst to best"
    return weighing_words.TITLES["swing"], (html([Table.of(caption, tables.weight_table(appraisal.problem))]),)


def _what_follows(_state: Exploration, appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    return words.headline(appraisal), ()


def _how_sure(_state: Exploration, appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    table = Table.of("Every judgement in use", tables.judgement_table(appraisal.problem))
    return "How sure, and what would change it", (html([table]),)


def _doors(state: Exploration, appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    _, _, *rest = sections.doors(appraisal, state.knowledge)
    money = Table.of("Cost or saving a pupil and year, against staying, by school", tables.money_table(appraisal.problem))
    return sections.door_finding(appraisal.problem), _cards([*rest, money, Paragraph(sections.MOSTLY_ESTIMATES, "note")])


def _next(state: Exploration, appraisal: Appraisal) -> tuple[str, tuple[str, ...]]:
    heading, *rest = sections.what_next(state.case, appraisal, state.knowledge)
    return heading.text, _cards(rest)  # type: ignore[union-attr]


_READ = {
    "why": _why,
    "facts": _facts,
    "must_haves": _must_haves,
    "research": _research,
    "what_matters": _what_matters,
    "what_follows": _what_follows,
    "how_sure": _how_sure,
    "doors": _doors,
    "next": _next,
}
