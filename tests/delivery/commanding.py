"""What tests of the command line share: what a command said and how it ended."""

from __future__ import annotations


class Said:
    """What a command said and how it ended."""

    def __init__(self, code: object, out: str, err: str) -> None:
        """Keep it, and refuse a traceback."""
        self.code, self.out, self.err = code, out, err
        assert "Traceback" not in out + err
        assert 'File "' not in out + err
