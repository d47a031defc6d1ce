"""What Typst does for us: pictures of drawings."""

from __future__ import annotations

import io

from PIL import Image, ImageChops

from partnership_model.delivery.typesetting import pictures

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="30" font-family="Arial, sans-serif"><text y="20">{1}</text></svg>'


def test_pictures_come_in_order_with_two_dots_for_each_pixel_of_a_drawing() -> None:
    assert pictures([]) == []
    found = [Image.open(io.BytesIO(one)) for one in pictures([DRAWING.format(90, "one"), DRAWING.format(60, "two")])]
    assert [one.size for one in found] == [(180, 60), (120, 60)]
    (alone,) = pictures([DRAWING.format(60, "two")])
    assert Image.open(io.BytesIO(alone)).tobytes() == found[1].tobytes()


def test_a_picture_is_see_through_where_nothing_is_drawn_and_has_the_letters() -> None:
    one, other = (Image.open(io.BytesIO(found)) for found in pictures([DRAWING.format(90, "one"), DRAWING.format(90, "two")]))
    assert one.getpixel((179, 0))[3] == 0
    assert ImageChops.difference(one.convert("RGBA"), other.convert("RGBA")).getbbox() is not None
