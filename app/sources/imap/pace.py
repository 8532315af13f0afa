"""How headers are asked for: whole or the wanted fields alone, as they are or compressed. Chosen by timing the first batches on the user's own server.

Over a fast link whole headers cost a server the least by far; over a slow one what counts is how few octets there are.
"""

from __future__ import annotations

from typing import NamedTuple

from app.sources.imap import bounds


class Way(NamedTuple):
    """One way to ask."""

    fields: bool = False
    """Only the fields that are read (`app.mail.headers.WANTED`)."""
    compressed: bool = False
    """COMPRESS=DEFLATE (RFC 4978), which cannot be taken back on one connection."""


class Timing(NamedTuple):
    """What a stretch of batches took."""

    messages: int
    seconds: float
    waited: float
    """Seconds of these in which nothing was left to do but wait for the server."""
    octets: int
    """As they came over the line."""


class Pace:
    """What has been found out about one server so far, and the way to ask it next."""

    def __init__(self) -> None:
        self.way = Way()
        self.settled = False
        self.faithful = False
        """The wanted fields alone were seen to be those of the whole headers."""
        self._cost: dict[Way, float] = {}

    @property
    def begun(self) -> bool:
        """Something has been timed, and another way is to be tried."""
        return bool(self._cost)

    def refused(self) -> None:
        """The server does not do what it offered, or not so that the same is read: the best of the others stays."""
        self._cost[self.way] = float("inf")
        self._go_on()

    def took(self, timing: Timing) -> None:
        """A stretch in `way` is over; choose what to try next, or settle."""
        self._cost[self.way] = timing.seconds / timing.messages
        if len(self._cost) == 1 and not _is_slow(timing):
            self.settled = True
        else:
            self._go_on()

    def _go_on(self) -> None:
        best = min(self._cost, key=lambda way: self._cost[way])
        untried = [way for way in (Way(fields=True), best._replace(compressed=True)) if way not in self._cost]
        if untried and not self.way.compressed:
            self.way = untried[0]
        else:
            self.way, self.settled = best, True


def _is_slow(timing: Timing) -> bool:
    """Whether the link is what a scan waits for: a server compresses about as many octets a second as `bounds.FAST_LINK`."""
    return timing.waited > timing.seconds * bounds.IDLE and timing.octets <= timing.waited * bounds.FAST_LINK
