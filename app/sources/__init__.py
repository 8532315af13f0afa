"""Where mail comes from: `open_source()` turns the words of a call into a source."""

from __future__ import annotations

from pathlib import Path

from app.sources.address import SAMPLE, Connection, ServerAddress, is_server, normalised, owner_of, parse_address
from app.sources.base import Source
from app.sources.path_text import path_of

__all__ = ["SAMPLE", "Connection", "ServerAddress", "Source", "is_server", "normalised", "open_source", "owner_of", "owners_of", "parse_address"]


def owners_of(source: str) -> tuple[str, ...]:
    """The e-mail addresses whose mail it is, as far as that is known without reading any."""
    if source == SAMPLE or is_server(source):
        return tuple(filter(None, (owner_of(source),)))
    from app.sources.thunderbird import addresses_in

    return addresses_in(Path(path_of(source)))


def open_source(source: str, connection: Connection | None = None) -> Source:
    """Open `imaps://USER@HOST[:PORT]`, `imap://USER@HOST[:PORT]`, `sample`, or a path. Raises NitaqError."""
    if source == SAMPLE:
        from app.sources.sample import SampleSource

        return SampleSource()
    if is_server(source):
        from app.sources.imap import ImapSource

        return ImapSource(parse_address(source), connection or Connection())
    from app.sources.files import FilesSource

    return FilesSource(Path(path_of(source)))
