"""Passwords and tokens: in the system's keyring or asked each time, never anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import UserError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "nitaq"
_KEEPERS = frozenset(f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows"))
"""Backends that really keep a secret; whatever else is installed (plain text, none at all) is refused."""


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
            return backend.get_password(SERVICE, account)
        except Exception:  # a locked keyring raises whatever its backend's bus does; the password is then asked for
            return None

    def set(self, account: str, secret: str) -> None:
        """Raises UserError `secret.unavailable` where the keyring is missing, locked or refuses."""
        backend = _backend()
        if backend is None:
            raise UserError("secret.unavailable")
        try:
            backend.set_password(SERVICE, account, secret)
        except Exception as error:
            raise UserError("secret.unavailable") from error

    def forget(self, account: str) -> None:
        """What is not there is forgotten already. Raises UserError `secret.unavailable` where the keyring is locked or refuses."""
        from keyring.errors import PasswordDeleteError

        backend = _backend()
        if backend is None:
            return
        try:
            backend.delete_password(SERVICE, account)
        except PasswordDeleteError:
            return
        except Exception as error:
            raise UserError("secret.unavailable") from error


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
