"""What tests of surveys share: the questions that `case/` asks, and the six answers that every sample holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnership_model.knowledge.consultation.ballots import Ballot
from partnership_model.knowledge.consultation.question_set import QuestionSet
from partnership_model.knowledge.surveys.guess import guess
from partnership_model.knowledge.surveys.mapping import read_mapping
from partnership_model.knowledge.surveys.paper_sheet import paper_mapping
from partnership_model.knowledge.surveys.reading import Asked, read_ballots
from partnership_model.knowledge.surveys.survey_table import read_survey

if TYPE_CHECKING:
    from partnership_model.knowledge.surveys.imported import ImportedBallots
    from partnership_model.knowledge.surveys.mapping import Mapping

HERE = Path(__file__).parent
CASE, SAMPLES = HERE / "case", HERE / "samples"
CODES = SAMPLES / "limesurvey_codes.mapping.yaml"
FILES = (
    "microsoft_forms.csv",
    "microsoft_forms.xlsx",
    "google_forms.csv.zip",
    "google_sheet.csv",
    "surveymonkey.csv",
    "limesurvey_text.csv",
    "limesurvey_codes.csv",
    "paper.csv",
)
LABELS = {"autonomy": "Autonomy", "staff": "Staff", "cost": "Cost", "community_voice": "Community voice"}
ORDERS = ("staff cost autonomy community_voice", "community_voice staff autonomy cost", "staff autonomy community_voice cost")


def questions(**changes: Any) -> QuestionSet:  # noqa: ANN401 - whatever a question set has
    """Give what the case of these tests asks."""
    fields: dict[str, Any] = {
        "case": "case",
        "title": "Two schools",
        "asks": "What matters most to you?",
        "about": None,
        "decides": "Each governing body decides for its own school.",
        "criteria": [{"key": key, "label": label, "worst": "the worst", "best": "the best"} for key, label in LABELS.items()],
        "options": [
            {"key": "stay", "label": "Stay as we are", "in_a_sentence": "staying as we are"},
            {"key": "federation", "label": "Council-maintained federation", "in_a_sentence": "a council-maintained federation"},
        ],
        "groups": [
            {"group": "Parents and carers", "unit": "households"},
            {"group": "Staff"},
            {"group": "Governors"},
            {"group": "Learners", "unit": "classes", "learners": True},
        ],
        "schools": ["Infant A", "Junior B"],
        "also": ["points", "support", "comment"],
        "languages": ["en"],
        "once": "open",
        "option_order": False,
        "keep_until": dt.date(2027, 10, 1),
        "illustrative": True,
    }
    return QuestionSet.model_validate(fields | changes)


def places(order: str) -> dict[str, int]:
    """Give the places of criteria that stand in order, as in `staff cost`."""
    return {name: place for place, name in enumerate(order.split(), 1)}


def six(channel: str = "survey") -> list[Ballot]:
    """Give the answers that every sample holds, in the order of their rows; the third and the fifth are the same."""
    staff = ("Staff", "Infant A", places(ORDERS[2]), {"autonomy": 20, "staff": 70, "community_voice": 10})
    three = (*staff, {"stay": "neither", "federation": "for"}, "Café £5 – two lines:\nterms first.")
    rows: list[tuple[Any, ...]] = [
        (
            "Parents and carers",
            "Infant A",
            places(ORDERS[0]),
            {"staff": 60, "cost": 40},
            {"stay": "against", "federation": "strongly_for"},
            'Keep the breakfast club; it matters, "really".',
        ),
        ("Parents and carers", "Junior B", places(ORDERS[1]), {}, {}, ""),
        three,
        (
            "Governors",
            "",
            places("autonomy cost staff community_voice"),
            {"autonomy": 100},
            {"stay": "strongly_for", "federation": "strongly_against"},
            "",
        ),
        three,
        ("", "Junior B", places("cost autonomy staff community_voice"), {}, {"stay": "for"}, "No strong view."),
    ]
    return [Ballot(row[0], row[1], channel, *row[2:]) for row in rows]  # type: ignore[arg-type]


def mapping_of(path: Path, asked: QuestionSet | None = None) -> Mapping:
    """Give the mapping by which a file is read: the sheet's own, one kept beside it, or the guess."""
    table = read_survey(path)
    if table.tool == "paper":
        return paper_mapping(asked or questions())
    if path.name == "limesurvey_codes.csv":
        return read_mapping(CODES, questions())[0]
    return guess(table, asked or questions()).mapping


def imported(path: Path, **asked: Any) -> ImportedBallots:  # noqa: ANN401 - whatever Asked takes
    """Read a file by the mapping that is guessed for it."""
    return read_ballots(read_survey(path), mapping_of(path), questions(), Asked(**asked))


def google(folder: Path, *rows: str, headings: str = "") -> Path:
    """Write an export of Google Forms with one column for the group and a grid of two criteria."""
    path = folder / "answers.csv"
    first = headings or "Timestamp,Which group are you?,Order [Staff],Order [Cost],Anything else?"
    path.write_text("\n".join([first, *rows]) + "\n", encoding="utf-8")
    return path
