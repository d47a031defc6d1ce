"""What matters to whom, how far people agree on it, and whether it matters who has a voice: three parts of the section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from partnership_model.display import phrases
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.consultation import agreement_words, charts, option_words, words
from partnership_model.display.consultation.at_schools import counted_differently
from partnership_model.display.consultation.frames import agreement_frame, counting_frame, weights_frame
from partnership_model.display.consultation.withheld_words import TAKES_IN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from partnership_model.analysis.consultation.published import Point
    from partnership_model.analysis.consultation.results import ConsultationResults

INTERVALS = (
    "Weights of 100: how much of all that matters each criterion carries, the mean over those who said so. An order becomes weights by "
    "the rank order centroid, shared points count as they are, and what somebody left out counts as level and last. In brackets: where "
    "95 of 100 draws of as many people, from those who answered, put it ({resamples:,} draws, seed {seed}). That says how much hangs on "
    "a few people, and nothing of those who did not answer."
)
AGREEMENT = (
    "Kendall's W, 0 to 100: around 30 is weak, around 50 moderate, from 70 strong. Of few orders it is high by itself: of two that have "
    "nothing in common it is 50, of five 20. So how far groups agree, each with one voice, the order of its mean ranks, is said by how "
    "alike their orders are. Ties are allowed for; what somebody left out counts as level and last."
)
NOT_SHOWN = "not shown"


def what_matters(results: ConsultationResults, *, narrow: bool = False) -> list[Block]:
    """Give the weights of each group with their intervals, and the ranks behind them."""
    title = words.heaviest(results)
    blocks: list[Block] = [Heading("What matters to whom", 3)]
    beside = charts.side_by_side(results)
    for at, names in enumerate(beside):
        drawing = charts.weights(results, names, narrow=narrow)
        blocks.append(Figure.of(words.more_groups(names) if at else title, drawing))
        blocks.append(Table.of(_continued("What matters to whom, in weights of 100", at), _wide(results, names, _weight)))
    blocks.append(Bullets(tuple(words.weights_of(results, name, said) for name, said in words.who_says(results).items())))
    if results.takes_in:
        blocks.append(Paragraph(TAKES_IN.format(name=results.takes_in), "note"))
    blocks.append(Paragraph(INTERVALS.format(resamples=results.resamples, seed=results.seed), "note"))
    for at, names in enumerate(beside):
        blocks.append(Table.of(_continued("Mean rank and median rank; 1 is what matters most", at), _wide(results, names, _ranks)))
    if results.together:
        blocks += [
            Table.of(f"First places among {words.counted(results, results.together.counted)}", _first_places(results)),
            *([Paragraph(words.HELD_BACK, "note")] if any(one.first is None for one in results.together.points) else []),
            *_how_said(results),
        ]
    return blocks


def _continued(caption: str, at: int) -> str:
    return f"{caption} (more groups)" if at else caption


def _wide(results: ConsultationResults, names: Sequence[str], cell: Callable[[Any], str]) -> pd.DataFrame:
    """Put a row for each criterion and a column for each of some groups."""
    frame = weights_frame(results)
    frame["said"] = [cell(row) for row in frame.itertuples()]
    wide = frame.pivot_table(index="criterion", columns="group", values="said", aggfunc="first", sort=False)
    wide = wide.loc[words.by_weight(results), list(names)]
    wide.insert(0, "Criterion", [words.criterion(results, key) for key in wide.index])
    return wide


def _weight(point: Point) -> str:
    return f"{point.weight} ({point.low} to {point.high})"


def _ranks(point: Point) -> str:
    return f"{point.mean_rank:.1f} (median {point.median_rank:g})"


def _first_places(results: ConsultationResults) -> pd.DataFrame:
    points = results.together.order if results.together else ()
    return pd.DataFrame(
        {
            "Criterion": words.criterion(results, one.criterion),
            "Put first, alone or level": NOT_SHOWN if one.first is None else str(one.first),
            "Gave it a place": "all, or all but a few" if one.ranked is None else str(one.ranked),
        }
        for one in points
    )


def _how_said(results: ConsultationResults) -> list[Block]:
    said, found = results.together, []
    if said and said.by_points:
        found.append(_by_points(said.by_points, said.counted))
    if said and said.partial:
        found.append(f"{said.partial} of {said.counted} left at least one criterion out.")
    return [Paragraph(" ".join(found))] if found else []


def _by_points(by_points: int, counted: int) -> str:
    """Say whose weights are points, and where the ranks come from, which nobody who gave places gives by points."""
    who = f"All {counted}" if by_points == counted else f"{by_points} of {counted}"
    rest = "" if by_points == counted else "; the weights of the others come from the order they gave"
    ranks = "The ranks and first places above come from the order, or from the points of whoever gave no order."
    return f"{who} shared out 100 points, and their weights are those points{rest}. {ranks}"


def how_far_people_agree(results: ConsultationResults, *, narrow: bool = False) -> list[Block]:
    """Give the agreement within and between groups, so that no mean hides two camps."""
    title = agreement_words.agreement(results)
    drawing = charts.agreement(results, narrow=narrow)
    if not drawing.rows:
        return []
    frame = agreement_frame(results)
    values = frame[
        (frame["measure"] == "W") & frame["value"].notna() & ((frame["among"] != "between groups") | (len(results.by_group) > 1))
    ]
    rows = [{"Among": agreement_words.among(one.among, one.who), "Kendall's W": f"{one.value:.2f}"} for one in values.itertuples()]
    blocks: list[Block] = [
        Heading("How far people agree", 3),
        Figure.of(title, drawing),
        Bullets(tuple(agreement_words.agreement_findings(results))),
        Table.of_rows("Agreement on the order of what matters", rows),
    ]
    pairs = [
        {"Groups": f"{one.one} and {phrases.uncapital(one.other)}", "Alike, from -1 to 1": f"{one.alike:.2f}"}
        for one in results.agreement.pairs
    ]
    if pairs:
        blocks.append(Table.of_rows("How alike the orders of two groups are (Spearman, of mean ranks)", pairs))
    return [*blocks, Paragraph(AGREEMENT, "note")]


def who_counts(results: ConsultationResults) -> list[Block]:
    """Give the weights and the leading options with one voice for each person, group or school."""
    frame = counting_frame(results)
    if frame.empty:
        return []
    apart = counted_differently(results)
    blocks: list[Block] = [Heading(option_words.counting(results, schools=not apart), 3)]
    if apart and any(one.by == "school" for one in results.options.counting):
        blocks.append(Paragraph(apart))
    if said := option_words.leaders(results):
        blocks.append(Bullets(tuple(said)))
    criteria = {key: words.criterion(results, key) for key in words.by_weight(results)}
    blocks.append(Table.of("Weights of 100, by who has one voice", _by_voice(frame[frame["of"] == "weight"], "Criterion", criteria)))
    values = frame[frame["of"] == "overall value"]
    if not values.empty:
        options = {key: words.option(results, key) for key in values["key"]}
        blocks.append(Table.of("Overall value of each option, 0 to 100", _by_voice(values, "Option", options)))
    if results.options.withheld:
        blocks.append(Paragraph(option_words.WITHHELD[results.options.withheld], "missing"))
    if results.options.not_asked and not values.empty:
        blocks.append(Paragraph(option_words.not_asked(results), "note"))
    return blocks


def _by_voice(frame: pd.DataFrame, head: str, labels: dict[str, str]) -> pd.DataFrame:
    """Put a row for each key and a column for each way of counting."""
    voices = list(dict.fromkeys(frame["voice"]))
    wide = frame.pivot_table(index="key", columns="voice", values="value", aggfunc="first").loc[list(labels), voices]
    wide.columns = pd.Index([option_words.VOICE[voice] for voice in voices])
    wide.insert(0, head, list(labels.values()))
    return wide
