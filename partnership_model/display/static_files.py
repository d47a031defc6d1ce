"""The styles and scripts that pages carry, read from their files and joined in their order."""

from __future__ import annotations

from importlib import resources

# The last word on the size of what fingers press belongs to the last of them.
PAGE_STYLES = (
    "page.css",
    "dashboard.css",
    "weighing.css",
    "history.css",
    "judgements.css",
    "how_sure.css",
    "keep.css",
    "fingers.css",
)


def static_text(*names: str) -> str:
    """Join some files of the folder `static`."""
    folder = resources.files("partnership_model.display").joinpath("static")
    return "\n".join(folder.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in names)
