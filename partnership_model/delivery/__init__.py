"""How it reaches people: command line, dashboards' server, papermill runs and reports."""

import sys

# Altair and nbformat ask for a check of web addresses that compiles a grammar when imported: a second, for nothing.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
