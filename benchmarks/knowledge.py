"""How long the knowledge base takes to load in a dashboard's kernel, against checking it anew: `python benchmarks/knowledge.py`.

Each measurement is a fresh process that has imported what a dashboard's kernel imports, as a kernel has when it opens its first page.
The limit of 150 ms is one that a person feels; it is printed with the machine's load and never asserted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys

RUNS = 11
LIMIT = 150  # milliseconds
LOADING = """
import time
import partnership_model.display.widgets
from partnership_model.knowledge.reading import check_knowledge, read_knowledge
begin = time.perf_counter()
{what}
print((time.perf_counter() - begin) * 1000)
"""
WAYS = {"kept from the last check": "read_knowledge()", "checked anew": "check_knowledge()"}


def median(what: str) -> float:
    """Time one way in fresh processes, in milliseconds."""
    code = LOADING.format(what=what)
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(RUNS)]
    return statistics.median(float(run.stdout) for run in runs)


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    subprocess.run([sys.executable, "-c", "from partnership_model.knowledge.reading import read_knowledge; read_knowledge()"], check=True)
    found = {name: median(what) for name, what in WAYS.items()}
    kept, anew = found.values()
    print("| knowledge base | milliseconds, median of 11 |\n|---|---|")
    for name, time in found.items():
        print(f"| {name} | {time:.0f} |")
    print(f"\nKept is {anew / kept:.1f} times faster; the limit is {LIMIT} ms. Load of the machine: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
