"""A grant while it is in use: access tokens for as long as the user's permission lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.sign_in.grant import Grant
from app.sign_in.tokens import Tokens


class Renewal:
    """`keep` is told each grant that takes the place of an earlier one, which the service may no longer accept."""

    def __init__(self, tokens: Tokens, grant: Grant, keep: Callable[[Grant], None]) -> None:
        self._tokens, self._grant, self._keep = tokens, grant, keep

    def token(self, refused: str = "") -> str:
        """An access token that lasts and is not the one that the mail server refused (a `Connection.token`). Raises what `Tokens` raises."""
        kept = replace(self._grant, access_token="") if refused and refused == self._grant.access_token else self._grant
        fresh = self._tokens.fresh(kept)
        if fresh != self._grant:
            self._grant = fresh
            self._keep(fresh)
        return fresh.access_token
