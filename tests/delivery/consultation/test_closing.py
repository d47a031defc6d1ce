"""From ballots that the test makes to the weights of `result.json`, which are worked out by hand here."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.consultation import closing
from partnership_model.delivery.consultation.closing import close, counts_of
from partnership_model.delivery.consultation.freezing import ballots_hash
from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.consultation.moderation import comments_of, moderate
from partnership_model.delivery.consultation.store import Store
from partnership_model.delivery.consultation.told_store import keep_meeting, keep_sheet
from partnership_model.display.consultation.told import told_us
from partnership_model.display.notebook import open_appraisal
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.ballots import Ballot
from partnership_model.knowledge.consultation.class_sheets import ClassSheet
from partnership_model.knowledge.consultation.meetings import Meeting
from partnership_model.knowledge.consultation.record_file import read_record, record_text
from partnership_model.knowledge.shipped import shipped
from tests.consulting import CASE, CLOSED, EXAMPLE, NEIGHBOURS, PARENTS, STAFF, Evening, close_example, consulted, evenings
from tests.display.section_reading import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from partnership_model.delivery.consultation.closing import Closed
    from partnership_model.knowledge.base import KnowledgeBase

ORDER = {"community_voice": 1, "school_improvement": 2, "autonomy": 3, "staff": 4, "cost": 5}
NAMED = "Seeded Secret Person"


def typed() -> tuple[Evening, ...]:
    """Ten parents: seven rank all five, three name community voice alone. Ten of staff share out points. Two neighbours."""
    parents = [Ballot(PARENTS, "Infant A", "session", ORDER) for _ in range(7)]
    parents += [Ballot(PARENTS, "Infant A", "session", {"community_voice": 1}, comment=f"The bus, says {NAMED}.") for _ in range(3)]
    staff = [Ballot(STAFF, "Junior B", "paper", points={"staff": 60, "school_improvement": 40}) for _ in range(6)]
    staff += [Ballot(STAFF, "Junior B", "paper", points={"staff": 30, "cost": 70}) for _ in range(4)]
    return Evening("Hall", "session", tuple(parents)), Evening("Staff room", "paper", tuple(staff))


# Rank order centroid of five: (1 + 1/2 + 1/3 + 1/4 + 1/5) / 5 and so on, in points of 100.
CENTROID = (45.6667, 25.6667, 15.6667, 9.0, 4.0)
REST = (100 - 45.6667) / 4  # of each criterion that the three parents left out
BY_HAND = {  # 7 parents of 10 rank all five; rounded to whole points so that they sum to 100, the largest remainders up
    PARENTS: {"school_improvement": 22, "staff": 10, "community_voice": 46, "autonomy": 15, "cost": 7},
    STAFF: {"school_improvement": 24, "staff": 48, "community_voice": 0, "autonomy": 0, "cost": 28},
    "Governors": {"school_improvement": 40, "staff": 20, "community_voice": 10, "autonomy": 20, "cost": 10},
}


def test_the_figures_by_hand_follow_from_the_ballots() -> None:
    mean = {name: 0.7 * CENTROID[place - 1] + 0.3 * (45.6667 if place == 1 else REST) for name, place in ORDER.items()}
    assert mean == pytest.approx(
        {"community_voice": 45.6667, "school_improvement": 22.0417, "autonomy": 15.0417, "staff": 10.375, "cost": 6.875}, abs=0.001
    )
    assert {name: 0.6 * one + 0.4 * other for name, one, other in (("staff", 60, 30), ("school_improvement", 40, 0), ("cost", 0, 70))} == {
        name: BY_HAND[STAFF][name] for name in ("staff", "school_improvement", "cost")
    }


@pytest.mark.parametrize(("who_counts", "voices"), [("group", (1, 1, 1)), ("person", (10, 10, 14))])
def test_ballots_become_the_weights_of_the_result(
    tmp_path: Path, base: KnowledgeBase, who_counts: str, voices: tuple[int, int, int]
) -> None:
    folder = tmp_path / "elm-hill"
    found = close_example(folder, base, typed(), CASE.replace("who_counts: group", f"who_counts: {who_counts}"))
    assert (found.written, found.because, found.kept) == (folder / "consultation.json", "", None)
    result = json.loads(json.dumps(open_appraisal(str(folder), samples=1).result().data))
    expected = {
        name: sum(count * BY_HAND[group][name] for group, count in zip(BY_HAND, voices, strict=True)) / sum(voices) / 100 for name in ORDER
    }
    assert result["weights"] == pytest.approx(expected, abs=1e-6)
    by_group = {one["group"]: one["weighings"][0] for one in result["elicitation"]}
    assert by_group[PARENTS]["people"] == by_group[STAFF]["people"] == 10


def test_no_ballot_and_no_word_that_was_not_approved_is_in_the_case(tmp_path: Path, base: KnowledgeBase) -> None:
    folder, store = opened(tmp_path)
    about = consulted(folder, store, base, typed())
    first, second, third = comments_of(store, about.id)
    moderate(store, about.id, first.id, "rejected", reason="It names somebody.", themes=["getting_there"])
    moderate(store, about.id, second.id, "redacted", shown="The bus.", reason="It names somebody.")
    found = close(store, about, base, CLOSED)
    store.close()
    assert third.state == "waiting"
    text = (folder / "consultation.json").read_text(encoding="utf-8")
    assert NAMED not in text
    assert "names somebody" not in text
    assert [one.says for one in found.record.comments.quotations] == ["The bus."]
    for name in ('"places"', '"answers"', about.id):
        assert name not in text


def opened(tmp_path: Path, text: str = CASE) -> tuple[Path, Store]:
    folder = tmp_path / "elm-hill"
    folder.mkdir()
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return folder, Store(f"sqlite:///{tmp_path}/ballots.db")


@pytest.fixture
def closed(tmp_path: Path, base: KnowledgeBase) -> Iterator[tuple[Path, Store, Closed]]:
    folder, store = opened(tmp_path)
    yield folder, store, close(store, consulted(folder, store, base, typed()), base, CLOSED)
    store.close()


def test_after_closing_no_ballot_is_taken_and_what_led_to_a_ballot_is_gone(closed: tuple[Path, Store, Closed]) -> None:
    folder, store, _ = closed
    about = store.latest(str(folder))
    assert about
    assert (about.closed, about.secret) == (CLOSED, None)
    session = store.sessions(about.id)[0]
    with pytest.raises(ClosedError, match="closed"):
        store.cast(session.id, "late", Ballot(STAFF, "", "session", {"cost": 1}))


def test_closing_again_gives_the_same_record_and_touches_nothing(closed: tuple[Path, Store, Closed], base: KnowledgeBase) -> None:
    folder, store, first = closed
    about = store.latest(str(folder))
    assert about
    second = close(store, about, base, dt.date(2030, 1, 1))
    assert (second.text, second.sha256) == (first.text, first.sha256)
    assert second.written == folder / "consultation.json"


def test_a_text_that_differs_is_never_written_over_neither_in_the_case_nor_beside_the_store(
    closed: tuple[Path, Store, Closed], base: KnowledgeBase, tmp_path: Path
) -> None:
    folder, store, first = closed
    about = store.latest(str(folder))
    (folder / "consultation.json").write_text("Mine, since the case was read.", encoding="utf-8")
    second = close(store, about, base, CLOSED)
    assert second.written is None
    assert "nothing is written over it" in second.because
    assert (folder / "consultation.json").read_text(encoding="utf-8") == "Mine, since the case was read."
    assert second.kept.parent == tmp_path / "records"
    second.kept.write_text("Mine too.", encoding="utf-8")
    third, fourth = (close(store, about, base, CLOSED) for _ in range(2))
    assert second.kept.read_text(encoding="utf-8") == "Mine too."
    assert third.kept == fourth.kept == second.kept.with_name(f"{second.kept.stem}-{first.sha256[:12]}.json")
    assert third.kept.read_text(encoding="utf-8") == first.text
    third.kept.write_text("And mine.", encoding="utf-8")
    assert close(store, about, base, CLOSED).kept is None


def test_before_and_after_closing_it_is_said_that_the_weights_of_the_case_count(tmp_path: Path, base: KnowledgeBase) -> None:
    folder, store = opened(tmp_path, CASE.replace("- group: Governors", f"- group: {STAFF}"))
    about = consulted(folder, store, base, typed())
    assert counts_of(about, base)[0].startswith(f"For {STAFF} the ranking uses what the case itself says (")
    after = close(store, about, base, CLOSED).counts
    assert after[0].startswith(f"For {STAFF} the ranking uses what the case itself says (")
    assert after[0].endswith(" answers of the consultation.")
    (folder / "case.yaml").write_text("not: [a case", encoding="utf-8")
    assert counts_of(about, base) == []
    store.close()


def test_two_windows_that_close_it_at_once_close_it_once(tmp_path: Path, base: KnowledgeBase) -> None:
    folder, store = opened(tmp_path)
    about = consulted(folder, store, base, typed())
    first, second = (close(store, about, base, day) for day in (CLOSED, dt.date(2030, 1, 1)))
    assert (first.text, first.record.closed) == (second.text, CLOSED)
    assert [act for _, act, _ in store.acts(about.id)].count("consultation closed") == 1
    store.close()


def test_nothing_that_the_facilitator_does_after_closing_changes_the_record_or_its_hash(
    closed: tuple[Path, Store, Closed], base: KnowledgeBase
) -> None:
    folder, store, first = closed
    about = store.latest(str(folder))
    assert about
    waiting = comments_of(store, about.id)[0]
    with pytest.raises(ClosedError, match="closed"):
        moderate(store, about.id, waiting.id, "approved")
    store.reveal(about.id, revealed=True)  # at a meeting, say
    about = store.consultation(about.id)
    assert about.revealed
    assert close(store, about, base, CLOSED).sha256 == first.sha256


def test_whoever_has_the_store_can_check_the_record_and_a_changed_ballot_is_seen(closed: tuple[Path, Store, Closed]) -> None:
    folder, store, first = closed
    about = store.latest(str(folder))
    assert about
    assert ballots_hash(about.id, store.ballots(about.id)) == first.record.ballots_sha256
    with store.engine.begin() as connection:
        connection.exec_driver_sql("update ballot set answers = replace(answers, '60', '61') where answers like '%60%'")
    assert ballots_hash(about.id, store.ballots(about.id)) != first.record.ballots_sha256


def test_the_record_says_when_what_was_shown_and_how_many_came_each_way(tmp_path: Path, base: KnowledgeBase) -> None:
    folder, store = opened(tmp_path)
    about = consulted(folder, store, base, evenings())
    store.reveal(about.id, revealed=True)
    store.reveal(about.id, revealed=False)
    record = close(store, about, base, CLOSED).record
    store.close()
    acts = [one.act for one in record.acts]
    assert acts == ["consultation opened", *["session opened"] * 3, "pictures shown", "pictures hidden", "consultation closed"]
    assert {one.title: one.answered for one in record.sessions} == {
        "Evening in the hall": 33,
        "Open form": 34,
        "Staff meeting, on paper": 11,
    }
    assert any(one.startswith(NEIGHBOURS) for one in record.withheld)
    assert NEIGHBOURS not in record.by_group


def test_sessions_with_so_few_that_they_could_be_computed_are_not_counted_aloud(tmp_path: Path, base: KnowledgeBase) -> None:
    few = (
        Evening("Hall", "session", tuple(Ballot(PARENTS, "", "session", ORDER) for _ in range(20))),
        Evening("Late evening", "session", tuple(Ballot(PARENTS, "", "session", ORDER) for _ in range(2))),
        Evening("Form", "open_form", tuple(Ballot(PARENTS, "", "open_form", ORDER) for _ in range(9))),
    )
    record = close_example(tmp_path / "elm-hill", base, few).record
    assert {one.title: one.answered for one in record.sessions} == {"Hall": None, "Late evening": None, "Form": 9}


def test_meetings_and_classes_are_recorded_apart_with_their_own_units(tmp_path: Path, base: KnowledgeBase) -> None:
    learners = CASE.replace(
        "    - {group: Neighbours}\n", "    - {group: Neighbours}\n    - {group: Learners, learners: true, unit: classes, invited: 14}\n"
    )
    folder, store = opened(tmp_path, learners)
    about = consulted(folder, store, base, typed())
    keep_meeting(store, about.id, Meeting("union", "The unions", STAFF, "", CLOSED, "organisations", 2, ("Pay stays as it is.",)))
    keep_meeting(store, about.id, Meeting("letters", "Letter of the chair", STAFF, "Infant A", CLOSED, "letters", 1, ("Trusts.",)))
    keep_meeting(store, about.id, Meeting("letters", "Letters of neighbours", "", "", CLOSED, "letters", 2, ("Parking.",)))
    for hands in ((13, 6, 9), (9, 7, 12), (10, 8, 10)):
        answers = tuple(hands if one.answer == "hands" else ("More clubs.",) for one in about.questions.learner_questions)
        keep_sheet(store, about.id, ClassSheet("Learners", "Infant A", 28, answers))  # type: ignore[arg-type]
    record = close(store, about, base, CLOSED).record
    store.close()
    assert [(one.title, one.group, one.held, one.number, one.unit, one.themes) for one in record.meetings] == [
        ("The unions", STAFF, CLOSED, 2, "organisations", ("Pay stays as it is.",)),
        ("", "", None, None, "letters", ("Parking.", "Trusts.")),
    ]
    assert not [says for says in ("chair", "Letters of neighbours") if says in record_text(record)]
    (classes,) = record.classes
    assert (classes.group, classes.sheets, classes.learners) == ("Learners", 3, 84)
    hands = [one.hands for one in classes.questions if one.hands]
    assert hands
    assert all(one == {"yes": 32, "not_sure": 21, "no": 31} for one in hands)
    assert all(one.said == ("More clubs.",) * 3 for one in classes.questions if not one.hands)
    assert record.response.everybody.answered == 20
    text = text_of(told_us(read_case(folder, base), open_appraisal(str(folder), samples=1).appraisal, base.on(CLOSED)))
    assert "Learners: 3 sheets of 84 learners (14 classes were invited), hands that went up" in text
    assert text.count("More clubs.") == sum(one.answer == "words" for one in about.questions.learner_questions)
    assert "The same words on several sheets stand once." in text
    assert "The hands for" not in text
    assert "Union: The unions Staff 20 November 2026 2 organisations Pay stays as it is" in text
    assert "put together several several days fewer than 5 letters Parking.; Trusts." in text


def test_fewer_than_five_ballots_leave_a_record_that_shows_nothing_of_them(tmp_path: Path, base: KnowledgeBase) -> None:
    found = close_example(tmp_path / "elm-hill", base, [Evening("Hall", "session", (Ballot(STAFF, "", "session", ORDER),) * 4)])
    record = found.record
    assert (record.by_group, record.together, record.counting, record.support) == ({}, None, (), record.support)
    assert record.response.everybody.answered is None
    assert [one.answered for one in record.sessions] == [None]
    assert record.withheld == ("Fewer than five answered, so nothing is shown.",)
    assert read_case(tmp_path / "elm-hill", base).consulted == record


# Where nothing is written


def test_an_example_that_ships_is_not_written_to(tmp_path: Path, base: KnowledgeBase) -> None:
    folder = shipped("data", "cases", "ember-2016")
    before = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    _, store = opened(tmp_path)
    own, _ = tmp_path / "elm-hill", None
    about = consulted(own, store, base, typed())
    with store.engine.begin() as connection:
        connection.exec_driver_sql("update consultation set place = ?", (str(folder),))
    about = store.consultation(about.id)
    found = close(store, about, base, CLOSED)
    store.close()
    assert found.written is None
    assert "an example that ships" in found.because
    assert found.kept
    assert found.kept.parent == tmp_path / "records"
    assert found.kept.read_text(encoding="utf-8") == found.text
    assert read_record(found.text) == found.record
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("spoil", "because"),
    [
        (lambda folder, _: shutil.move(folder, folder.with_name("moved")), "is not there any more"),
        (lambda folder, _: (folder / "case.yaml").unlink(), "The case is one file, and nothing is written into it"),
        (lambda _, patch: patch.setattr(os, "access", lambda *_: False), "cannot be written to"),
        (lambda _, patch: patch.setattr(closing, "LARGEST_FILE", 1000), "no file of a case is read that has more than 1,000"),
        (lambda folder, _: (folder / "consultation.json").mkdir(), "consultation.json: this is not an ordinary file. Once"),
    ],
    ids=["moved", "one file", "read only", "too large", "a folder of that name"],
)
def test_a_case_that_cannot_be_written_to_loses_no_record(
    tmp_path: Path, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, spoil: Callable[..., object], because: str
) -> None:
    folder, store = opened(tmp_path)
    about = consulted(folder, store, base, typed())
    spoil(folder, monkeypatch)
    found = close(store, about, base, CLOSED)
    store.close()
    assert found.written is None
    assert because in found.because
    assert found.kept
    assert read_record(found.kept.read_text(encoding="utf-8")) == found.record


def test_a_record_of_another_consultation_is_not_written_over(tmp_path: Path, base: KnowledgeBase) -> None:
    close_example(tmp_path / "elm-hill", base, typed())
    before = (tmp_path / "elm-hill" / "consultation.json").read_bytes()
    found = close_example(tmp_path / "elm-hill", base, evenings())
    assert found.written is None
    assert "the record of another consultation" in found.because
    assert (tmp_path / "elm-hill" / "consultation.json").read_bytes() == before


def test_a_case_that_the_record_no_longer_fits_is_left_as_it_is(tmp_path: Path, base: KnowledgeBase) -> None:
    folder, store = opened(tmp_path)
    about = consulted(folder, store, base, typed())
    text = CASE.replace("autonomy, cost]", "cost]").replace(" autonomy: 20,", "")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    found = close(store, about, base, CLOSED)
    store.close()
    assert found.written is None
    assert 'people were asked about "autonomy"' in found.because
    assert not (folder / "consultation.json").exists()


def test_the_example_is_what_its_script_makes(tmp_path: Path, base: KnowledgeBase) -> None:
    made = close_example(tmp_path / "consulted_case", base).record
    kept = read_record((EXAMPLE / "consultation.json").read_text(encoding="utf-8"))
    of_their_own = {"acts", "ballots_sha256", "sealed"}  # the day on which it was made, and its store's secret
    assert made.model_dump(exclude=of_their_own) == kept.model_dump(exclude=of_their_own)
