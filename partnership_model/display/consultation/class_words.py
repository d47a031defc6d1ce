"""What is said of the hands of classes: their numbers, or why they are not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.consultation.recorded_apart import RecordedQuestion

HANDS: Mapping[Literal["yes", "not_sure", "no"], str] = {"yes": "Yes", "not_sure": "Not sure", "no": "No"}
NOT_SHOWN = "not shown"
WHY = (
    "hands are shown only of three classes or more, and only where nobody who knows one class can tell how the children of another answered"
)


def hands_table(questions: tuple[RecordedQuestion, ...]) -> list[dict[str, str]]:
    """Give a row for each question of which any hands are shown."""
    return [{"Question": one.asks, **_row(one)} for one in questions if any(count is not None for count in one.hands.values())]


def hands_withheld(questions: tuple[RecordedQuestion, ...]) -> str:
    """Say of which questions no hands are shown, and why; "" where there is none."""
    held = [f"\N{LEFT DOUBLE QUOTATION MARK}{one.asks}\N{RIGHT DOUBLE QUOTATION MARK}" for one in questions if _held(one)]
    return f"The hands for {' and '.join(held)} are {NOT_SHOWN}: {WHY}." if held else ""


def _held(one: RecordedQuestion) -> bool:
    return bool(one.hands) and all(count is None for count in one.hands.values())


def _row(one: RecordedQuestion) -> dict[str, str]:
    return {label: NOT_SHOWN if one.hands[name] is None else str(one.hands[name]) for name, label in HANDS.items()}
