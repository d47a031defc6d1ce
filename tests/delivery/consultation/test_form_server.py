"""Of a form that is too long the beginning is read, in whole letters, and in a time that does not depend on what stands in it."""

from __future__ import annotations

import time
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.delivery.consultation.form_server import LARGEST_FORM, whole_letters


@given(st.text(max_size=12), st.integers(0, 60))
def test_what_is_cut_anywhere_reads_as_the_letters_before_it(text: str, cut: int) -> None:
    text = text.encode(errors="ignore").decode()
    whole = whole_letters(quote(text, safe="").encode()[:cut]).decode()
    assert text.startswith(unquote(whole, errors="strict"))
    assert len(whole) > cut - 3 * 4 or whole == quote(text, safe="")


@pytest.mark.parametrize("unit", [b"%41", b"%C3%A9", b"%", b"%4", b"%F0", b"%BF", b"%C3", b"a=%41"])
@pytest.mark.parametrize("end", [b"", b"x" * 40, b"&x=1"])
def test_no_form_can_be_made_that_takes_long_to_cut(unit: bytes, end: bytes) -> None:
    body = (unit * LARGEST_FORM)[: LARGEST_FORM - len(end)] + end
    began = time.process_time()
    assert len(whole_letters(body)) > LARGEST_FORM - 12
    assert time.process_time() - began < 0.05
