"""The plain pages that the dashboards' server answers with when there is no dashboard to show."""

from __future__ import annotations

import base64
import hashlib
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
a {{ display: inline-block; min-height: 24px; padding: 10px 0; color: #0b5394; font-weight: 600; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>{link}
</main>
</body>
</html>
"""


# What stands behind the # of a link, such as what somebody chose, is not known to a server.
_KEEP = 'document.querySelector("a").hash = location.hash;'
SCRIPT_HASH = f"sha256-{base64.b64encode(hashlib.sha256(_KEEP.encode()).digest()).decode()}"


def message_page(title: str, text: str, *, refresh: str = "", link: str = "") -> str:
    """Write a page of one heading and one paragraph, which may ask the browser to move on by itself, or lead to the first page."""
    meta = f'\n<meta http-equiv="refresh" content="{escape(refresh)}">' if refresh else ""
    way = f'\n<p><a href="/">{escape(link)}</a></p>\n<script>{_KEEP}</script>' if link else ""
    return _PAGE.format(title=escape(title), text=escape(text), refresh=meta, link=way)


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
OPENING = message_page("Opening the workbook…", "", refresh="0; url=/")
FROM_ELSEWHERE = message_page(
    "A link on another page led here",
    "If the workbook is open in this browser already, go on here. If not, please use the address that is printed in the terminal "
    "where the workbook was started; no other page can open it.",
    link="Open the workbook",
)
INVITATION = message_page(
    "The workbook is ready",
    "Nothing has been opened yet, because another page or a login led here.",
    link="Open the workbook",
)
COOKIES_OFF = message_page(
    "The workbook needs one cookie",
    "It says which open page is yours, holds nothing else and ends within a day. Please allow cookies for this address, then try again.",
    link="Try again",
)
NOT_THROUGH_THE_PROXY = message_page(
    "The workbook is behind a login",
    "Please use the address that you were given. If you came by it, the person who runs this server has to look: the login's proxy "
    "does not prove itself to the workbook.",
)
WRONG_ADDRESS = message_page("The workbook does not answer to this address", "Please use the address that you were given.")
NOT_FOUND = message_page("There is nothing at this address", "The workbook has one front page.", link="Open the workbook")
FULL = message_page(
    "The workbook is open in too many places",
    "As soon as somebody closes theirs there is a place for you: this page tries again every five seconds.",
    refresh="5",
)
BROKEN = message_page(
    "The workbook could not be opened",
    "Please reload the page. If it happens again, the terminal where the workbook was started says where the details are.",
)
