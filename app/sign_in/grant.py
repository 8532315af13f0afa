"""What a user's consent gives: tokens, kept as one secret in the system's keyring."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

_EARLY = 90
"""Seconds before its end that an access token is renewed, so that it lasts until the server has looked at it."""


@dataclass(frozen=True, slots=True)
class Grant:
    access_token: str = field(default="", repr=False)
    expires: int = 0
    """Unix seconds; 0: at once."""
    refresh_token: str = field(default="", repr=False)
    """Empty where the service gave none: then the user signs in again."""
    client_secret: str = field(default="", repr=False)
    """Of the user's own client; Google wants one from desktop programs too."""

    def usable(self, now: float) -> bool:
        return bool(self.access_token) and now < self.expires - _EARLY

    def to_secret(self) -> str:
        return json.dumps(asdict(self))


def grant_of(secret: str | None) -> Grant:
    """The grant in a keyring's secret; an empty one where there is none or something else."""
    try:
        fields = json.loads(secret or "")
        return Grant(str(fields["access_token"]), int(fields["expires"]), str(fields["refresh_token"]), str(fields["client_secret"]))
    except (ValueError, KeyError, TypeError):
        return Grant()
