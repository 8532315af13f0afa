"""Passwords and tokens: in the system's keyring or asked each time, never anywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from app.errors import UserError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

    from app.model import Looked

SERVICE = "nitaq"
_KEEPERS = frozenset(f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows"))
"""Backends that really keep a secret; whatever else is installed (plain text, none at all) is refused."""
_ROOM = {"keyring.backends.Windows": 600}
"""Characters that surely fit an entry where its room is small: Windows takes 2,560 octets of UTF-16, and tokens are longer."""
_DIVIDED = re.compile("\x1e([0-9a-f]{8}) ([0-9]{1,4})\x1e")
"""Begins an entry that is only the first part of a secret: the others' mark, and how many parts there are. No password begins like that."""


class Keyring:
    """The system's keyring. Each call may block while the system asks the user to unlock it."""

    def available(self) -> bool:
        return _backend() is not None

    def get(self, account: str) -> str | None:
        """The secret of an account named by its source; None where there is none, or no keyring that would tell."""
        backend = _backend()
        if backend is None:
            return None
        try:
            first = backend.get_password(SERVICE, account)
            parts = [first, *(backend.get_password(SERVICE, name) for name in _other_parts(account, first))]
        except Exception:  # a locked keyring raises whatever its backend's bus does; the password is then asked for
            return None
        whole = [part for part in parts if part is not None]
        return _DIVIDED.sub("", "".join(whole), count=1) if len(whole) == len(parts) else None

    def look(self, account: str) -> Looked:
        """Whether there is anything of an account; UNSEEN where there is no keyring, or where it is locked and stays so."""
        from app.model import Looked  # not before the first picture

        backend = _backend()
        if backend is None:
            return Looked.UNSEEN
        try:
            return Looked.NOT_THERE if backend.get_password(SERVICE, account) is None else Looked.THERE
        except Exception:
            return Looked.UNSEEN

    def set(self, account: str, secret: str) -> None:
        """Raises UserError `secret.unavailable` where the keyring is missing, locked or refuses; the earlier secret is then still there."""
        backend = _backend()
        if backend is None:
            raise UserError("secret.unavailable")
        first, others = _divided(account, secret, _ROOM.get(type(backend).__module__))
        try:
            over = _other_parts(account, backend.get_password(SERVICE, account))
            for name, part in others.items():
                backend.set_password(SERVICE, name, part)
            backend.set_password(SERVICE, account, first)
        except Exception as error:
            _sweep(backend, others)
            raise UserError("secret.unavailable") from error
        _sweep(backend, over)

    def forget(self, account: str) -> None:
        """What is not there is forgotten already; without a keyring nothing can be done. Raises UserError `secret.locked` where it is locked or refuses."""
        backend = _backend()
        if backend is None:
            return
        try:
            for name in (*_other_parts(account, backend.get_password(SERVICE, account)), account):
                _delete(backend, name)
        except Exception as error:
            raise UserError("secret.locked") from error


def keepers() -> tuple[str, ...]:
    """The backends that are installed and would keep a secret, whether or not this session lets them."""
    import sys

    from keyring.backend import get_all_keyring

    get_all_keyring()
    return tuple(sorted(_KEEPERS & set(sys.modules)))


def _backend() -> KeyringBackend | None:
    """The first backend that keeps secrets. It is used directly: a chain would go on to the next, which may be a plain file."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    backends = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return next((backend for backend in backends if type(backend).__module__ in _KEEPERS), None)


def _divided(account: str, secret: str, room: int | None) -> tuple[str, dict[str, str]]:
    """What the account's own entry holds, and the other entries by name. These get new names each time, so that old and new are never mixed."""
    if room is None or len(secret) <= room:
        return secret, {}
    parts = [secret[at : at + room] for at in range(0, len(secret), room)]
    from secrets import token_hex  # loads the whole of OpenSSL, which a window that has just been started does without

    first = f"\x1e{token_hex(4)} {len(parts)}\x1e{parts[0]}"
    return first, dict(zip(_other_parts(account, first), parts[1:], strict=True))


def _other_parts(account: str, first: str | None) -> tuple[str, ...]:
    """The names of the entries that go on where the first one ends."""
    found = _DIVIDED.match(first or "")
    return tuple(f"{account} {found[1]} {n}" for n in range(2, int(found[2]) + 1)) if found else ()


def _sweep(backend: KeyringBackend, names: Iterable[str]) -> None:
    """Parts that belong to nothing, as far as the keyring lets them go."""
    for name in names:
        with suppress(Exception):
            backend.delete_password(SERVICE, name)


def _delete(backend: KeyringBackend, name: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        backend.delete_password(SERVICE, name)
    except PasswordDeleteError:
        return
