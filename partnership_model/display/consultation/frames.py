"""What a consultation says as frames: tidy, one row for each figure, with the keys by which other programs join them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from partnership_model.display.consultation.words import ALL, who_says

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.results import ConsultationResults


def weights_frame(results: ConsultationResults) -> pd.DataFrame:
    """Give what matters to whom.

    Columns: group, counted (how many said what matters), criterion (its key), label, weight (of 100), low, high (its interval),
    mean_rank, median_rank (1 for what matters most), first (how many put it first), ranked (how many gave it a place), polarisation
    (0 to 1). `first` and `ranked` are missing for groups and for a few.
    """
    labels = {one.key: one.label for one in results.questions.criteria}
    rows = [
        {"group": group, "counted": said.counted, "criterion": one.criterion, "label": labels[one.criterion], **_figures(one)}
        for group, said in who_says(results).items()
        for one in said.points
    ]
    names = ("weight", "low", "high", "mean_rank", "median_rank", "first", "ranked", "polarisation")
    frame = pd.DataFrame(rows, columns=["group", "counted", "criterion", "label", *names])
    return frame.astype({"first": "Int64", "ranked": "Int64"})


def schools_frame(results: ConsultationResults) -> pd.DataFrame:
    """Give what matters at each school of which that is shown.

    Columns: school, groups (those that are counted there), counted (how many said what matters), criterion (its key), label, weight (of
    100), low, high (its interval), mean_rank, median_rank (1 for what matters most).
    """
    labels = {one.key: one.label for one in results.questions.criteria}
    names = ("weight", "low", "high", "mean_rank", "median_rank")
    rows = [
        {
            "school": school,
            "groups": ", ".join(one.groups),
            "counted": one.said.counted,
            "criterion": point.criterion,
            "label": labels[point.criterion],
            **{name: getattr(point, name) for name in names},
        }
        for school, one in results.by_school.items()
        for point in one.said.points
    ]
    return pd.DataFrame(rows, columns=["school", "groups", "counted", "criterion", "label", *names])


def _figures(point: object) -> dict[str, object]:
    return {name: value for name, value in vars(point).items() if name != "criterion"}


def agreement_frame(results: ConsultationResults) -> pd.DataFrame:
    """Give how far people agree on the order.

    Columns: among (within a group, between groups, everybody, two groups), who, other (the second of two groups), measure (Kendall's W;
    of two groups Spearman's correlation of their mean ranks), value (missing where nobody put anything in order).
    """
    found = results.agreement
    rows: list[dict[str, object]] = [
        {"among": "within a group", "who": name, "other": "", "measure": "W", "value": value} for name, value in found.within.items()
    ]
    rows += [{"among": "two groups", "who": one.one, "other": one.other, "measure": "rho", "value": one.alike} for one in found.pairs]
    rows.append({"among": "between groups", "who": "", "other": "", "measure": "W", "value": found.between})
    rows.append({"among": "everybody", "who": ALL, "other": "", "measure": "W", "value": found.together})
    return pd.DataFrame(rows).astype({"value": "Float64"})


def support_frame(results: ConsultationResults) -> pd.DataFrame:
    """Give what people think of each option.

    Columns: option (its key), label, group (or everybody), levels (those that are counted together, with a plus between them), count.
    """
    labels = {one.key: one.label for one in results.questions.options}
    rows = [
        {"option": one.option, "label": labels[one.option], "group": group, "levels": "+".join(cell), "count": count}
        for one in results.support
        for group, cells, counts in (
            *((name, one.group_cells, counts) for name, counts in one.by_group.items()),
            (ALL, one.cells, one.together),
        )
        for cell, count in zip(cells, counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["option", "label", "group", "levels", "count"])


def counting_frame(results: ConsultationResults) -> pd.DataFrame:
    """Give the weights by each way of counting, and what they make of the options.

    Columns: voice (for each person, group or school), voices, of (weight or overall value), key, value (0 to 100), leads.
    """
    rows = []
    for one in results.options.counting:
        about = {"voice": one.by, "voices": one.voices}
        rows += [{**about, "of": "weight", "key": key, "value": value, "leads": False} for key, value in one.weights.items()]
        rows += [
            {**about, "of": "overall value", "key": key, "value": value, "leads": key in one.leaders} for key, value in one.overall.items()
        ]
    return pd.DataFrame(rows, columns=["voice", "voices", "of", "key", "value", "leads"])


def themes_frame(results: ConsultationResults) -> pd.DataFrame:
    """Give what comments are about. Columns: theme (its key), group (or everybody), comments (missing where fewer than five are)."""
    rows = [
        {"theme": one.theme, "group": group, "comments": count}
        for one in results.comments
        for group, count in {**one.by_group, ALL: one.comments}.items()
    ]
    return pd.DataFrame(rows, columns=["theme", "group", "comments"]).astype({"comments": "Int64"})
