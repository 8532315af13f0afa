"""What the user gave and no keyring keeps: in memory, until the window is closed."""

from __future__ import annotations


class GivenSecrets:
    """By the source of their account."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"GivenSecrets of {len(self._given)}"

    def get(self, source: str) -> str | None:
        return self._given.get(source)

    def keep(self, source: str, secret: str) -> None:
        self._given[source] = secret

    def forget(self, source: str) -> None:
        """Also where it was not accepted: then it is asked for again."""
        self._given.pop(source, None)
