"""What a consultation says, as the blocks of a report: who answered, what matters to whom, how far people agree, what they think."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from partnership_model.analysis.consultation.small_counts import FEWEST_SHOWN
from partnership_model.analysis.consultation.support import FOR_OR_NOT, THREE_LEVELS
from partnership_model.display import phrases
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Stamp, Table
from partnership_model.display.consultation import charts, words
from partnership_model.display.consultation.frames import ALL, agreement_frame, response_frame, weights_frame, who_says
from partnership_model.display.consultation.withheld_words import TAKES_IN
from partnership_model.display.other_methods_chart import said_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from partnership_model.analysis.consultation.published import Point, Support
    from partnership_model.analysis.consultation.results import ConsultationResults

NO_VOTE = (
    "This was no vote. {decides} What is written here is evidence for a consultation that the law may ask for; it is not that "
    "consultation itself. Those who answered chose to: they are no random sample of those who were asked."
)
INTERVALS = (
    "Weights of 100: how much of all that matters each criterion carries, the mean over those who said so. An order becomes weights by "
    "the rank order centroid, shared points count as they are, and what somebody left out counts as level and last. In brackets: where "
    "95 of 100 draws of as many people, from those who answered, put it ({resamples:,} draws, seed {seed}). That says how much hangs on "
    "a few people, and nothing of those who did not answer."
)
AGREEMENT = (
    "Kendall's W, 0 to 100: around 30 is weak, around 50 moderate, from 70 strong. Ties are allowed for; what somebody left out counts as "
    "level and last. Between the groups each has one voice, the order of its mean ranks."
)
COUNTS = (
    f"No number of fewer than {FEWEST_SHOWN} is shown, and none from which one could be computed; levels are counted together where "
    "that needs it."
)
FEW = f"fewer than {FEWEST_SHOWN}"
NOT_SHOWN = "not shown"


def consultation_section(
    results: ConsultationResults, theme_labels: Mapping[str, str] | None = None, *, narrow: bool = False
) -> list[Block]:
    """Give the whole section.

    Args:
        results: what the consultation says.
        theme_labels: the name of each theme by its key.
        narrow: draw for the width of a telephone.
    """
    blocks: list[Block] = [Heading("What people told us", 2, "consultation")]
    if results.questions.illustrative:
        blocks.append(Stamp("illustrative"))
    blocks += [
        Paragraph(words.everybody(results), "lead"),
        Paragraph(f"They were asked: {results.questions.asks}"),
        Paragraph(NO_VOTE.format(decides=results.questions.decides), "note"),
        *who_answered(results),
    ]
    if who_says(results):
        blocks += [*what_matters(results, narrow=narrow), *how_far_people_agree(results, narrow=narrow), *who_counts(results)]
    if results.questions.options:
        blocks += support_for_options(results, narrow=narrow)
    return [*blocks, *comments(results, theme_labels or {})]


def who_answered(results: ConsultationResults) -> list[Block]:
    """Give how many of each group and each school answered, and name those of whom nothing is shown."""
    frame = response_frame(results)
    blocks: list[Block] = [Heading("Who answered", 3), Bullets(tuple(words.response(one) for one in results.groups))]
    schools = frame[frame["of"] == "school"]
    if len(schools) > 1:
        blocks.append(Table.of("How many answered, by school", schools.apply(_response_row, axis=1, result_type="expand")))
    if absent := words.absent(results):
        blocks.append(Paragraph(absent, "missing"))
    ways = [f"{words.CHANNELS[channel]} {NOT_SHOWN if count is None else count}" for channel, count in results.channels.items()]
    if len(ways) > 1:
        blocks.append(Paragraph(f"How the answers came in: {phrases.listed(ways)}."))
    return blocks


def _response_row(row: pd.Series[object]) -> dict[str, str]:
    def cell(name: str, missing: str) -> str:
        return missing if pd.isna(row[name]) else str(row[name])

    rate = cell("percent", "unknown" if pd.isna(row["invited"]) else NOT_SHOWN if pd.isna(row["answered"]) else "none")
    return {
        "School": str(row["name"]),
        "Groups counted": str(row["counted"]) or "none",
        "Answered": cell("answered", NOT_SHOWN),
        "Invited": cell("invited", "nobody counted"),
        "Counted in": str(row["unit"] or "different units"),
        "In 100 invited": f"{rate}: more than were invited" if row["too_many"] else rate,
    }


def what_matters(results: ConsultationResults, *, narrow: bool = False) -> list[Block]:
    """Give the weights of each group with their intervals, and the ranks behind them."""
    title = words.heaviest(results)
    blocks: list[Block] = [Heading("What matters to whom", 3)]
    beside = charts.side_by_side(results)
    for at, names in enumerate(beside):
        drawing = charts.weights(results, names, narrow=narrow)
        blocks.append(Figure.of(words.more_groups(names) if at else title, drawing))
        blocks.append(Table.of(_continued("What matters to whom, in weights of 100", at), _wide(results, names, _weight)))
    blocks.append(Bullets(tuple(words.weights_of(results, name, said) for name, said in who_says(results).items())))
    if results.takes_in:
        blocks.append(Paragraph(TAKES_IN.format(name=results.takes_in), "note"))
    blocks.append(Paragraph(INTERVALS.format(resamples=results.resamples, seed=results.seed), "note"))
    for at, names in enumerate(beside):
        blocks.append(Table.of(_continued("Mean rank and median rank; 1 is what matters most", at), _wide(results, names, _ranks)))
    if results.together:
        blocks += [
            Table.of(f"First places among {words.counted(results, results.together.counted)}", _first_places(results)),
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
        found.append(f"{said.by_points} of {said.counted} shared out 100 points; the others put the criteria in order.")
    if said and said.partial:
        found.append(f"{said.partial} of {said.counted} left at least one criterion out.")
    return [Paragraph(" ".join(found))] if found else []


def how_far_people_agree(results: ConsultationResults, *, narrow: bool = False) -> list[Block]:
    """Give the agreement within and between groups, so that no mean hides two camps."""
    title = words.agreement(results)
    drawing = charts.agreement(results, narrow=narrow)
    if not drawing.rows:
        return []
    frame = agreement_frame(results)
    values = frame[
        (frame["measure"] == "W") & frame["value"].notna() & ((frame["among"] != "between groups") | (len(results.by_group) > 1))
    ]
    rows = [{"Among": words.among(one.among, one.who), "Kendall's W": f"{one.value:.2f}"} for one in values.itertuples()]
    blocks: list[Block] = [
        Heading("How far people agree", 3),
        Figure.of(title, drawing),
        Bullets(tuple(words.agreement_findings(results))),
        Table.of_rows("Agreement on the order of what matters", rows),
    ]
    pairs = [
        {"Groups": f"{one.one} and {phrases.uncapital(one.other)}", "Alike, from -1 to 1": f"{one.alike:.2f}"}
        for one in results.agreement.pairs
    ]
    if pairs:
        blocks.append(Table.of_rows("How alike the orders of two groups are (Spearman, of mean ranks)", pairs))
    return [*blocks, Paragraph(AGREEMENT, "note")]


def support_for_options(results: ConsultationResults, *, narrow: bool = False) -> list[Block]:
    """Give what people think of each option; an order only where the case asks for one."""
    title = words.most_support(results)
    drawn = charts.support(results, narrow=narrow)
    blocks: list[Block] = [Heading("What people think of the options" if drawn else title, 3)]
    blocks += [Figure.of(title if not at else "Options of which only for, or not, is shown", one) for at, one in enumerate(drawn)]
    blocks.append(Table.of_rows("What people think of the options: how many", [_support_row(results, one) for one in results.support]))
    blocks.append(Bullets((*(words.support(results, one) for one in results.support), *words.camps(results))))
    for one in results.support:
        if one.by_group:
            rows = {**one.by_group, ALL: tuple(words.in_cells(one, one.group_cells))}
            named = [words.level(cell) for cell in one.group_cells]
            table = [{"Group": name, **dict(zip(named, counts, strict=True))} for name, counts in rows.items()]
            blocks.append(Table.of_rows(f"{words.option(results, one.option)}: support by group", table))
    blocks.append(Paragraph(COUNTS, "note"))
    return [*blocks, *_orders(results)]


def _support_row(results: ConsultationResults, one: Support) -> dict[str, str]:
    split = THREE_LEVELS if len(one.cells) >= len(THREE_LEVELS) else FOR_OR_NOT
    counts = list(map(str, words.in_cells(one, split))) if one.together else [NOT_SHOWN] * 2
    agreed, *others = counts
    neither, opposed = others if len(others) > 1 else (NOT_SHOWN, NOT_SHOWN)
    said = FEW if one.answered is None else str(one.answered)
    return {
        "Option": words.option(results, one.option),
        "Said what they think": said,
        "For or strongly for": agreed,
        "Neither": neither,
        "Against or strongly against": opposed,
    }


def _orders(results: ConsultationResults) -> list[Block]:
    found = results.orders
    if found is None:
        return []
    rules = {"Borda": found.by_borda, "Copeland": found.by_copeland, "Ranked pairs": found.by_ranked_pairs}
    said = {name: said_places(order) for name, order in rules.items()}
    keys = [key for step in found.by_ranked_pairs for key in step]
    rows = [{"Option": words.option(results, key), **{name: places[key] for name, places in said.items()}} for key in keys]
    return [
        Heading("The options in order of support, by three rules", 3),
        Paragraph(words.order(results, found)),
        Table.of_rows("Places of the options; an equals sign means a shared place", rows),
        Paragraph(words.ORDER_NOTE, "note"),
    ]


def who_counts(results: ConsultationResults) -> list[Block]:
    """Give the weights and the leading options with one voice for each person, group or school."""
    if not results.options.counting:
        return []
    keys = words.by_weight(results)
    rows = [
        {"Criterion": words.criterion(results, key), **{words.VOICE[one.by]: one.weights[key] for one in results.options.counting}}
        for key in keys
    ]
    blocks: list[Block] = [Heading(words.counting(results), 3)]
    if said := words.leaders(results):
        blocks.append(Bullets(tuple(said)))
    blocks.append(Table.of_rows("Weights of 100, by who has one voice", rows))
    scored = [one for one in results.options.counting if one.overall]
    if scored:
        values = [
            {"Option": words.option(results, key), **{words.VOICE[one.by]: one.overall[key] for one in scored}} for key in scored[0].overall
        ]
        blocks.append(Table.of_rows("Overall value of each option, 0 to 100", values))
    if results.options.withheld:
        blocks.append(Paragraph(words.WITHHELD[results.options.withheld], "missing"))
    if results.options.not_asked and scored:
        blocks.append(Paragraph(words.not_asked(results), "note"))
    return blocks


def comments(results: ConsultationResults, labels: Mapping[str, str]) -> list[Block]:
    """Give what comments are about."""
    if not results.comments:
        return []
    groups = list(results.comments[0].by_group) or [name for one in results.comments for name in one.by_group]
    names = list(dict.fromkeys(groups))
    rows = []
    for one in results.comments:
        shown = {name: str(one.by_group[name]) if one.by_group else NOT_SHOWN for name in names}
        rows.append({"Theme": labels.get(one.theme, one.theme), "Comments": FEW if one.comments is None else str(one.comments), **shown})
    return [
        Heading(words.commonest(results, labels), 3),
        Table.of_rows(f"What {results.coded} comments are about; one may be about several things", rows),
        Paragraph(f"A person read each comment and said what it is about. {COUNTS}", "note"),
    ]
