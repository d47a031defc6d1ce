"""The screen on which ballots on paper are printed and entered, and what it knows of their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.consultation.facilitated import facilitated
from partnership_model.display.consultation.facilitator_page import paper_counts
from partnership_model.knowledge.consultation.ballots import POINTS, SUPPORTS
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words
from partnership_model.knowledge.consultation.typed_text import whole_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import Protocol

    from partnership_model.knowledge.consultation.ballots import FormFault
    from partnership_model.knowledge.consultation.question_set import QuestionSet

    class Session(Protocol):
        """A session as it is listed."""

        id: str
        code: str
        title: str
        closed: object

    class Wall(Protocol):
        """Where the forms are."""

        hall: str
        only_here: bool


MOST_RANGES = 20
USUALLY_PRINTED = 30


@dataclass(frozen=True)
class Pile:
    """The paper of one session.

    Attributes:
        printed: the numbers that were printed for it.
        elsewhere: the numbers that were printed for other sessions, and for which.
        entered: the numbers that are in, in their order.
        addresses: of the form, as they stand on what was printed.
    """

    printed: Collection[int] = frozenset()
    elsewhere: Mapping[int, Session] = field(default_factory=dict)
    entered: Sequence[int] = ()
    addresses: Collection[str] = frozenset()

    @property
    def missing(self) -> list[int]:
        """Give the numbers that were printed and are not in."""
        return sorted(set(self.printed) - set(self.entered))

    @property
    def unprinted(self) -> list[int]:
        """Give the numbers that are in and were never printed."""
        return sorted(set(self.entered) - set(self.printed))

    @property
    def next_number(self) -> int:
        """Give the first number that stands on no ballot of any session."""
        return max((*self.printed, *self.elsewhere, *self.entered), default=0) + 1

    def wrong_number(self, number: int, *, sure: bool) -> dict[str, str]:
        """Say what is wrong with a number that is typed off a ballot; nothing where somebody is sure of one that was not printed here."""
        if number in self.printed or number in self.entered:
            return {}
        if number in self.elsewhere:
            says = f"Ballot {number} was printed for {_quoted(self.elsewhere[number])}"
            return {"number": f"{says}. Look at the code on the paper, and enter it there if it is {self.elsewhere[number].code}."}
        if sure:
            return {}
        known = f"printed were {ranges(sorted(self.printed))}" if self.printed else "none was printed here yet"
        says = f"Ballot {number} was never printed for this session; {known}. Look at the number and the code on the paper again."
        return {"anyway": f"{says} If they are right, tick this and keep the ballot again."}

    def wrong_run(self, numbers: range, *, only_here: bool, closed: bool, sure: bool) -> dict[str, str]:
        """Say what is wrong with numbers that are to be printed; what may be meant so is asked about once."""
        if taken := sorted(set(numbers) & set(self.elsewhere)):
            says = f"{ranges(taken)} stand on ballots of {_quoted(self.elsewhere[taken[0]])}."
            return {"first": f"{says} Begin with {self.next_number}, so that no two piles are mixed up."}
        again = sorted(set(numbers) & set(self.printed))
        doubts = [
            f"{ranges(again)} were printed before: print again only what was spoiled, for each number is entered once." if again else "",
            "The address on the ballots can be opened on this computer alone. For a hall, start the program again with --hall first."
            if only_here
            else "",
            "This session is closed: nobody can answer by phone with the code on these ballots." if closed else "",
        ]
        doubts = [one for one in doubts if one]
        return {"sure": " ".join([*doubts, "If you mean it so, tick this and print again."])} if doubts and not sure else {}


def _quoted(session: Session) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{session.title}\N{RIGHT DOUBLE QUOTATION MARK}"


def ranges(numbers: Sequence[int], most: int = MOST_RANGES) -> str:
    """Write numbers that follow each other as one range.

    >>> ranges([1, 2, 3, 7, 9, 10])
    '1 to 3, 7, 9 and 10'
    >>> ranges([1, 3, 5], most=2)
    '1, 3 and more'
    """
    steps = [[number for _, number in step] for _, step in groupby(enumerate(numbers), key=lambda one: one[1] - one[0])]
    said = [part for step in steps for part in ([f"{step[0]} to {step[-1]}"] if len(step) > 2 else map(str, step))]
    return phrases.listed([*said[:most], "more"] if len(said) > most else said)


def said_of(faults: Iterable[FormFault]) -> dict[str, str]:
    """Say by field what is wrong with a ballot on paper, to whoever types it."""
    say = form_words(ENGLISH).say
    return {one.at: say(f"error_{one.key}", **one.about) for one in reversed(list(faults))}


def paper_entry_page(  # noqa: PLR0913 - what the screen shows
    questions: QuestionSet,
    sessions: Sequence[Session],
    session: Session | None,
    pile: Pile,
    xsrf: str,
    *,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    entered: int,
    taken_back: int,
    wall: Wall,
    closed: bool,
) -> str:
    """Write the screen on which ballots on paper are printed, and entered one at a time."""
    first = pile.next_number
    pages_only = [one.language for one in map(form_words, questions.languages) if one.direction == "rtl"]
    return facilitated(
        "paper_entry",
        paper_counts(len(pile.printed), len(pile.entered)) if session else "Ballots on paper",
        "/consultation/paper",
        questions,
        sessions=sessions,
        session=session,
        xsrf=xsrf,
        typed=typed,
        faults=faults,
        entered=entered,
        taken_back=taken_back,
        missing=ranges(pile.missing) if pile.missing else "",
        unprinted=ranges(pile.unprinted) if pile.unprinted else "",
        moved=sorted(set(pile.addresses) - {wall.hall}),
        wall=wall,
        closed=closed,
        belongs=pile.elsewhere.get(whole_number(typed.get("number", ""))) if "number" in faults else None,
        supports={level: form_words(ENGLISH).say(level) for level in SUPPORTS},
        last=len(questions.criteria),
        points=POINTS,
        numbers={"first": typed.get("first") or str(first), "last": typed.get("last") or str(first + USUALLY_PRINTED - 1)},
        languages=[(code, form_words(code).language) for code in questions.languages],
        pages_only=phrases.listed(pages_only),
        one_only=len(pages_only) == 1,
    )
