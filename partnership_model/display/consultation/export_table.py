"""An export of rows as a table: one row for each ballot, in the words of the question set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.consultation.rows import Row
    from partnership_model.knowledge.consultation.question_set import QuestionSet

ANOTHER_GROUP = "another group, or not said"
ANOTHER_SCHOOL = "another school, or not said"
WITH_OTHERS = "{group}, with a few of other groups"


def export_table(rows: Sequence[Row], questions: QuestionSet) -> list[list[str]]:
    """Give the heads and the rows; what was not asked has no column, and what was left out is empty.

    Each row says that it is no vote, since rows are copied into other tables without what stood beside them.
    """
    about = form_words(ENGLISH).say("not_a_vote")
    criteria, options = [one.key for one in questions.criteria], [one.key for one in questions.options]
    points = criteria if "points" in questions.also else []
    head = ["group", "school", *(f"place: {key}" for key in criteria), *(f"points, in tens: {key}" for key in points)]
    table = [[*head, *(f"support: {key}" for key in options), "about"]]
    for row in rows:
        group = WITH_OTHERS.format(group=row.group) if row.with_others else row.group or ANOTHER_GROUP
        said = [*(row.places.get(key, "") for key in criteria), *(row.points.get(key, "") for key in points)]
        table.append([group, row.school or ANOTHER_SCHOOL, *map(str, said), *(row.support.get(key, "") for key in options), about])
    return table
