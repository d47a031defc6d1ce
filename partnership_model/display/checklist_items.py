"""The twenty items of a credible appraisal, part by part: where each stands in the report, and what gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnership_model.analysis.appraisal import Withheld
    from partnership_model.knowledge.cases import Case
    from partnership_model.model.problem import DecisionProblem

SECTIONS = {
    "summary": "Summary",
    "why": "Why we are asking",
    "must-haves": "Must-haves, and who may take part",
    "what-matters": "What matters",
    "consultation": "What people told us",
    "what-follows": "What follows",
    "how-sure": "How sure, and what would change it",
    "doors": "Which doors stay open",
    "shortlist": "The shortlist side by side",
    "next": "What next",
    "fact-sheets": "Fact sheets",
    "annex": "Behind the numbers",
}


@dataclass(frozen=True)
class Seen:
    """What is looked at to say what an appraisal gives."""

    case: Case
    problem: DecisionProblem
    withheld: Withheld | None


@dataclass(frozen=True)
class Part:
    """One part of an item.

    Attributes:
        name: its name inside the item, for machines.
        says: what it is, as a reader would call it.
        section: the anchor of the section in which it stands.
        fill_in: gives the key of the case by which it would be given; nothing where it is given.
        cannot: why the workbook cannot do it yet; empty where it can.
        consulted: the anchor of the section in which it stands where the case has the record of a consultation.
    """

    name: str
    says: str
    section: str
    fill_in: Callable[[Seen], str]
    cannot: str = ""
    consulted: str = ""


@dataclass(frozen=True)
class Item:
    """One of the twenty items, in the order of the checklist."""

    number: int
    title: str
    parts: tuple[Part, ...]


def _always(_: Seen) -> str:
    return ""


def _key(name: str) -> Callable[[Seen], str]:
    """Look whether a key of `case.yaml` was given: not left out, and not empty."""
    return lambda seen: "" if getattr(seen.case.file, name) else name


def _record(name: str) -> Callable[[Seen], str]:
    """Look whether a key of the record was given; an empty list says that there are none."""
    return lambda seen: f"appraisal.{name}" if getattr(seen.case.file.appraisal, name) is None else ""


def _each(name: str, *fields: str) -> Callable[[Seen], str]:
    """Look whether every entry of a key of the record has these fields."""

    def fill_in(seen: Seen) -> str:
        entries = getattr(seen.case.file.appraisal, name)
        given = entries and all(getattr(one, field) is not None for one in entries for field in fields)
        return "" if given else f"appraisal.{name}, its {' and '.join(f'`{field}`' for field in fields)}"

    return fill_in


def _or_record(otherwise: Callable[[Seen], str]) -> Callable[[Seen], str]:
    """Look whether a closed consultation gives it; else look otherwise."""
    return lambda seen: "" if seen.case.consulted else otherwise(seen)


def _answered_themes(seen: Seen) -> str:
    """Look whether every theme of a closed consultation is answered, and whether it is said what changed."""
    record, plan = seen.case.consulted, seen.case.file.consultation
    if record is None or not record.comments.themes:
        return _each("consultation", "changed")(seen)
    answers = plan.themes if plan else ()
    every = {one.theme for one in record.comments.themes} == {one.theme for one in answers}
    return "" if every and any(one.changed for one in answers) else "consultation.themes"


def _ranked(seen: Seen) -> str:
    """Look whether options are put in order, and what that waits for."""
    waits = {"nobody_weighed": "weights", "unconfirmed": "judgements.csv", "no_option": "non_negotiables"}
    return "" if seen.withheld is None else waits[seen.withheld]


def _compared(seen: Seen) -> str:
    """Look whether options are put in order, and whether there are two or more of them."""
    return _ranked(seen) or ("" if len(seen.problem.ranked_options) > 1 else "options")


def _must_haves(seen: Seen) -> str:
    """Look whether the group named must-haves, or said with an empty list that it has none."""
    return "" if "non_negotiables" in seen.case.file.model_fields_set or seen.case.file.non_negotiables else "non_negotiables"


def _two_groups(seen: Seen) -> str:
    return "" if len(seen.problem.group_weights) > 1 else "weights, of two or more groups"


def _two_groups_ranked(seen: Seen) -> str:
    return _compared(seen) or _two_groups(seen)


def _weighed(seen: Seen) -> str:
    return "" if seen.problem.weights else "weights"


def _who_counts(seen: Seen) -> str:
    return "" if "who_counts" in seen.case.file.model_fields_set or len(seen.problem.group_weights) == 1 else "who_counts"


def _looked_at(seen: Seen) -> str:
    return "judgements.csv" if seen.problem.unconfirmed or not seen.problem.ranked_options else ""


def _overlaps(seen: Seen) -> str:
    """Look whether every pair of criteria that may overlap was looked at by the group."""
    checked = [set(one.criteria) for one in seen.case.file.appraisal.overlaps_checked or ()]
    pairs = overlapping(seen.problem)
    return "" if all(any({*pair} <= one for one in checked) for pair in pairs) else "appraisal.overlaps_checked"


def overlapping(problem: DecisionProblem) -> list[tuple[str, str]]:
    """Give the pairs of criteria in use of which the catalogue says that they may count one thing twice."""
    return [
        (name, other)
        for name, criterion in problem.criteria.items()
        for other in criterion.overlaps
        if other in problem.criteria and name < other
    ]


def _every_risk(seen: Seen) -> str:
    """Look whether each option that is compared, staying among them, carries a risk that somebody wrote down."""
    risks = seen.case.file.appraisal.risks or ()
    named = {option for one in risks for option in one.options or [option.key for option in seen.problem.options]}
    return "" if risks and all(option.key in named for option in seen.problem.ranked_options) else "appraisal.risks"


def _signed(seen: Seen) -> str:
    equality = seen.case.file.appraisal.equality
    return "" if equality and equality.signed else "appraisal.equality, its `signed` and `on`"


def _advice(name: str) -> Callable[[Seen], str]:
    def fill_in(seen: Seen) -> str:
        advice = seen.case.file.recommendation
        return "" if advice and getattr(advice, name) is not None else f"recommendation, its `{name}`"

    return fill_in


def _optimism(seen: Seen) -> str:
    return "money, its `optimism_bias`" if seen.case.file.money.optimism_bias is None else ""


TOLD = "consultation"
SCHOOL_SCORES = "A case holds the weights of stakeholder groups and one set of judgements, not those of each school"

ITEMS: tuple[Item, ...] = (
    Item(1, "Decision", (
        Part("asked", "The decision asked", "summary", _key("decision")),
        Part("decides", "Who decides", "summary", _key("decides")),
        Part("by_when", "By when it is to be decided", "summary", _record("decide_by")),
        Part("status", "The status of the decision", "summary", _key("status")),
    )),
    Item(2, "Who took part", (
        Part("roles", "Who took part, and in which role", "why", _record("took_part")),
        Part("interests", "The interests that each declared", "why", _each("took_part", "interests")),
        Part("absent", "Who was absent", "why", _record("absent")),
        Part("conflicts", "Conflicts of interest, and what was done about them", "why", _record("conflicts")),
    )),
    Item(3, "The present state", (
        Part("schools", "The schools as they are", "why", _key("schools")),
        Part("why", "Why the group asks", "why", _key("why")),
        Part("aims", "What should get better", "why", _key("aims")),
        Part("trend", "Where staying as we are is heading", "why", _record("trend")),
    )),
    Item(4, "The long list", (
        Part("options", "The options, and which of them the law closes", "must-haves", _key("options")),
        Part("gates", "Must-haves that close options", "must-haves", _must_haves),
        Part("long_list", "The long list, and why options fell from it", "must-haves", _record("long_list")),
        Part("shortlist", "Which options the group put on its shortlist", "shortlist", _record("shortlist")),
    )),
    Item(5, "The options described", (
        Part("same_sheet", "The same fact sheet for each option", "fact-sheets", _always),
        Part("sources", "The source and the date of each fact", "annex", _always),
    )),
    Item(6, "The criteria", (
        Part("wording", "The wording of each criterion, and what its worst and its best mean", "what-matters", _key("criteria")),
        Part("left_out", "Which criteria were left out, and why", "what-matters", _record("criteria_left_out")),
        Part("overlaps", "The check that nothing is counted twice", "what-matters", _overlaps),
    )),
    Item(7, "The judgements", (
        Part("matrix", "Every judgement with its reason and its evidence, blanks shown as blanks", "annex", _always),
        Part("looked_at", "Judgements that the group has looked at, all of them", "annex", _looked_at),
    )),
    Item(8, "The weights", (
        Part("method", "How the weights were taken", "what-matters", _weighed),
        Part("swing", "From what to what each weight counts", "what-matters", _always),
        Part("by_group", "The weights of each group", "what-matters", _two_groups),
        Part("agreement", "Where the groups agree and where they do not", "what-matters", _two_groups),
        Part("who_counts", "Who counts: a voice for each person or for each group", "what-matters", _who_counts),
    )),
    Item(9, "The result", (
        Part("contributions", "Where each option's points come from", "what-follows", _ranked),
        Part("totals", "Totals in whole numbers, ties called ties", "how-sure", _ranked),
    )),
    Item(10, "How robust it is", (
        Part("switching", "The weight at which another option leads", "how-sure", _compared),
        Part("shares", "How often each option leads as the weights vary", "how-sure", _ranked),
        Part("judgements", "How far the judgements let each option move", "how-sure", _ranked),
        Part("without_criterion", "Who leads without each criterion", "how-sure", _compared),
        Part("without_option", "Who leads without the leading option", "how-sure", _compared),
        Part("without_group", "Who leads without each group", "how-sure", _two_groups_ranked),
    )),
    Item(11, "School by school", (
        Part("places", "What each school could be in each option", "must-haves", _always),
        Part("gains", "What each school pays or saves in each option", "what-follows", _always),
        Part("vetoes", "Whose consent each school needs, and what its no would do", "what-follows", _always),
        Part("scores", "What each option is worth to each school", "what-follows", _always, SCHOOL_SCORES),
    )),
    Item(12, "Money", (
        Part("cash", "Cash by school, year by year", "what-follows", _always),
        Part("once", "What is paid once", "what-follows", _always),
        Part("discounted", "The sum of the years, discounted", "what-follows", _always),
        Part("optimism_bias", "An uplift for optimism", "what-follows", _optimism),
        Part("sensitivity", "How far the money may be out", "what-follows", _always),
        Part("break_even", "When each option has paid for itself", "what-follows", _always),
        Part("against_score", "Cost against score", "what-follows", _compared),
    )),
    Item(13, "Risks", (
        Part("risks", "Risks, how likely and how bad, how each is met and by whom", "shortlist", _record("risks")),
        Part("of_each", "A risk of each option that is compared, staying too", "shortlist", _every_risk),
    )),
    Item(14, "Equality", (
        Part("looked_at", "What was looked at for equality, and what was found", "shortlist", _record("equality")),
        Part("signed", "Who signed it, and when", "shortlist", _signed),
    )),
    Item(15, "Consultation", (
        Part("asked", "What was asked, and of whom", "shortlist", _or_record(_record("consultation")), consulted=TOLD),
        Part("answers", "How many were invited and how many answered, by group", "shortlist",
             _or_record(_each("consultation", "invited", "answered")), consulted=TOLD),
        Part("changed", "What the answers changed", "shortlist", _answered_themes, consulted=TOLD),
    )),
    Item(16, "Ways back and ways on", (
        Part("way_out", "The way out of each option", "doors", _always),
        Part("map", "The doors that lead on from each option", "doors", _always),
        Part("policy", "What a change of policy would mean", "doors", _record("policy_scenarios")),
    )),
    Item(17, "Dissent", (
        Part("dissent", "Who sees it otherwise, and why", "next", _advice("dissent")),
    )),
    Item(18, "Recommendation", (
        Part("says", "The recommendation, in the group's own words", "next", _key("recommendation")),
        Part("conditions", "Its conditions", "next", _advice("conditions")),
        Part("next_steps", "The next steps", "next", _key("next_steps")),
        Part("triggers", "What would make the group look again", "next", _record("triggers")),
        Part("expires", "The day from which the appraisal counts no longer", "next", _record("expires")),
    )),
    Item(19, "What stands behind it", (
        Part("method", "The method", "annex", _always),
        Part("version", "The version, the seed and the hash of what went in", "annex", _always),
        Part("data_log", "The sources, with the day on which each was read", "annex", _always),
        Part("assumptions", "The log of assumptions", "annex", _record("assumptions")),
        Part("decisions", "The log of decisions, with their days", "annex", _record("decisions")),
        Part("assurance", "Who checked it, and what was not checked", "annex", _record("assurance")),
        Part("again", "The command that runs it again", "annex", _always),
    )),
    Item(20, "In plain English", (
        Part("summary", "A summary on one page", "summary", _always),
        Part("tables", "A table behind every chart", "how-sure", _always),
    )),
)  # fmt: skip
