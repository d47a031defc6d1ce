"""What differs between two runs, in words: what it is, what the one run says, and what the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership_model.analysis.overall import whole
from partnership_model.display import fact_words, phrases, screening_words, words
from partnership_model.display.mistake_names import NAMES
from partnership_model.knowledge.case_inputs import NAMED_BY
from partnership_model.knowledge.schema import Range, parse_day, plain_day
from partnership_model.model.problem import Judgement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from partnership_model.analysis.facts_apart import FactApart, RuleApart
    from partnership_model.analysis.run_comparison import Change, Comparison, Part
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.facts import Fact
    from partnership_model.knowledge.parameters import Standing

ORDERED, WHETHER = "Is anything put in order?", ("withheld",)
WHY = ("option", "because")  # the shape of the place of an option's reason
ABSENT = "not there"
NOTHING = "Nothing recorded for that day"
SETTINGS = {
    "case": "The case",
    "as_of": "The day whose law and facts count",
    "edition": "The edition",
    "version": "The version of the workbook",
    "seed": "The seed of the draws",
    "samples": "How many ways of weighing were drawn",
    "knowledge": "The knowledge base",
}
KEYS = {
    "non_negotiables": "must-haves",
    "least_full_members": "least number of full members",
    "plausible_weights": "ways of weighing that count as plausible",
    "decides": "who decides",
    "status": "how far the decision is",
    "why": "why we are asking",
    "aims": "what should get better",
    "consultation_record": "record of what people told us",
}
SAID_BY_TABLE = ("schools", "options", "weights", "non_negotiables")  # keys that are the name of their table
WEIGHED = ("weights", "weights_in_use", "plausible_weights")
LONGEST_NAME = 40  # of something longer, the name is what it says
STATES = {"given": "given", "not_given": "missing", "cannot": "the workbook cannot do it yet", "not_public": "not public"}
WITHHELD = {
    "no_option": "nothing: no option is left",
    "nobody_weighed": "nothing: nobody has weighed",
    "unconfirmed": "nothing: judgements that could change the answer have not been looked at",
}


@dataclass(frozen=True)
class Row:
    """One line of a table of differences."""

    what: str
    before: str
    after: str


class Speaker:
    """Says the changes of one comparison."""

    def __init__(self, comparison: Comparison, base: KnowledgeBase) -> None:
        """Take the names of options from the runs, those of criteria and questions from the knowledge base."""
        self.base = base
        self.labels: Mapping[str, str] = {**comparison.before.labels, **comparison.after.labels}
        self.withheld = comparison.before.withheld, comparison.after.withheld
        self.kinds = sorted((comparison.before.kinds | comparison.after.kinds) & set(base.kinds()))
        self._say: Mapping[Part, Callable[[Any], str]] = {
            "judgements": self._judgement,
            "order": self._place,
            "first_places": lambda one: phrases.of_hundred(one["share"]),
            "weights_in_use": lambda one: f"{one} of 100",
            "status": lambda one: f"{_status(one['status'])}. {one['because']}" if isinstance(one, dict) else membership(one),
            "separation": lambda _: "no",
            "missing": lambda one: STATES.get(one, str(one)),
        }

    def row(self, one: Change) -> Row:
        """Say one change."""
        if one.part == "overall":
            return Row(self.what(one), _overall(one.before, self.withheld[0]), _overall(one.after, self.withheld[1]))
        return Row(self.what(one), self._value(one, one.before), self._value(one, one.after))

    def option(self, key: str) -> str:
        """Name an option as the group does."""
        return self.labels.get(key, _plain(key))

    def criterion(self, key: str) -> str:
        """Name a criterion."""
        return self.base.criteria[key].label if key in self.base.criteria else phrases.capital(_plain(key))

    def what(self, one: Change) -> str:
        """Say what it is that differs."""
        of: dict[Part, Callable[[tuple[str, ...]], str]] = {
            "settings": lambda place: SETTINGS[place[0]],
            "order": lambda place: ORDERED if place == WHETHER else f"{self.option(place[0])}: place",
            "overall": lambda place: self.option(place[0]),
            "first_places": lambda place: self.option(place[0]),
            "weights_in_use": lambda place: self.criterion(place[0]),
            "judgements": lambda place: self._cell(*place),
            "status": lambda place: f"{self.option(place[0])}{': ' + place[2] if len(place) > len(WHY) else ', why' * len(place[1:])}",
            "separation": lambda place: f"Can {phrases.listed(self.option(key) for key in place)} be told apart?",
            "warnings": lambda _: "Warning",
            "mistakes": lambda place: next((name for kind, name in NAMES.items() if kind == place[0]), _plain(place[0])),
            "missing": lambda place: f"{place[0]}: {phrases.uncapital(place[1])}",
        }
        return of.get(one.part, self._given)(one.place)

    def _cell(self, option: str, criterion: str = "", *reason: str) -> str:
        of = f": {phrases.uncapital(self.criterion(criterion))}" if criterion else ""
        return f"{self.option(option)}{of}{', the reason' if reason else ''}"

    def _given(self, place: tuple[str, ...]) -> str:
        """Name a value of the case by the keys that lead to it; what the table says already is left out."""
        head, *rest = place[:-1] if len(place) > 1 and place[-1] == "says" else place
        kept = rest if rest and head in SAID_BY_TABLE else [KEYS.get(head, head), *rest]
        names = [self._key(head, key) for key in kept if (head, key) != ("weights", "values")]
        return phrases.capital(": ".join(names))

    def _key(self, head: str, key: str) -> str:
        if head == "options" and key in self.labels:
            return self.labels[key]
        if head in WEIGHED and key in self.base.criteria:
            return phrases.uncapital(self.criterion(key))
        return _plain(key) if key.isidentifier() else f"“{key}”" if len(key) > LONGEST_NAME else key

    def _value(self, one: Change, value: Any) -> str:  # noqa: ANN401 - whatever differs
        if value is None:
            return self._absent(one)
        if one.part == "settings":
            return _setting(one.place[0], str(value))
        if one.part == "order" and one.place == WHETHER:
            return WITHHELD.get(value, str(value))
        if one.place[1:] == ("because",) or (isinstance(value, str) and one.part == "judgements"):
            return str(value)
        return self._say[one.part](value) if one.part in self._say else given_value(value)

    def _absent(self, one: Change) -> str:
        """Say that a run does not have what the other has."""
        if one.part == "separation" or one.place == WHETHER:
            return "yes"
        return {"order": "not in the order", "judgements": "not in use"}.get(one.part, ABSENT)

    def _judgement(self, data: Mapping[str, Any] | int) -> str:
        if isinstance(data, int):
            return f"{phrases.counted(data, 'judgement')} in use"
        scale = self.base.criteria[data["criterion"]].scale.unit if data["criterion"] in self.base.criteria else "points"
        outcomes = tuple((figure, share) for figure, share in data["outcomes"])
        amount = Range(low=data["low"], likely=data["likely"], high=data["high"])
        one = Judgement(
            *(data["option"], data["criterion"], amount, data["grade"], (), data["why"], data["origin"], data["confirmed"]),
            shape=data["shape"],
            outcomes=outcomes,
        )
        return f"{words.judged(one, scale)} ({words.rests_on(one)})"

    def _place(self, data: Mapping[str, Any]) -> str:
        others = [self.option(key) for key in data["with"]]
        return f"{data['place']}, tied with {phrases.listed(others)}" if others else str(data["place"])

    def fact(self, one: FactApart) -> Row:
        """Say an answer that differs, for which options and kinds of school."""
        options = phrases.those([self.option(key) for key in one.options], list(self.labels.values()))
        every = [fact_words.kind_of_school(self.base, *kind) for kind in self.kinds]
        kinds = phrases.those([fact_words.kind_of_school(self.base, *kind) for kind in one.kinds], every)
        about = f"{'every option' if options == 'all' else options}{'' if kinds == 'all' else f'; {kinds}'}"
        return Row(f"{self.base.attributes[one.attribute].question} ({about})", _fact(one.before), _fact(one.after))

    def rule(self, one: RuleApart) -> Row:
        """Say a rule or sum of the country that differs."""
        return Row(self.base.parameters[one.parameter].question, self._standing(one.before), self._standing(one.after))

    def _standing(self, one: Standing | None) -> str:
        if one is None:
            return NOTHING
        unit = self.base.parameters[one.parameter].unit
        said = one.answer or (fact_words.figure(one.amount, unit or "") if one.amount else one.says)
        return said if one.status == "in_force" else f"{said} ({fact_words.STATUS[one.status]})"


def _fact(one: Fact) -> str:
    said = " ".join(f"{step.do} ({step.who})." for step in one.steps) or fact_words.told(one)
    return said if one.status == "in_force" else f"{said} ({fact_words.STATUS[one.status]})"


def _overall(amount: Mapping[str, float] | None, withheld: str | None) -> str:
    """Say an overall value; while the order is withheld only its range, from which no order can be read."""
    if amount is None:
        return ABSENT
    return words.span(Range(**amount)) if withheld is None else f"{whole(amount['low'])} to {whole(amount['high'])}"


def _status(key: str) -> str:
    return screening_words.STATUS.get(key, key)


def membership(key: str) -> str:
    """Say a school's place in an option."""
    return screening_words.MEMBERSHIP.get(key, key)


def _setting(name: str, value: str) -> str:
    if name == "as_of":
        return plain_day(parse_day(value, name))
    if name == "samples":
        return f"{int(value):,}" if int(value) else "none, since nothing is put in order"
    return {"edition": words.EDITION.get(value, value), "knowledge": f"the one with the mark {value[:12]}"}.get(name, value)


def given_value(value: Any) -> str:  # noqa: ANN401 - a value of the case, or an entry with its values
    """Say a value of a case as it stands there."""
    if isinstance(value, dict):
        return _entry(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return (", " if all(map(_is_key, value)) else "; ").join(_plain(one) if _is_key(one) else one for one in value) or "none"
    if isinstance(value, float):
        return f"{whole(value):,}" if value == whole(value) else f"{value:g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _entry(values: Mapping[str, Any]) -> str:
    """Say the values of an entry of a list, without its name, which stands before it."""
    named = next((key for key in NAMED_BY if key in values), "")
    others = {key.removeprefix("values."): one for key, one in values.items() if key != named}
    said = "; ".join(f"{_plain(key)} {given_value(one)}" for key, one in others.items())
    return said or (given_value(values[named]) if named == "says" else "there")


def _is_key(text: str) -> bool:
    return text.replace(" = ", "").isidentifier()


def _plain(key: str) -> str:
    return key.replace("_", " ").replace(".", ", ")
