"""Saving what was chosen as a case: the same follows from the file, whoever reads it, and another file is refused."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.sampling import BLOCK
from partnership_model.display.exploration import Exploration, after, begin
from partnership_model.display.saving import moves_of, save, saved_by
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.case_archive import pack
from partnership_model.knowledge.case_files import texts_of
from partnership_model.knowledge.cases import Case, case_of, read_case
from partnership_model.knowledge.editions import left_out, public_edition
from partnership_model.knowledge.shipped import shipped
from partnership_model.model.problem import build_problem
from tests.consulting import EXAMPLE
from tests.display.exploring import JUDGE, START, moved
from tests.display.test_notebook import BASE, DAY, EMBER
from tests.making import pure

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 11, 22)
WHO = saved_by("Governors of Infant A", "7", TODAY)
CRITERIA = START.case.file.criteria
GROUPS = EMBER.texts["case.yaml"] + "\nplausible_weights: {set: groups, spread: 5}   # ours\nmoney: {cost_in_score: false}\n"
LOOKS = tuple(
    {"do": "look", "option": one.option, "criterion": one.criterion}
    for one in appraise(moved({"do": "weights", "of": "case"}).problem, BLOCK).problem.unconfirmed
)


@cache
def case(name: str) -> Case:
    """Give a case by its name; `groups` is Ember with cost outside the score and the groups' weights as the plausible ones."""
    if name == "groups":
        return case_of({**EMBER.texts, "case.yaml": GROUPS}, "groups", BASE)
    return read_case(shipped("data", "cases", name), BASE)


def start(name: str) -> Exploration:
    one = case(name)
    return begin(one, BASE.on(one.as_of(DAY.replace(year=2026))))


def log_of(start: Exploration, moves: list[dict[str, Any]]) -> tuple[Exploration, list[dict[str, Any]]]:
    """Make the moves that can be made."""
    kept = []
    for move in moves:
        state = after(start, move)
        if not state.problems:
            start = state
            kept.append(move)
    return start, kept


def saved_case(state: Exploration, log: list[dict[str, Any]], who: Any = WHO) -> Case:  # noqa: ANN401 - who saved
    texts, faults = texts_of(save(state, log, [], who).data, "x")
    assert faults == []
    return case_of(texts, "x", BASE)


def follows(appraisal: Appraisal) -> dict[str, Any]:
    """Give what readers see of an appraisal."""
    overall, drawn = appraisal.overall or {}, appraisal.robustness
    return {
        "withheld": appraisal.withheld,
        "open": appraisal.values.options,
        "overall": {key: pytest.approx(vars(one), abs=1e-9) for key, one in overall.items()},
        "ranking": appraisal.ranking,
        "shares": {key: pytest.approx(drawn.first_place_share(key), abs=1e-9) for key in drawn.options} if drawn else None,
        "set": appraisal.problem.set_in_use,
        "confirmed": {cell for cell, one in appraisal.problem.judgements.items() if one.confirmed},
        "to_confirm": [(one.option, one.criterion) for one in appraisal.to_confirm],
    }


def figures(appraisal: Appraisal) -> dict[str, Any]:
    found = follows(appraisal)
    drawn = appraisal.robustness
    return found | {
        "overall": {key: vars(one) for key, one in (appraisal.overall or {}).items()},
        "shares": {key: drawn.first_place_share(key) for key in drawn.options} if drawn else None,
    }


criteria = st.sampled_from(CRITERIA)
some = st.one_of(
    st.builds(lambda name, value: {"do": "swing", "criterion": name, "value": str(value)}, criteria, st.integers(0, 100)),
    st.builds(lambda name, value: {"do": "points", "criterion": name, "value": str(value)}, criteria, st.integers(0, 60)),
    st.builds(
        lambda name, where: {"do": "place", "criterion": name, "where": where}, criteria, st.sampled_from(["next", "up", "level", "out"])
    ),
    st.builds(
        lambda one, other, value: {"do": "pair", "one": one, "other": other, "value": value}, criteria, criteria, st.sampled_from("1379")
    ),
    st.builds(lambda value: {"do": "way", "value": value}, st.sampled_from(["swing", "points", "order", "pairs"])),
    st.builds(lambda value: {"do": "weigh", "value": value}, st.sampled_from(["use", "again", "done", "first", "second", "mean", "drop"])),
    st.builds(lambda value: {"do": "rule", "value": value}, st.sampled_from(["centroid", "rank_sum"])),
    st.builds(
        lambda gate, on: {"do": "gate", "gate": gate, "on": on}, st.sampled_from([one.id for one in BASE.non_negotiables]), st.booleans()
    ),
    st.builds(lambda value: {"do": "ways", "value": value}, st.sampled_from(["order", "near", "any", "groups"])),
    st.builds(
        lambda option, name, low, likely, high, note: (
            JUDGE | {"option": option, "criterion": name, "low": low, "likely": likely, "high": high, "note": note}
        ),
        *(st.sampled_from(["stay", "collaboration", "new_mat"]), criteria, st.sampled_from(["0", "10.5"]), st.just("20")),
        *(st.sampled_from(["30", "71.25"]), st.sampled_from(["We counted.", "=1+1", 'a\r\nb,"c"\x00\x1b', "-", "\u2028x"])),
    ),
    st.sampled_from(LOOKS),
    st.sampled_from([{"do": "weights", "of": "rest"}, {"do": "weights", "of": "case"}, {"do": "weights", "of": "nobody"}]),
)
ORDERED = [{"do": "way", "value": "order"}, *({"do": "place", "criterion": name, "where": "next"} for name in CRITERIA)]
PAIRED = [
    {"do": "way", "value": "pairs"},
    *({"do": "pair", "one": CRITERIA[0], "other": other, "value": "3"} for other in CRITERIA[1:]),
]
TWICE = [{"do": "weights", "of": "case"}, {"do": "weigh", "value": "again"}, *ORDERED, {"do": "weigh", "value": "done"}]
begins = st.sampled_from([[], [{"do": "weights", "of": "case"}], ORDERED, PAIRED, TWICE])


@pure(60)
@given(
    st.sampled_from(["ember-2016", "groups", "typical-2026"]),
    begins,
    st.lists(some, max_size=12),
    st.booleans(),
)
def test_from_what_was_saved_the_same_follows(name: str, first: list[Any], moves: list[Any], seen: bool) -> None:  # noqa: FBT001 - drawn
    state, log = log_of(start(name), [*first, *(LOOKS if seen else ()), *moves])
    found = build_problem(saved_case(state, log), state.knowledge)
    assert figures(appraise(found, BLOCK)) == follows(appraise(state.problem, BLOCK))


@pure(15)
@given(begins, st.lists(some, max_size=8))
def test_the_moves_that_were_saved_lead_to_the_same_state(first: list[Any], moves: list[Any]) -> None:
    state, log = log_of(START, [*first, *moves])
    who, again = moves_of(save(state, log, [], WHO).data, START)
    assert who == WHO
    assert log_of(START, again) == (state if not state.problems else log_of(START, log)[0], log)


@pytest.mark.parametrize(
    ("moves", "method"),
    [(ORDERED, "ranking"), (PAIRED, "pairs"), ([{"do": "swing", "criterion": name, "value": "50"} for name in CRITERIA], "swing")],
)
def test_weights_are_saved_as_they_were_said(moves: list[Any], method: str) -> None:
    entry = saved_case(moved(*moves), moves).file.weights_in_use
    assert (entry.group, entry.method) == ("Governors of Infant A", method)
    assert (entry.elicited.on, entry.elicited.how, entry.elicited.people) == (TODAY, "on the dashboard", 7)


def test_two_weighings_are_saved_as_two() -> None:
    entry = saved_case(moved(*TWICE), TWICE).file.weights_in_use
    assert (entry.method, entry.again.method, entry.use) == ("swing", "ranking", "mean")


def test_the_weights_of_the_stakeholder_groups_stay_and_no_other_name_is_given_to_them() -> None:
    moves = [{"do": "weights", "of": "case"}]
    kept = saved_case(moved(*moves), moves)
    assert kept.texts["case.yaml"] == EMBER.texts["case.yaml"]
    assert saved_case(START, []).file.weights_in_use == "nobody"
    assert saved_case(START, []).file.weights == EMBER.file.weights


def test_who_has_the_name_of_a_group_of_the_case_is_told_apart_from_it() -> None:
    entry = saved_case(moved(*ORDERED), ORDERED, saved_by("Staff", "3", TODAY)).file.weights_in_use
    assert entry.group == "Staff (on the dashboard)"


def test_a_case_that_was_saved_goes_on_where_it_was_left() -> None:
    state = moved(*ORDERED, {"do": "gate", "gate": "way_out", "on": True}, JUDGE)
    again = begin(saved_case(state, []), state.knowledge)
    assert figures(appraise(again.problem, BLOCK)) == follows(appraise(state.problem, BLOCK))
    assert again.gates == ("way_out",)


HOSTILE = (
    *("=HYPERLINK(1)", "a\nb: c", "- x", "{a: b}", "'", '"', "a # b", "no", "0123", "!!python/object", "*x", "&x", "\u202e\u2028 x"),
    *("../../etc/passwd", "C:\\x", "\x00\x1b[31m x", "<script>alert(1)</script>", "\u00e9\U0001f600", "con", "."),
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_does_no_harm_in_any_file_nor_in_the_name_of_the_file(name: str) -> None:
    who = saved_by(name, "1", TODAY)
    look = {"do": "look", "option": "federation", "criterion": "staff"}
    judge = JUDGE | {"note": name}
    state = moved(*ORDERED, judge, {"do": "look", "option": "umbrella_trust", "criterion": "staff"})
    file = save(state, [judge, look], [name, ""], who)
    assert set(file.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert file.name.startswith("ember-2016-")
    assert file.name.endswith("-2026-11-22.zip")
    texts, _ = texts_of(file.data, "x")
    kept = case_of(texts, "x", BASE)
    assert kept.file.weights_in_use.group == who.by
    assert len(json.loads(texts["changes.json"])["changes"]) == 1
    notes = {(one.option, one.criterion): one.note for one in kept.judgements}
    assert notes["stay", "staff"].lstrip("'") == who.by.lstrip("'")
    assert not notes["stay", "staff"].startswith(("=", "-", "+", "@"))
    assert who.by in notes["umbrella_trust", "staff"]


@pytest.mark.parametrize(
    ("by", "people", "says"),
    [
        ("", "3", "Say who you are, in at most 100 letters, such as Governors of Infant A."),
        (" \n\x00", "3", "Say who you are"),
        ("x" * 101, "3", "Say who you are"),
        ("x" * 10_000, "3", "Say who you are"),
        ("A", "", "Say how many people took part: a whole number from 1 to 100,000."),
        ("A", "0", "Say how many people took part"),
        ("A", "-1", "Say how many people took part"),
        ("A", "1.5", "Say how many people took part"),
        ("A", "\u0663", "Say how many people took part"),
        ("A", "9" * 5000, "Say how many people took part"),
    ],
)
def test_who_saves_and_how_many_took_part_is_asked_for_until_it_is_right(by: str, people: str, says: str) -> None:
    with pytest.raises(PartnershipError, match=says):
        saved_by(by, people, TODAY)


FILE = save(moved(*ORDERED), ORDERED, ["x"], WHO).data


def changed(**files: Any) -> bytes:  # noqa: ANN401 - a text, or None to leave the file out
    texts = {**texts_of(FILE, "x")[0], **{name.replace("_", "."): text for name, text in files.items()}}
    return pack("x", {name: text for name, text in texts.items() if text is not None})


def changes_with(**changes: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(json.loads(texts_of(FILE, "x")[0]["changes.json"]) | changes)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "This file cannot be opened. The file: a case is a folder with case.yaml, or a zip file"),
        (FILE[:-40], "This file cannot be opened. The file: the file is damaged"),
        (b"x" * (2**20 + 1), "The file is too large: at most 1,024 kilobytes are read."),
        (changed(changes_json=None), "This is a case, but not one that the dashboard saved. To see it, run: partnership explore FILE"),
        (changed(case_yaml=texts_of(FILE, "x")[0]["case.yaml"] + "# ours\n"), "Somebody changed this case by hand after it was saved"),
        (changed(judgements_csv=None), "Somebody changed this case by hand"),
        (changed(changes_json="{"), "This file cannot be opened. changes.json: this is not what the dashboard writes"),
        (changed(changes_json="[" * 100_000), "This file cannot be opened. changes.json: this is not what the dashboard writes"),
        (changed(changes_json=changes_with(format=2)), "a newer version of the workbook may read it"),
        (changed(changes_json=changes_with(moves=["go"])), "changes.json: moves.0: this is not what"),
        (changed(changes_json=changes_with(moves=[{}] * 5001)), "changes.json: moves: this is not what"),
        (changed(changes_json=changes_with(more=1)), "changes.json: more: this is not what"),
        (changed(changes_json=changes_with(case={"name": "b", "sha256": "0" * 64})), "was saved from another case, b, or from an earlier"),
        (changed(case_yaml="title: x\n"), "This file cannot be opened. case.yaml:1: "),
    ],
)
def test_a_file_that_is_not_of_this_case_is_refused_with_words_that_say_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(PartnershipError) as caught:
        moves_of(data, START)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_case_that_is_open_can_be_opened_from_its_own_file() -> None:
    again = begin(saved_case(moved(*ORDERED), ORDERED), START.knowledge)
    assert moves_of(FILE, START)[1] == ORDERED
    assert moves_of(save(moved(*ORDERED), ORDERED, [], WHO).data, again) == (WHO, [])


def test_the_same_is_saved_as_the_same_file() -> None:
    assert save(moved(*ORDERED), ORDERED, ["x"], WHO).data == FILE


@pytest.mark.parametrize(("people", "left"), [("4", True), ("5", False)])
def test_a_public_edition_holds_no_file_as_it_was_read_nor_the_weights_of_so_few_that_each_could_be_guessed(
    people: str, *, left: bool
) -> None:
    kept = saved_case(moved(*ORDERED), ORDERED, saved_by("Governors of Infant A", people, TODAY))
    public = public_edition(kept)
    assert (dict(public.texts), public.changes) == ({}, None)
    assert (public.file.weights_in_use == "nobody") is left
    assert ("the weights of Governors of Infant A" in left_out(kept)) is left


# What people told us


def test_the_record_of_a_consultation_is_saved_with_its_case_and_counts_again(tmp_path: Path) -> None:
    one = read_case(EXAMPLE, BASE)
    state, log = log_of(begin(one, BASE.on(DAY.replace(year=2026))), [{"do": "weights", "of": "case"}])
    again = saved_case(state, log)
    assert again.consulted == one.consulted is not None
    assert [group.group for group in again.file.weights] == [group.group for group in one.file.weights]
    data = save(state, log, [], WHO).data
    assert moves_of(data, state) == (WHO, log)
    without = shutil.copytree(EXAMPLE, tmp_path / "elm-hill")
    (without / "consultation.json").unlink()
    text = (without / "case.yaml").read_text(encoding="utf-8")
    (without / "case.yaml").write_text(text[: text.index("  themes:")], encoding="utf-8")
    other = read_case(without, BASE)
    with pytest.raises(PartnershipError, match="saved from another case"):
        moves_of(data, begin(other, BASE.on(DAY.replace(year=2026))))
