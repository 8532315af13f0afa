"""What can go wrong, as codes and parameters, sorted by who can mend it. Sentences are in `app/error_text.py`."""

from __future__ import annotations


class NitaqError(Exception):
    """The root: a code of the public interface and the values its sentence needs; never a sentence, never a secret."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.params.items())])


class UserError(NitaqError):
    """The user can mend it: a wrong password, a file that cannot be read, a folder that cannot be written."""


class WorldError(NitaqError):
    """Something outside failed: the network, the server, the disk. Trying again later may help."""


class Refused(NitaqError):
    """Going on would have been unsafe (a certificate, a downgrade, data injected before encryption): nothing was sent."""
