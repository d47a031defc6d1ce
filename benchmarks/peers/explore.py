"""`partnership explore` as everybody starts it, opened at the step with its charts."""

from __future__ import annotations

import os

from peers.what_follows import CASE

from partnership_model.delivery.server import serve
from partnership_model.display.widgets import STEP_VARIABLE
from partnership_model.knowledge.shipped import find_case

if __name__ == "__main__":
    os.environ[STEP_VARIABLE] = "what_follows"
    serve(find_case(CASE), port=0, open_browser=False)
