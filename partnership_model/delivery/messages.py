"""The plain pages that the dashboards' server answers with when there is no dashboard to show."""

from __future__ import annotations

from html import escape

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{refresh}
<title>{title} - Partnership Model</title>
<link rel="icon" href="data:,">
<style>
body {{ margin: 48px 24px; font: 18px/1.5 system-ui, sans-serif; color: #1b1f24; background: #f6f7f9; }}
main {{ max-width: 34em; margin: 0 auto; padding: 24px; background: #fff; }}
main {{ border: 1px solid #d5d9df; border-radius: 8px; }}
h1 {{ margin: 0 0 8px; font-size: 24px; line-height: 1.25; }}
p {{ margin: 8px 0 0; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
"""


def message_page(title: str, text: str, *, refresh: str = "") -> str:
    """Write a page of one heading and one paragraph, which may ask the browser to move on by itself."""
    meta = f'\n<meta http-equiv="refresh" content="{escape(refresh)}">' if refresh else ""
    return _PAGE.format(title=escape(title), text=escape(text), refresh=meta)


REFUSED = message_page(
    "This workbook is private to this computer",
    "Please use the address that is printed in the terminal where the workbook was started. It opens the workbook "
    "in one browser, once. For a new address, stop the workbook there with Ctrl-C and start it again.",
)
WRONG_HOST = message_page(
    "The workbook does not answer to this address",
    "Please use the address that is printed in the terminal where the workbook was started; it begins with "
    "http://127.0.0.1 or http://localhost.",
)
NOT_FOUND = message_page("There is nothing at this address", "The workbook's first page is at the address without anything after the port.")
FULL = message_page(
    "The workbook is open in too many places",
    "Please close a tab in which it is open. This page tries again every ten seconds.",
    refresh="10",
)
BROKEN = message_page(
    "The workbook could not be opened",
    "Please reload the page. If it happens again, the terminal where the workbook was started says where the details are.",
)
