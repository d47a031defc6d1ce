"""`partnership explore`, opened at the step with its charts: the same server, kernels and page; only the notebook is another."""

from __future__ import annotations

from pathlib import Path

from peers.what_follows import CASE

from partnership_model.delivery.server import serve
from partnership_model.knowledge.shipped import find_case

NOTEBOOK = Path(__file__).with_name("what_follows.ipynb")

if __name__ == "__main__":
    serve(find_case(CASE), port=0, open_browser=False, notebooks={NOTEBOOK.stem: NOTEBOOK})
