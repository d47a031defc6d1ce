"""Rules that nothing may contradict: no open move and no eligibility against a rule on a day on which it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.reading import check_knowledge, read_knowledge
from partnership_model.knowledge.relied_on import CODES
from tests.knowledge.small import CATEGORIES, EMPLOYER, MOVES, POLICY, Change, faults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRUST = """\
  trust:
    label: A trust
    in_a_sentence: a trust
    plain: One trust.
    first_day: 2010-07-29
    family: academy
"""
BACK = 20  # the line of the moves out of a trust
TAKES = """\
months: {low: 1, likely: 2, high: 3}, amount: {low: 0, likely: 100, high: 200}, price_year: 2016, \
applies: us, consents: nobody, back: none, lands: somewhere"""
TRUST_MOVES = """\
  - from: trust
    to: [stay, federation]
    values:
      - {{from: 2010-07-29, open: {first}, says: So it is., mark: memory, ask: us, {takes}}}
      - {{from: 2015-01-01, {second}}}
  - from: [stay, federation]
    to: trust
    values: [{{from: 2010-07-29, open: true, says: So it is., mark: memory, ask: us, {takes}}}]
bars:
  - says: No route leads back.
    parameter: {parameter}
    code: {code}
    forbids: {{from_family: academy, options: [{options}]}}
"""
OPEN, CLOSED = f"open: true, says: It is., mark: memory, ask: us, {TAKES}", "open: false, says: It is not., mark: memory, ask: us"
ENDED = "open: true, value: null"
RULE = "      - {from: 2010-09-01, code: no_route, says: No route is known., mark: memory, ask: a solicitor}\n"


def moves(  # noqa: PLR0913 - each has a plain default
    data: Callable[..., Path], first: str = "false", second: str = CLOSED, *, rule: str = RULE,
    parameter: str = "way_back", code: str = "no_route", options: str = "stay, federation",
) -> Path:  # fmt: skip
    """A knowledge base with a trust, out of which one may go before and after 2015, and a rule against it."""
    folder = data((POLICY, RULE, rule), (EMPLOYER, "[stay, federation]", "any"))
    text = TRUST_MOVES.format(first=first, second=second, parameter=parameter, code=code, options=options, takes=TAKES)
    _add(folder / "options.yaml", TRUST)
    _add(folder / MOVES, text)
    _add(folder / "starting_assumptions.csv", "trust,autonomy,0,50,100,D,act,Nobody knows.\n")
    lines = (folder / MOVES).read_text(encoding="utf-8").splitlines()
    assert lines[BACK + 1] == "  - from: trust"
    return folder


def _add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as more:
        more.write(text)


def against(day: str) -> list[str]:
    """What is said of a move that is open against the rule from this day on."""
    return [f"{MOVES}:{BACK + 2}: transitions.2: this move is open on {day}, against a rule in force: No route leads back."]


def rule(*values: str) -> str:
    """A rule with these values, one a line."""
    return "".join(f"      - {{{value}}}\n" for value in values)


HOLDS = "from: {}, code: no_route, says: No route is known., mark: memory, ask: us"
NOT_KNOWN = "from: {}, code: unknown, says: Nobody knows., mark: memory, ask: us"
OVER = "from: {}, value: null"


def test_moves_that_are_closed_while_the_rule_holds_are_in_order(data: Callable[..., Path]) -> None:
    assert len(check_knowledge(moves(data)).moves.bars) == 1


def test_an_open_move_against_a_rule_in_force_is_refused_with_its_line_and_day(data: Callable[..., Path]) -> None:
    assert faults(moves(data, second=OPEN)) == against("2015-01-01")


def test_a_move_that_was_open_before_the_rule_is_refused_from_the_day_of_the_rule(data: Callable[..., Path]) -> None:
    assert faults(moves(data, first="true")) == against("2010-09-01")


def test_a_move_is_named_once_however_long_it_stays_open(data: Callable[..., Path]) -> None:
    assert faults(moves(data, first="true", second=OPEN)) == against("2010-09-01")


@pytest.mark.parametrize(
    ("values", "first", "second"),
    [
        ((HOLDS.format("2015-01-01"),), "true", CLOSED),
        ((HOLDS.format("2010-09-01"), OVER.format("2015-01-01")), "false", OPEN),
        ((HOLDS.format("2010-09-01"), OVER.format("2014-12-31")), "false", OPEN),
        ((HOLDS.format("2010-09-01"), NOT_KNOWN.format("2015-01-01")), "false", OPEN),
        ((NOT_KNOWN.format("2010-09-01"),), "true", OPEN),
        ((HOLDS.format("2015-01-01"),), "true", ENDED),
    ],
    ids=["before the rule", "ended that day", "had ended", "no longer known", "never known", "the move ended"],
)
def test_nothing_is_against_a_rule_on_a_day_on_which_it_does_not_hold(
    values: tuple[str, ...], first: str, second: str, data: Callable[..., Path]
) -> None:
    assert check_knowledge(moves(data, first, second, rule=rule(*values)))


def test_a_rule_that_ended_and_came_back_bars_again_from_that_day(data: Callable[..., Path]) -> None:
    values = rule(HOLDS.format("2010-09-01"), OVER.format("2014-01-01"), HOLDS.format("2020-01-01"))
    assert faults(moves(data, second=OPEN, rule=values)) == against("2020-01-01")


@pytest.mark.parametrize("options", ["trust", "trust, trust"])
def test_a_move_to_somewhere_else_is_not_against_the_rule(options: str, data: Callable[..., Path]) -> None:
    assert check_knowledge(moves(data, "true", OPEN, options=options))


def test_a_move_out_of_another_family_is_not_against_the_rule(data: Callable[..., Path]) -> None:
    """Out of a federation one may go on to staying, which the rule forbids to academies alone."""
    assert check_knowledge(moves(data, options="stay"))


@pytest.mark.parametrize(
    ("parameter", "code", "field", "words"),
    [
        ("way_bck", "no_route", "parameter", '"way_bck" is not a parameter. Did you mean "way_back"?'),
        ("way_back", "noroute", "code", '"noroute" is not an answer to it. Did you mean "no_route"?'),
    ],
)
def test_a_rule_names_a_parameter_and_one_of_its_answers(
    parameter: str, code: str, field: str, words: str, data: Callable[..., Path]
) -> None:
    folder = moves(data, parameter=parameter, code=code)
    line = next(
        number
        for number, text in enumerate((folder / MOVES).read_text(encoding="utf-8").splitlines(), 1)
        if text.startswith(f"    {field}: ")
    )
    assert faults(folder) == [f"{MOVES}:{line}: bars.0.{field}: {words}"]


def test_a_rule_that_forbids_nothing_is_refused(data: Callable[..., Path]) -> None:
    folder = moves(data)
    path = folder / MOVES
    path.write_text(path.read_text(encoding="utf-8").replace("{from_family: academy, options", "{options"), encoding="utf-8")
    (found,) = faults(folder)
    assert found.endswith("bars.0.forbids: name a `from_family` or `categories`; without them nothing is forbidden")


def test_a_rule_forbids_known_options(data: Callable[..., Path]) -> None:
    (found,) = faults(moves(data, options="stay, federaton"))
    assert found.endswith('bars.0.forbids.options.1: "federaton" is not known. Did you mean "federation"?')


# Who may take part

ELIGIBILITY = """\
attribute: eligibility
question: May our school take part?
description: Whether a school of this category may take part.
topic: process
kind: rule
nation: england
codes: {{full: "Yes", conditional: "Yes, if others consent", associate: As an associate}}
checked: {{date: 2026-11-21, against: nothing}}
stale_after: 2027-11-21
cells:
  - options: [stay]
    categories: any
    values: [{{from: 2003-09-01, code: full, says: Yes., mark: memory, ask: us}}]
  - options: [federation]
    categories: [community]
    values: [{{from: 2003-09-01, code: full, says: Yes., mark: memory, ask: us}}]
  - options: [federation]
    categories: [nursery]
    forms: [alone]
    values:
      - {{from: 2003-09-01, code: {first}, says: So it is., mark: memory, ask: us}}
      - {{from: 2015-01-01, code: {second}, says: So it is., mark: memory, ask: us}}
  - options: [federation]
    categories: [nursery]
    forms: [federated]
    values: [{{from: 2003-09-01, code: {federated}, says: So it is., mark: memory, ask: us}}]
"""
NURSERY = 17  # the line of the cell of nurseries
BARS = """\
bars:
  - says: A nursery cannot.
    parameter: way_back
    code: no_route
    forbids: {categories: [nursery], options: [federation]}
"""
CHANGES: tuple[Change, ...] = (
    (CATEGORIES, "academy: {label: academy, sector: academy, plain: An academy.}",
     "nursery: {label: nursery, sector: maintained, plain: A nursery., forms: [alone, federated]}"),
    (CATEGORIES, "  alone: {", "  federated: {label: in a federation, plain: It shares one.}\n  alone: {"),
    (EMPLOYER, "[academy]", "[nursery]"),
)  # fmt: skip


def nursery(data: Callable[..., Path], first: str, second: str, federated: str = "not_open") -> Path:
    """A knowledge base in which nurseries may be let in before and after 2015, and a rule against it from September 2010."""
    folder = data(*CHANGES)
    (folder / "facts" / "eligibility.yaml").write_text(
        ELIGIBILITY.format(first=first, second=second, federated=federated), encoding="utf-8"
    )
    _add(folder / MOVES, BARS)
    return folder


@pytest.mark.parametrize(
    ("first", "second", "day"),
    [
        ("not_open", "full", "2015-01-01"),
        ("not_open", "conditional", "2015-01-01"),
        ("full", "not_open", "2010-09-01"),
        ("conditional", "full", "2010-09-01"),
    ],
)
def test_a_school_that_is_let_in_against_a_rule_in_force_is_refused_with_its_line_and_day(
    first: str, second: str, day: str, data: Callable[..., Path]
) -> None:
    says = f"federation x nursery is open on {day}, against a rule in force: A nursery cannot."
    assert faults(nursery(data, first, second)) == [f"facts/eligibility.yaml:{NURSERY}: cells.2: {says}"]


@pytest.mark.parametrize("second", ["not_open", "associate", "unknown"])
def test_an_associate_and_what_is_not_known_are_not_against_the_rule(second: str, data: Callable[..., Path]) -> None:
    assert check_knowledge(nursery(data, "not_open", second))


def test_a_rule_that_is_not_yet_in_force_lets_a_school_in(data: Callable[..., Path]) -> None:
    folder = nursery(data, "full", "not_open")
    path = folder / POLICY
    path.write_text(path.read_text(encoding="utf-8").replace("from: 2010-09-01", "from: 2015-01-01"), encoding="utf-8")
    assert check_knowledge(folder)


def barred(folder: Path, name: str) -> Path:
    """Name other categories in the rule against nurseries."""
    path = folder / MOVES
    path.write_text(path.read_text(encoding="utf-8").replace("categories: [nursery]", f"categories: [{name}]"), encoding="utf-8")
    return folder


def test_a_rule_against_a_group_of_categories_is_one_against_each_of_them(data: Callable[..., Path]) -> None:
    folder = barred(nursery(data, "not_open", "full"), "young")
    path = folder / CATEGORIES
    path.write_text(path.read_text(encoding="utf-8") + "groups: {young: [nursery]}\n", encoding="utf-8")
    says = "federation x nursery is open on 2015-01-01, against a rule in force: A nursery cannot."
    assert faults(folder) == [f"facts/eligibility.yaml:{NURSERY}: cells.2: {says}"]


def test_a_category_that_a_rule_names_is_known(data: Callable[..., Path]) -> None:
    (found,) = faults(barred(nursery(data, "not_open", "full"), "nursry"))
    assert found.endswith('bars.0.forbids.categories.0: "nursry" is not known. Did you mean "nursery"?')


def test_a_rule_holds_whatever_a_school_is_today(data: Callable[..., Path]) -> None:
    found = faults(nursery(data, "not_open", "not_open", "full"))
    says = "federation x nursery (federated) is open on 2010-09-01, against a rule in force: A nursery cannot."
    assert found == [f"facts/eligibility.yaml:{NURSERY + 6}: cells.3: {says}"]


def test_every_school_that_is_let_in_is_named(data: Callable[..., Path]) -> None:
    assert len(faults(nursery(data, "full", "full", "full"))) == 2


# The answers on which the model relies by name


def renamed(data: Callable[..., Path], old: str, new: str) -> list[str]:
    """The faults where one answer on eligibility has another name in its whole file."""
    folder = nursery(data, "not_open", "associate")
    path = folder / "facts" / "eligibility.yaml"
    text = path.read_text(encoding="utf-8").replace(f"{old}: ", f"{new}: ").replace(f"code: {old}", f"code: {new}")
    path.write_text(text, encoding="utf-8")
    return faults(folder)


@pytest.mark.parametrize(("old", "new"), [("full", "fully"), ("conditional", "consented"), ("associate", "partner")])
def test_an_answer_that_the_model_knows_by_name_cannot_be_renamed(old: str, new: str, data: Callable[..., Path]) -> None:
    gone, strange = sorted(renamed(data, old, new), key=lambda one: "does not know" in one)
    place = "facts/eligibility.yaml:7: codes"
    assert gone == f'{place}: the model relies on the code "{old}", which this file does not have; see relied_on.py'
    assert strange.startswith(f'{place}.{new}: the model does not know the code "{new}". ')


@pytest.mark.parametrize("name", CODES)
def test_each_answer_that_the_model_relies_on_is_one_of_the_knowledge_base(name: str) -> None:
    assert set(CODES[name]) <= set(read_knowledge().attributes[name].codes)


@pytest.mark.parametrize("name", [name for name in CODES if name != "eligibility"])
def test_a_file_without_an_answer_that_the_model_relies_on_is_refused(name: str, data: Callable[..., Path]) -> None:
    folder = another(data, name, "other: Another, " + ", ".join(f"{code}: Yes" for code in CODES[name][1:]))
    says = f'the model relies on the code "{CODES[name][0]}", which this file does not have; see relied_on.py'
    assert faults(folder) == [f"facts/{name}.yaml:7: codes: {says}"]


def another(data: Callable[..., Path], name: str, codes: str) -> Path:
    """A knowledge base with one more question, to which the answer is `other` everywhere."""
    folder = data()
    (folder / "facts" / f"{name}.yaml").write_text(
        f"attribute: {name}\nquestion: What?\ndescription: What.\ntopic: exit\nkind: rule\nnation: england\ncodes: {{{codes}}}\n"
        "checked: {date: 2026-11-21, against: nothing}\nstale_after: 2027-11-21\ncells:\n  - options: any\n    categories: any\n"
        "    values: [{from: 2003-09-01, code: other, says: So it is., mark: memory, ask: us}]\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize(("name", "part"), [("leave_decider", "decider"), ("landing_place", "landing")])
@pytest.mark.parametrize(
    ("points", "says"),
    [
        ("other: {}, unknown: {}", []),
        ("unknown: {}", ['the answer "other" to {name} has no points; give it low, likely and high']),
        ("other: {}", ['the answer "unknown" to {name} has no points; give it low, likely and high']),
        ("other: {}, unknown: {}, othr: {}", ['"othr" is not an answer to {name}. Did you mean "other"?']),
    ],
)
def test_each_answer_on_the_way_out_has_points_and_nothing_else_has(
    name: str, part: str, points: str, says: list[str], data: Callable[..., Path]
) -> None:
    folder = another(data, name, "other: Another")
    path = folder / "criteria.yaml"
    ranges = points.replace("{}", "{low: 0, likely: 50, high: 100}")
    path.write_text(path.read_text(encoding="utf-8").replace(f"{part}: {{}}", f"{part}: {{{ranges}}}"), encoding="utf-8")
    if not says:
        assert name in check_knowledge(folder).attributes
        return
    (found,) = faults(folder)
    assert found.startswith("criteria.yaml:25: derive.exit.")
    assert found.endswith(says[0].format(name=name))
