"""The take-away file in a real browser without a network: the workbook's numbers and words, any way of using it, and nothing sent."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.judgement_draws import Spread, Spreads
from partnership_model.analysis.overall import whole
from partnership_model.analysis.weight_draws import draw_weights
from partnership_model.display import how_sure_findings, pages, screening_words, sections, tables, words
from partnership_model.display.exploration import Exploration, after, begin
from partnership_model.display.fact_pages import facts_view
from partnership_model.display.state_text import read
from partnership_model.display.takeaway import takeaway_page
from partnership_model.knowledge.cases import Case, CaseJudgement, Money, read_case
from partnership_model.knowledge.editions import case_key, public_edition
from partnership_model.knowledge.schema import Range
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.weight_sets import WeightSet
from partnership_model.model.plausible_weights import OrderedWeights
from tests.browser.test_accessibility import broken_rules
from tests.display.test_notebook import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

TODAY = dt.date(2026, 11, 22)
NAMES = ("ember-2016", "dovestone-2017", "dovestone-2019", "typical-2026")
ODD = "an odd case"
STEPS = ("why", "facts", "must_haves", "research", "what_matters", "what_follows", "how_sure", "doors", "next")
COUNTED = "body:not([data-counting])"
WEIGHTINGS = 20  # of each case, once as it is and once with every judgement looked at: 200 in all

# Everything that the page says of some weightings, without drawing it; `looked` takes every judgement as looked at.
SAY = """([list, looked]) => {
  const { engine, words, page } = takeaway, kept = engine.newKept();
  const model = structuredClone(page.model);
  if (looked) model.options.forEach(one => one.confirmed?.fill(true));
  return list.map(chosen => {
    const found = engine.follows(model, chosen), counting = engine.counting(found, kept);
    let step;
    do step = counting.next(); while (!step.done);
    const counted = step.value, order = words.shownOrder(found), weighed = found.overall !== null;
    return {
      withheld: found.withheld, headline: words.headline(found, counted),
      mostOften: counted ? words.mostOften(found, counted) : "", explanation: words.explanation(found),
      unconfirmed: words.unconfirmed(found), left: words.leftOver(found), dominated: words.dominated(found),
      statuses: model.options.map((one, at) => [one.label, words.statusOf(found, at), words.because(found, at)]),
      overall: weighed ? order.map(row => [found.options[row].label, words.overall(found, row)]) : [],
      points: weighed ? order.map(row => found.contributions[row].map(engine.whole)) : [],
      pointsTitle: weighed ? words.contributionTitle(found) : "",
      confirm: found.toConfirm.map(([row, column]) => [found.options[row].key, model.criteria[column].key]),
      switching: found.switching.flatMap(one => words.switchingOf(found, one).map(([, text]) => text)),
      switchingTitle: found.switching.length ? words.switchingTitle(found) : "", nearest: words.nearestSwitches(found, 3),
      acceptability: counted?.acceptability ?? [], places: counted ? order.map(row => counted.acceptability[row].map(words.placeCell)) : [],
      level: counted ? counted.cannotSeparate.map(pair => pair.map(row => found.options[row].key)) : [],
    };
  });
}"""

# What the page finds of the facts, as one school and role.
LOOK = """([school, keys, every, role]) => {
  const facts = takeaway.page.facts();
  Object.assign(facts.state, { school, compared: new Set(keys), all: every, role });
  facts.draw();
  return { finding: document.getElementById("finding-facts").innerText, rows: document.querySelectorAll("#compared tbody tr").length,
    roles: [...document.querySelectorAll("#for-role > p:not(.missing)")].map(one => one.innerText) };
}"""


def case_of(name: str) -> Case:
    """Read a case that ships; or change one, so that figures spread in other ways, any weights count and cost stands outside the score."""
    if name != ODD:
        return read_case(shipped("data", "cases", name), BASE)
    ember = case_of("ember-2016")
    outcomes = ((0.0, 0.3), (30.0, 0.3), (90.0, 0.4))
    odd = (
        CaseJudgement("federation", "staff", Range(low=10, likely=35, high=60), "D", "Nobody can say more.", "even"),
        CaseJudgement("new_mat", "resilience", Range(low=0, likely=45, high=90), "D", "A grant comes or not.", "outcomes", outcomes),
        CaseJudgement("stay", "community_voice", Range(low=40, likely=40, high=40), "B", "It is known."),
        CaseJudgement("umbrella_trust", "community_voice", Range(low=5, likely=5, high=70), "C", "Most often the least."),
    )
    changed = {
        "criteria": ("staff", "resilience", "community_voice", "reversibility"),
        "weights": (),
        "money": Money(cost_in_score=False),
        "plausible_weights": WeightSet(named="any"),
    }
    return replace(ember, name=ODD, file=ember.file.model_copy(update=changed), judgements=odd)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the take-away files of the cases that ship."""
    folder = tmp_path_factory.mktemp("takeaway")
    for name in (*NAMES, ODD):
        case = case_of(name)
        (folder / f"{name}.html").write_text(takeaway_page(case, BASE.on(case.as_of(TODAY)), TODAY), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in (*NAMES, ODD)}


@pytest.fixture
def opened(browser: Browser, files: dict[str, Path]) -> Iterator[Any]:
    """Give a function that opens a file without a network; the test fails if anything at all is asked for, or breaks."""
    contexts, asked, broken = [], [], []

    def opening(name: str = "ember-2016", width: int = 1280, **more: Any) -> Page:  # noqa: ANN401 - settings of a context
        context = browser.new_context(offline=True, viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda one: asked.append(one.url))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
        page.goto(files[name].as_uri())
        assert asked.pop() == files[name].as_uri()
        return page

    yield opening
    for context in contexts:
        context.close()
    assert asked == []
    assert broken == []


def begun(name: str) -> Exploration:
    """Begin a visit to the workbook with the public items of a case."""
    case = public_edition(case_of(name))
    return begin(case, BASE.on(case.as_of(TODAY)))


def choices(state: Exploration, seed: int) -> list[dict[str, Any]]:
    """Make up weightings and must-haves: even and uneven figures, ties, noughts, and now and then a lift without a weight."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    gates = [[gate.id for gate in state.offered_gates if rng.random() < often] for often in (0, 0, 0.15, 0.3, 0.5)]
    found = []
    for _ in range(WEIGHTINGS):
        kind = rng.choice([lambda: rng.randint(0, 100), lambda: rng.choice([0, 20, 50, 100]), lambda: rng.randint(0, 10_000) / 100])
        swings = {name: kind() for name in state.case.file.criteria}
        if rng.random() < 0.05:
            swings.popitem()
        found.append({"swings": swings, "gates": rng.choice(gates)})
    return sorted(found, key=lambda one: one["gates"])  # values are drawn again for each set of open options


def said_by_python(state: Exploration, chosen: dict[str, Any]) -> dict[str, Any]:
    """Say of one weighting what the workbook says."""
    swings = {name: float(value) for name, value in chosen["swings"].items()}
    state = replace(state, swings=swings, gates=tuple(chosen["gates"]))
    found = appraise(state.problem)
    weighed = found.overall is not None
    shown = tables.shown_order(found) if weighed else []
    return {
        "withheld": found.withheld,
        "headline": words.headline(found),
        "mostOften": how_sure_findings.most_often(found) if found.robustness else "",
        "explanation": pages.explanation(state, found),
        "unconfirmed": words.unconfirmed(found.problem),
        "left": screening_words.left_over(found.problem),
        "dominated": words.dominated(found),
        "statuses": tables.status_table(found.problem).to_numpy().tolist(),
        "overall": [[words.label_of(found.problem, key), words.overall(found, key)] for key in shown],
        "points": _points(found) if weighed else [],
        "pointsTitle": sections.contribution_title(found) if weighed else "",
        "confirm": [[one.option, one.criterion] for one in found.to_confirm],
        "switching": words.switching(found),
        "switchingTitle": sections.switching_title(found) if found.switching else "",
        "nearest": sections.nearest_switches(found, 3),
        "acceptability": found.robustness.acceptability.tolist() if found.robustness else [],
        "places": [[str(cell) for cell in row[1:]] for row in tables.place_table(found).to_numpy().tolist()],
        "level": [list(pair) for pair in found.cannot_separate],
    }


def _points(found: Appraisal) -> list[list[int]]:
    return [[whole((found.contributions or {})[key][name]) for name in found.problem.criteria] for key in tables.shown_order(found)]


@pytest.mark.parametrize("name", [*NAMES, ODD])
def test_every_number_and_sentence_is_the_workbooks_whatever_is_chosen(name: str, opened: Any) -> None:  # noqa: ANN401
    """The shares are the same to the last bit, since the same draws are made."""
    page, state = opened(name), begun(name)
    looked = replace(state, judgements={cell: replace(one, confirmed=True) for cell, one in state.problem.judgements.items()})
    ranked = 0
    for at, (start, confirmed) in enumerate(((state, False), (looked, True))):
        chosen = choices(state, at)
        for one, said in zip(chosen, page.evaluate(SAY, [chosen, confirmed]), strict=True):
            assert said == said_by_python(start, one), one
            ranked += said["withheld"] is None
    assert ranked >= 10


CURVE = ((-31.7, 93.5), (0.0, 85.0), (100.0, 40.0), (250.0, 0.0))
SPREADS = (
    Spread("triangle", (10.0, 30.5, 77.25)),
    Spread("triangle", (10.0, 10.0, 77.25)),
    Spread("triangle", (-31.7, 40.3, 250.0), (), CURVE),
    Spread("even", (5.0, 20.0, 35.0)),
    Spread("even", (-31.7, 40.3, 250.0), (), CURVE),
    Spread("outcomes", (0.0, 30.0, 80.5), (0.2, 0.3, 0.5)),
)


def test_draws_are_the_same_to_the_last_bit(opened: Any) -> None:  # noqa: ANN401
    """Numbers, weights with ties and without, and values of every shape."""
    page = opened()
    for steps in ([[0], [3, 1], [2], [4, 5, 6], [7]], [[1], [2], [0]], [[4]], [[5, 4, 3, 2, 1, 0]]):
        drawn = page.evaluate(f"takeaway.draws.orderedWeights(2016, 3, {steps}, 8).map(row => Array.from(row))")
        plausible = OrderedWeights(tuple(tuple(f"criterion {at}" for at in step) for step in steps))
        assert np.array_equal(np.array(drawn), draw_weights(plausible, [f"criterion {at}" for at in range(8)], 2016, 3))
    values = Spreads(np.zeros((1, len(SPREADS))), {(0, at): one for at, one in enumerate(SPREADS)}).block(2016, 5).drawn
    for at, one in enumerate(SPREADS):
        spread = {"shape": one.shape, "raw": one.raw, "shares": one.shares, "points": one.points or None}
        drawn = page.evaluate(
            "([at, spread]) => Array.from(takeaway.draws.values(takeaway.draws.coarse(2016, 5, at), spread))", [at, spread]
        )
        assert np.array_equal(np.array(drawn), values[0, at].astype(np.float64)), one


# What a reader does


def weighed(page: Page) -> None:
    """Start from the weights of the case, and wait until the ways of weighing are counted."""
    page.click("nav a[href='#what_matters']")
    page.click("#start-case")
    page.wait_for_selector(COUNTED)


def test_a_slider_moves_the_result_at_once_and_the_page_answers_meanwhile(opened: Any) -> None:  # noqa: ANN401
    page = opened()
    weighed(page)
    page.click("nav a[href='#what_follows']")
    before = page.inner_text("#points")
    slider = page.locator("#what_follows .swing-range[data-criterion=cost]")
    slider.focus()
    page.keyboard.press("End")
    assert page.inner_text("#points") != before
    assert page.input_value("#what_matters .swing-number[data-criterion=cost]") == "100"
    page.wait_for_selector(COUNTED)
    state = after(after(begun("ember-2016"), {"do": "weights", "of": "case"}), {"do": "swing", "criterion": "cost", "value": "100"})
    assert page.inner_text("#finding-what_follows") == words.headline(appraise(state.problem))
    assert page.inner_text("#said") == page.inner_text("#finding-what_follows")
    field = page.locator("#what_follows .swing-number[data-criterion=staff]")
    field.fill("200")
    field.press("Tab")
    assert page.is_visible("text=Give a number from 0 to 100; found “200”.")
    assert page.evaluate("takeaway.page.chosen.swings.staff") == state.swings["staff"]
    field.fill("20,5")
    field.press("Tab")
    assert not page.is_visible("text=Give a number from 0 to 100")
    assert page.evaluate("takeaway.page.chosen.swings.staff") == 20.5


def test_bars_are_as_long_as_their_points_in_every_column_and_dots_are_counted(opened: Any) -> None:  # noqa: ANN401
    page = opened()
    weighed(page)
    page.click("nav a[href='#what_follows']")
    bars = page.evaluate("""[...document.querySelectorAll("#points .bar-of")].map(one =>
      [one.getBoundingClientRect().width, Number(one.closest("td").innerText)])""")
    scale = max(width for width, _ in bars) / max(points for _, points in bars)
    assert len(bars) == 56
    assert [(width, points) for width, points in bars if abs(width - scale * points) > 4] == []  # points are shown in whole numbers
    found = appraise(after(begun("ember-2016"), {"do": "weights", "of": "case"}).problem)
    shares = [found.robustness.first_place_share(key) for key in tables.shown_order(found)]
    filled = [row.locator(".dot.filled").count() for row in page.locator("#overall tbody tr").all()]
    assert filled == [whole(share * 10) for share in shares]


def test_by_keyboard_alone_on_a_phone_a_must_have_closes_options_and_says_which(opened: Any) -> None:  # noqa: ANN401
    """From the first step to a must-have and to what follows, without touching anything."""
    page = opened(width=360)
    presses = _tab_to(page, "nav a[href='#must_haves']")
    page.keyboard.press("Enter")
    expect(page.locator("#finding-must_haves")).to_be_focused()
    presses += _tab_to(page, "#gate-way_out")
    page.keyboard.press("Space")
    state = after(begun("ember-2016"), {"do": "gate", "gate": "way_out", "on": True})
    closed = [one.label for one in state.problem.options if not one.ranked]
    assert closed
    assert page.inner_text("#finding-must_haves") == f"{7 - len(closed)} of 7 options are left"
    rows = page.locator("#statuses tbody tr").all_inner_texts()
    assert [label for label in closed if not any(label in row and "Closed by 1 must-have" in row for row in rows)] == []
    assert presses < 25
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _tab_to(page: Page, selector: str) -> int:
    """Press Tab until something has the focus, and count."""
    for press in range(1, 60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return press
    return pytest.fail(f"{selector} cannot be reached by Tab")


def test_options_stand_side_by_side_for_a_school_and_a_question_is_found_by_its_words(opened: Any) -> None:  # noqa: ANN401
    page = opened("typical-2026")
    page.click("nav a[href='#facts']")
    page.select_option("#school", label="Church Primary C")
    page.check("text=Collaborative partnership")
    assert "with a collaborative partnership" in page.inner_text("#finding-facts")
    assert page.locator("#compared thead th").count() == 5
    page.click("text=Council-maintained federation")
    assert page.is_visible("text=3 options at a time can stand beside staying.")
    state = begun("typical-2026")
    school = next(one for one in state.case.file.schools if one.name == "Church Primary C")
    page.fill("#ask", "who employs our head")
    assert page.inner_text("#asked summary >> nth=0") == "Who would employ our head and our staff, and who would pay if a post had to go?"
    fact = state.knowledge.fact("employer", "co_operative_trust", school.category, school.form)
    assert fact.answer in page.inner_text("#asked details >> nth=0")
    page.fill("#ask", "zzzz")
    assert page.is_visible("text=Nothing here answers “zzzz”.")
    page.select_option("#role", "parent")
    assert "questions that concern a parent" in page.inner_text("#for-role")


def test_what_is_found_of_the_facts_is_said_in_the_dashboards_words(opened: Any) -> None:  # noqa: ANN401
    """For every school, with options open and closed to it, of the key questions and of all, and for each role."""
    page, state = opened("typical-2026"), begun("typical-2026")
    page.click("nav a[href='#facts']")
    others = [one.option for one in state.case.options if one.option != "stay"]
    compared = [others[:3], others[3:6], others[5:7], others[6:], []]
    roles = page.eval_on_selector_all("#role option", "every => every.map(one => one.value)")
    for at, school in list(enumerate(state.case.file.schools))[::2]:
        for keys, every in product(compared, (False, True)):
            role = roles[(at + len(keys)) % len(roles)]
            shown = page.evaluate(LOOK, [at, keys, every, role])
            seen = replace(state, school=school.name, compared=tuple(keys), show_all=every, role=role)
            view = facts_view(seen, appraise(seen.problem))
            assert shown["finding"] == view["finding"]
            assert shown["rows"] == view["differing"]
            assert shown["roles"] == [one["finding"] for one in view["for_role"] if not one["closed"]]


def test_the_code_for_the_meeting_holds_the_same_moves(opened: Any) -> None:  # noqa: ANN401
    """The workbook reads it as one of its own, and the moves in it give the same state when they are made again."""
    page = opened()
    weighed(page)
    page.fill("#what_matters .swing-number[data-criterion=staff]", "33")
    page.keyboard.press("Tab")
    page.click("nav a[href='#must_haves']")
    page.check("#gate-way_out")
    page.wait_for_selector(COUNTED)
    page.wait_for_timeout(100)
    for text in (page.input_value("#code"), _stored(page)):
        found = read(text, case_key(case_of("ember-2016")))
        assert found.day == dt.date(2016, 4, 15)
        state = begun("ember-2016")
        for move in found.log:
            state = after(state, move)
            assert state.problems == {}
        chosen = page.evaluate("takeaway.page.chosen")
        assert state.swings == chosen["swings"]
        assert list(state.gates) == chosen["gates"]
        assert len(text) < 500


def _stored(page: Page) -> str:
    """Give the code as a browser writes it that cannot deflate."""
    return page.evaluate("""async () => {
      const kept = window.CompressionStream;
      window.CompressionStream = undefined;
      const before = document.getElementById("code").value, box = document.getElementById("gate-way_out");
      box.click(); box.click();
      while (document.getElementById("code").value === before) await new Promise(done => setTimeout(done, 10));
      window.CompressionStream = kept;
      return document.getElementById("code").value;
    }""")


@pytest.mark.parametrize("width", [1280, 320])
def test_no_step_of_the_file_breaks_a_rule_or_scrolls_sideways(width: int, opened: Any) -> None:  # noqa: ANN401
    page = opened(width=width)
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    weighed(page)
    wrong = {}
    for step in STEPS:
        page.click(f"nav a[href='#{step}']")
        page.evaluate("step => document.querySelectorAll(`#${step} details`).forEach(one => { one.open = true; })", step)
        wrong[step] = broken_rules(page, axe)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong[step].append("scrolls sideways")
    assert {step: found for step, found in wrong.items() if found} == {}


def test_without_scripts_all_of_it_can_be_read(opened: Any) -> None:  # noqa: ANN401
    page = opened(java_script_enabled=False)
    text = page.inner_text("body")
    for said in ("Scripts are switched off here", "Who employs our staff?", "Every judgement in use", "The way out of each option"):
        assert said in text
    assert "Move a weight" not in text


def test_what_is_printed_has_every_step(opened: Any) -> None:  # noqa: ANN401
    page = opened()
    weighed(page)
    page.emulate_media(media="print")
    assert all(page.is_visible(f"#finding-{step}") for step in STEPS)
