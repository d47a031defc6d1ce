"""Finds an installed Chrome or Chromium; run as a program, it says where, or installs Debian's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    str(Path.home() / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    str(Path.home() / "AppData/Local/Google/Chrome/Application/chrome.exe"),
    r"C:\Program Files\Chromium\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
ADVICE = "No Chrome or Chromium was found: please install one (https://www.google.com/chrome), then try again."


def find() -> str | None:
    """Give the path of a browser, or None."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    for place in PLACES:
        if Path(place).is_file():
            return place
    return None


def install() -> None:
    """Install Debian's Chromium, with its own messages sent to the error stream."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *arguments], check=False, env=environment, stdout=sys.stderr)


def main() -> int:
    """Print the browser's path, installing it first where this may be done without asking."""
    path = find()
    if path is None and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        install()
        path = find()
    sys.stdout.write(f"{path or ADVICE}\n")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
