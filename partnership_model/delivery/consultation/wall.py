"""What stands on the wall for people to join: the address, the code and, where the hall has one, its Wi-Fi."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import segno
from segno import helpers

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.kept_rows import Session

LONGEST_NAME = 32  # letters of a network's name, by the standard of Wi-Fi
LONGEST_PASSWORD = 63


@dataclass
class Wall:
    """What the projector shows beside the pictures; kept in memory alone, since a password of the hall's is nobody else's.

    Attributes:
        hall: the address of the forms.
        wifi, password: of the hall's network; "" where it is not shown, or open.
        said: which few of the approved comments the hall sees; None while they are hidden, as they are after a start.
    """

    hall: str
    wifi: str = ""
    password: str = ""
    said: int | None = None

    @property
    def only_here(self) -> bool:
        """Say whether nobody but this computer can open the address."""
        return urlsplit(self.hall).hostname in ("127.0.0.1", "::1", "localhost")

    def name_wifi(self, wifi: str, password: str) -> None:
        """Take the network's name and its password."""
        self.wifi, self.password = wifi.strip()[:LONGEST_NAME], password.strip()[:LONGEST_PASSWORD]

    def join_code(self, session: Session) -> str:
        """Draw the QR code that leads to a session's form; in capitals it is smaller."""
        return _svg(segno.make(f"{self.hall}/{session.code}".upper(), micro=False, error="m"))

    def wifi_code(self) -> str:
        """Draw the QR code that takes a telephone into the network; nothing where none is shown."""
        if not self.wifi:
            return ""
        return _svg(helpers.make_wifi(ssid=self.wifi, password=self.password or None, security="WPA" if self.password else None))


def _svg(code: segno.QRCode) -> str:
    """Draw a code that scales; its text stands beside it, so pages hide it from screen readers."""
    return str(code.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None))
