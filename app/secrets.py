"""Passwords and tokens: in the system's keyring or asked each time, never anywhere else."""

from __future__ import annotations

from app.errors import UserError

SERVICE = "nitaq"


def _keyring_names() -> tuple[str, ...]:
    """Backends that really keep a secret; plain-text and null backends are refused."""
    return ("keyring.backends.SecretService", "keyring.backends.kwallet", "keyring.backends.macOS", "keyring.backends.Windows", "keyring.backends.libsecret")


class Keyring:
    """The system's keyring. Each call may block while the system asks the user to unlock it."""

    def available(self) -> bool:
        import keyring
        from keyring.backends import chainer

        backend = keyring.get_keyring()
        backends = backend.backends if isinstance(backend, chainer.ChainerBackend) else [backend]
        return any(type(b).__module__.startswith(_keyring_names()) for b in backends)

    def get(self, account: str) -> str | None:
        """The secret of an account named by its source; None where there is none or no keyring."""
        import keyring
        from keyring.errors import KeyringError

        if not self.available():
            return None
        try:
            return keyring.get_password(SERVICE, account)
        except KeyringError:
            return None

    def set(self, account: str, secret: str) -> None:
        """Raises UserError `secret.unavailable` where the keyring is missing, locked or refuses."""
        import keyring
        from keyring.errors import KeyringError

        if not self.available():
            raise UserError("secret.unavailable")
        try:
            keyring.set_password(SERVICE, account, secret)
        except KeyringError as error:
            raise UserError("secret.unavailable") from error

    def forget(self, account: str) -> None:
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        if self.available():
            try:
                keyring.delete_password(SERVICE, account)
            except PasswordDeleteError:
                return  # there was none
            except KeyringError as error:
                raise UserError("secret.unavailable") from error
