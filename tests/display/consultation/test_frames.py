"""The frames of a consultation: one row a figure, documented columns, and what is not shown is missing."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from partnership_model.display.consultation import frames, words
from partnership_model.knowledge.consultation.ballots import Channel
from tests.display.consultation.test_section import results, said

FRAMES = ("weights_frame", "schools_frame", "agreement_frame", "support_frame", "counting_frame", "themes_frame")


@pytest.mark.parametrize("name", FRAMES)
def test_every_column_is_documented_and_an_empty_frame_has_the_same_ones(name: str) -> None:
    made = getattr(frames, name)
    full, empty = made(results()), made(results([]))
    assert list(full.columns) == list(empty.columns)
    documented = re.sub(r"\([^()]*\)", "", made.__doc__.partition("Columns:")[2])
    assert [column for column in full.columns if not re.search(rf"\b{column}\b", documented)] == []


def test_a_weight_stands_once_for_each_group_and_criterion() -> None:
    frame = frames.weights_frame(results())
    assert not frame.duplicated(["group", "criterion"]).any()
    assert frame.groupby("group", sort=False)["weight"].sum().to_dict() == {"Staff": 100, "Parents": 100, "Everybody": 100}
    assert frame[frame["group"] != "Everybody"]["first"].isna().all()


def test_one_group_alone_is_everybody_and_does_not_stand_twice() -> None:
    assert set(frames.weights_frame(results(said()[:10]))["group"]) == {"Staff"}


def test_every_way_in_which_an_answer_comes_has_a_name() -> None:
    assert set(words.CHANNELS) == set(get_args(Channel))
