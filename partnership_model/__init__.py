"""Help English schools choose how to work together."""

import sys

__version__ = "0.1.0"

# jsonschema, which Altair and nbformat import, then compiles a grammar for one rarely used format, which takes longer than all
# the rest of them (python-jsonschema/jsonschema#1521); without that package it leaves the format out, as its documentation says.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
