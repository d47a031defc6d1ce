"""How fast the governors' dashboard is beside stock Voila, Panel and Streamlit: `python benchmarks/dashboard.py`.

All four show the same headline and charts of the same case and work them out with the same code. Ours is `partnership explore`
itself, started at the step What follows; stock Voila serves the same widget, without what is drawn into our page beforehand;
Panel and Streamlit show the headline, the charts and one slider, without the rest of the step. They run side by side, warm,
and take turns: in each turn each page is opened in a fresh context of one Chromium, and an arrow key is pressed on its slider
until every chart has changed, then some more keys. Every time is taken in the page, once a frame, from the beginning of the
navigation or from the key. First content is there when the headline and all charts are painted, by whatever drew them; keys
are pressed once the charts live, and count when the living ones change. Panel and Streamlit run in
environments of their own, made with pip when they are missing. It needs what `make test` installs, and Linux for memory.
Nothing is asserted: the goals stand beside what was measured, and so does the machine's load.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from peers.measuring import further_session, load, open_browser
from peers.servers import PRODUCTS, running
from peers.what_follows import CASE, CHARTS, label

if TYPE_CHECKING:
    from peers.measuring import Load
    from peers.servers import Server
    from playwright.sync_api import Browser

LOADS, PAGES = 7, 3
# Each column with the number of digits in which it is printed.
COLUMNS = {
    "until a key moves every chart, s": 2,
    "first content, s": 2,
    "key to the last change of all charts, ms": 0,
    "a further session, MB": 1,
}
FIRST_KEY, CONTENT, ANSWER, SESSION = COLUMNS


@dataclass(frozen=True)
class Goal:
    """What we want to be at most: so many times a peer's figure, or the best one's of several."""

    column: str
    most: float
    peers: tuple[str, ...]


GOALS = (
    Goal(FIRST_KEY, 1.0, ("streamlit",)),
    Goal(FIRST_KEY, 1.5, ("panel",)),
    Goal(FIRST_KEY, 0.45, ("stock",)),
    Goal(CONTENT, 0.5, ("panel",)),
    Goal(ANSWER, 0.4, ("panel", "streamlit")),
    Goal(SESSION, 0.35, ("stock",)),
)
Figures = dict[str, dict[str, float]]


def measure(browser: Browser, servers: dict[str, Server], loads: int, pages: int) -> Figures:
    """Load each product's page in turn, then look at the memory of further pages; the first load of each only warms it up."""
    charts = len(CHARTS)
    found: dict[str, list[Load]] = {key: [] for key in servers}
    for turn in range(loads + 1):
        for key, server in servers.items():
            one = load(browser, server, charts)
            if turn:
                found[key].append(one)
        print(f"turn {turn} of {loads}" if turn else "all are warm", file=sys.stderr)
    return {
        key: {
            FIRST_KEY: statistics.median(one.key_moves for one in found[key]),
            CONTENT: statistics.median(one.content for one in found[key]),
            ANSWER: statistics.median(time for one in found[key] for time in one.answers),
            SESSION: further_session(browser, server, charts, pages),
        }
        for key, server in servers.items()
    }


def table(figures: Figures) -> str:
    """Write what was measured as Markdown, a row for each product."""
    rows = [f"| | {' | '.join(COLUMNS)} |", f"|---|{'---:|' * len(COLUMNS)}"]
    for key, row in figures.items():
        cells = [f"{row[column]:.{digits}f}" for column, digits in COLUMNS.items()]
        rows.append(f"| {PRODUCTS[key].name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def goals(figures: Figures) -> str:
    """Write the goals beside what was measured; those whose peers were left out are not there."""
    rows = ["| goal | at most | measured | reached |", "|---|---:|---:|---|"]
    for goal in GOALS:
        if not {"ours", *goal.peers} <= set(figures):
            continue
        best = min(goal.peers, key=lambda peer: figures[peer][goal.column])
        times = figures["ours"][goal.column] / figures[best][goal.column]
        reached = "yes" if times <= goal.most else "no"
        rows.append(f"| {goal.column.rpartition(',')[0]}, against {PRODUCTS[best].name} | {goal.most:g} | {times:.2f} | {reached} |")
    return "\n".join(rows)


def _load() -> str:
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PRODUCTS), help="which products, for example ours,panel (default: %(default)s)")
    parser.add_argument("--loads", type=int, default=LOADS, help="how often each page is loaded (default: %(default)s)")
    parser.add_argument("--pages", type=int, default=PAGES, help="how many further pages memory is averaged over (default: %(default)s)")
    arguments = parser.parse_args()
    arguments.only = arguments.only.split(",")
    if unknown := set(arguments.only) - set(PRODUCTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(PRODUCTS)}")
    if min(arguments.loads, arguments.pages) < 1:
        parser.error("give at least one load and one page")
    return arguments


def _stop(*_: object) -> NoReturn:
    """Leave in good order: what was opened is closed on the way out."""
    sys.exit("Stopped.")


def main() -> None:
    """Start the products, measure them and print the tables."""
    arguments = _arguments()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    before = _load()
    with ExitStack() as stack:
        servers = {key: stack.enter_context(running(PRODUCTS[key])) for key in PRODUCTS if key in arguments.only}
        browser = stack.enter_context(open_browser())
        figures = measure(browser, servers, arguments.loads, arguments.pages)
        chromium = browser.version
    print(f"The step What follows of {CASE}: {len(CHARTS)} charts, the slider of “{label()}”. Chromium {chromium}, {os.cpu_count()} cores.")
    print(f"Medians of {arguments.loads} loads and five keys each; memory over {arguments.pages} pages.")
    print(f"Load of the machine (1, 5, 15 minutes): before {before}; after {_load()}.\n")
    print(table(figures))
    if "ours" in figures:
        print(f"\n{goals(figures)}")


if __name__ == "__main__":
    main()
