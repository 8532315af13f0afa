"""What an audit is kept under: its source, or of several mailboxes as one the list of their sources."""

from __future__ import annotations

from collections.abc import Iterable

_BEGIN = "["
"""No source begins so: they are addresses, absolute paths, or `sample`."""


def key_of(sources: Iterable[str]) -> str:
    """What an audit is kept under: its source, or the list of its sources."""
    unique = sorted(set(sources))
    if len(unique) == 1:
        return unique[0]
    import json

    return json.dumps(unique)


def sources_of(key: str) -> tuple[str, ...]:
    """The sources of an audit by its key."""
    if not is_several(key):
        return (key,)
    import json

    return tuple(json.loads(key))


def is_several(key: str) -> bool:
    return key.startswith(_BEGIN)
