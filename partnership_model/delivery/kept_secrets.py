"""Secrets that outlive a run: each is made on first use in a file that only this user can read."""

from __future__ import annotations

import os
import re
import secrets
import stat
import tempfile
from pathlib import Path

import platformdirs

from partnership_model.errors import PartnershipError

SECRET_BYTES = 32
PROOF = re.compile(r"[A-Za-z0-9_-]{43}")


def _folder() -> Path:
    return platformdirs.user_data_path("partnership-model", appauthor=False)


def cookie_secret(folder: Path | None = None) -> bytes:
    """Read the secret that signs cookies, or make a new one where there is none that stayed private."""
    path = (folder or _folder()) / "cookie-secret"
    try:
        kept = path.read_bytes() if _private(path) else b""
        return kept if len(kept) == SECRET_BYTES else _write(path, secrets.token_bytes(SECRET_BYTES))
    except OSError:
        # A home that cannot be written to costs no more than a new address after each restart.
        return secrets.token_bytes(SECRET_BYTES)


def proxy_proof(folder: Path | None = None) -> tuple[str, Path]:
    """Read what the proxy proves itself with, and say where it is kept.

    Raises:
        PartnershipError: if it cannot be kept, or others could have read it; the proxy would have to be told a new one.
    """
    path = (folder or _folder()) / "proxy-proof"
    advice = "Delete it; the next start makes a new one, which the proxy has to be given again."
    try:
        if not path.exists():
            _write(path, secrets.token_urlsafe(SECRET_BYTES).encode() + b"\n")
        if not _private(path):
            message = f"{path} holds what the proxy proves itself with, and others on this computer can read it. {advice}"
            raise PartnershipError(message)
        kept = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        message = f"{path} has to hold what the proxy proves itself with: {error.strerror}."
        raise PartnershipError(message) from error
    if not PROOF.fullmatch(kept):
        message = f"{path} does not hold a proof as this program writes it: 43 letters, digits, - or _. {advice}"
        raise PartnershipError(message)
    return kept, path


def _private(path: Path) -> bool:
    """Say whether the file is there and nobody else could have read it."""
    return path.is_file() and (os.name != "posix" or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0)


def _write(path: Path, secret: bytes) -> bytes:
    """Store a new secret in one step, readable by this user alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
    Path(temporary).replace(path)
    return secret
