"""What appraisals cost beside plain papermill and nbconvert: `python benchmarks/reports.py`.

Ours is `partnership appraise` with all six outputs of each case, started once. The others are the two commands that one
would type, `papermill` and `jupyter nbconvert --to html`, once for each case, which give HTML alone of the same notebook. The cases
are copies of one example. Processor time is that of all processes together, as seen ten times a second. It needs what `make test`
installs. Nothing is asserted: the goals stand beside what was measured, and so does the machine's load.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from peers.process_tree import Spent, spent

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "data" / "cases" / "ember-2016"
NOTEBOOK = ROOT / "notebooks" / "option_appraisal.ipynb"
BIN = Path(sys.executable).parent
KILOBYTE = 1000
EARLY = 10  # appraisals after which memory should have settled


class Row(NamedTuple):
    """One line of the table."""

    what: str
    goal: str
    found: str
    ratio: str


def ours(cases: list[Path], folder: Path) -> Spent:
    """Appraise cases in one command, with all outputs."""
    out = folder / "ours"
    shutil.rmtree(out, ignore_errors=True)
    return spent([BIN / "partnership", "appraise", *cases, "--out", out], folder)


def theirs(cases: list[Path], folder: Path) -> Spent:
    """Run papermill and nbconvert for each case."""
    found: list[Spent] = []
    for case in cases:
        made = folder / f"{case.name}.ipynb"
        found.append(spent([BIN / "papermill", NOTEBOOK, made, "-p", "case", case, "--no-progress-bar"], folder))
        found.append(spent([BIN / "jupyter-nbconvert", "--to", "html", "--log-level", "ERROR", made], folder))
    return Spent(sum(one.wall for one in found), sum(one.processor for one in found), max(one.memory for one in found))


def copies(count: int, folder: Path) -> list[Path]:
    """Make that many cases."""
    return [Path(shutil.copytree(CASE, folder / "cases" / f"case-{number:03}")) for number in range(1, count + 1)]


def compared(count: int, goal: float, folder: Path) -> list[Row]:
    """Compare so many appraisals."""
    cases = copies(count, folder)
    one, other = ours(cases, folder), theirs(cases, folder)
    shutil.rmtree(folder / "cases")
    what = f"{count} appraisal{'s' if count > 1 else ''}, all outputs, against papermill + nbconvert giving HTML"
    say = "{:.1f} s against {:.1f} s each".format
    return [
        Row(f"{what}: wall time", f"at most {goal:g}x", say(one.wall / count, other.wall / count), f"{one.wall / other.wall:.2f}x"),
        Row("the same: processor time", "", say(one.processor / count, other.processor / count), f"{one.processor / other.processor:.2f}x"),
        Row(
            "the same: most memory at a time", "", f"{one.memory:.0f} MB against {other.memory:.0f} MB", f"{one.memory / other.memory:.1f}x"
        ),
    ]


def sizes(folder: Path) -> Row:
    """Look at the HTML that ours wrote last."""
    page = max((folder / "ours").rglob("report-*.html"), key=lambda path: path.stat().st_size)
    size = page.stat().st_size / KILOBYTE
    outside = sum(page.read_text(encoding="utf-8").count(f'{name}="http') for name in ("src", "srcset"))
    return Row("HTML report", "under 600 kB, nothing loaded", f"{size:.0f} kB, {outside} addresses that are loaded", "")


def memory(count: int, folder: Path) -> Row:
    """Run many, and compare what stays in memory early and late."""
    found = ours(copies(count, folder), folder)
    early, late = (max(found.kept[max(0, end - 5) : end]) for end in (min(EARLY, count), count))  # the last look may find some gone
    what = f"memory of the command, its workers and their warm parents over {count} appraisals"
    return Row(what, "flat", f"{early:.0f} MB after {min(EARLY, count)}, {late:.0f} MB after {count}", f"{late / early:.2f}x")


def table(rows: list[Row]) -> str:
    """Write what was measured as Markdown."""
    return "\n".join(["| what | goal | found | ratio |", "|---|---|---|---:|", *(f"| {' | '.join(row)} |" for row in rows)])


def _load() -> str:
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--appraisals", type=int, default=10, help="how many are compared (default: %(default)s)")
    parser.add_argument("--memory", type=int, default=100, help="over how many memory is looked at; 0 for none (default: %(default)s)")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    arguments, before = _arguments(), _load()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        rows = compared(1, 1, folder)[:2]
        print("one is measured", file=sys.stderr)
        rows += [*compared(arguments.appraisals, 0.3, folder), sizes(folder)]
        print(f"{arguments.appraisals} are measured", file=sys.stderr)
        rows += [memory(arguments.memory, folder)] if arguments.memory else []
    print(f"Copies of {CASE.name}, {os.cpu_count()} processors. Load (1, 5, 15 minutes): before {before}; after {_load()}.\n")
    print(table(rows))


if __name__ == "__main__":
    main()
