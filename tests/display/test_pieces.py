"""What most moves leave as it is, a browser is sent apart from the page, and only when it has changed."""

from __future__ import annotations

import re

import pytest

from partnership_model.display.moves import STEPS
from partnership_model.display.pieces import cut
from partnership_model.display.widgets import GovernorsDashboard
from tests.display.exploring import START, moved
from tests.display.page_reading import page, whole

OWN = ({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"})


def sent_by(dashboard: GovernorsDashboard, move: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Make a move, and give what the browser is sent of the page."""
    sent: set[str] = set()
    monkeypatch.setattr(dashboard, "send_state", lambda key: sent.update({key} if isinstance(key, str) else key))
    dashboard.move(move)
    return sent


@pytest.mark.parametrize("step", STEPS)
def test_a_page_is_its_pieces_and_the_rest_and_each_piece_has_one_place(step: str) -> None:
    shown = page(moved(*OWN), step)
    html, pieces = cut(shown.html)
    assert "<!--" not in "".join([html, *pieces.values()]).replace("<!-- ", "")
    assert [html.count(f'data-piece="{name}"') for name in pieces] == [1] * len(pieces)
    assert set(re.findall(r'data-piece="(\w+)"></', html)) == set(pieces)


def test_a_weight_that_moves_leaves_the_table_of_judgements_where_it_is_and_a_judgement_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    dashboard = GovernorsDashboard(START, OWN)
    assert set(dashboard.pieces) == {"judgements", "terms"}
    order = re.findall(r'data-key="judgements-(\w+)"', dashboard.pieces["judgements"])
    sent = sent_by(dashboard, {"do": "swing", "criterion": "autonomy", "value": "58"}, monkeypatch)
    assert "html" in sent
    assert "pieces" not in sent
    judged = {"do": "judge", "option": order[0], "criterion": "autonomy", "low": "31", "likely": "37", "high": "43", "note": "Seen."}
    assert "pieces" in sent_by(dashboard, judged, monkeypatch)
    assert '<span class="figure-said">37</span>' in whole(dashboard)
    dashboard.close()
