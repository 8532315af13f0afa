"""The folder on disk: one workspace, and one cache for each source. Only its owner may look into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.errors import WorldError
from app.store.database import remove, store_errors
from app.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from app.store.cache import Cache


_BLOCK, _LONGEST = 1 << 20, 8_192


class StoreFolder:
    """Where everything is kept; made if missing."""

    def __init__(self, path: Path) -> None:
        self.path, self._caches = path, path / "caches"
        with store_errors(path):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def workspace(self) -> Workspace:
        return Workspace(self.path / "workspace.sqlite")

    def cache(self, source: str) -> Cache:
        """The cache of a source named as on the command line or in the report's scope."""
        from app.store.cache import Cache  # a window that has just been started opens none

        return Cache(self._cache_path(source))

    def cache_to_fill(self, source: str) -> tuple[Cache, Path | None]:
        """The same for the engine. One that is damaged is set aside first (its new path is given), since the mailbox can be read again."""
        from app.store.cache import Cache

        path = self._cache_path(source)
        try:
            cache = Cache(path)
            if cache.is_sound():
                return cache, None
            cache.close()
        except WorldError as error:
            if error.code != "store.damaged":
                raise
        aside = self.set_aside(path)
        return Cache(path), aside

    def set_aside(self, path: Path) -> Path | None:
        """Put a damaged cache, which nobody may have open, out of the way; gives its new path, None for any other file."""
        if path.parent != self._caches:
            return None
        with store_errors(path):
            aside = path.replace(_aside(path))
            remove(path)
        return aside

    def has_cache(self, source: str) -> bool:
        return self._cache_path(source).exists()

    def octets(self, source: str) -> int:
        """Of the files of a source's cache."""
        path = self._cache_path(source)
        with store_errors(path):
            return sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))

    def is_set_aside(self, source: str) -> bool:
        """Whether a damaged cache of it lies beside."""
        return _aside(self._cache_path(source)).exists()

    def naming(self, source: str, others: Iterable[str] = ()) -> tuple[str, ...]:
        """The files here that still belong to a source or name it, by reading all of them. What names one of the `others` is not meant."""
        path = self._cache_path(source)
        longer = sorted({form for each in others if source in each and each != source for form in _spellings(each)}, key=len, reverse=True)
        wanted = b"|".join(map(re.escape, _spellings(source)))
        name = re.compile(b"|".join([*map(re.escape, longer), b"(" + wanted + rb")(?![\w./@%-])"]))
        with store_errors(self.path):
            files = sorted(each for each in self.path.rglob("*") if each.is_file())
            return tuple(str(each) for each in files if each.stem == path.stem or _holds(each, name))

    def forget(self, source: str) -> None:
        """Unlink the cache of a source, and one that was set aside."""
        path = self._cache_path(source)
        with store_errors(self.path):
            remove(path)
            remove(_aside(path))

    def _cache_path(self, source: str) -> Path:
        from hashlib import blake2b

        return self._caches / f"{blake2b(source.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}.sqlite"


def _spellings(source: str) -> set[bytes]:
    """As it is, and as it stands in a list of sources (`app.audit_key`)."""
    import json

    return {source.encode("utf-8", "surrogatepass"), json.dumps(source)[1:-1].encode()}


def _holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Read in pieces that overlap by twice the length of any name, so that each name is judged once, with all that stands around it."""
    held, judged = b"", 0
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            piece = held + block
            whole = len(piece) - _LONGEST if block else len(piece)
            if any(found[1] is not None and judged < found.end() <= whole for found in pattern.finditer(piece)):
                return True
            if not block:
                return False
            held = piece[-2 * _LONGEST :]
            judged = max(0, len(held) - _LONGEST)


def _aside(path: Path) -> Path:
    return path.with_suffix(".damaged")
