"""Who has written how much, while a scan goes on: each look counts only what was stored since the last one."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

from app.store.folder import StoreFolder

SHOWN = 5


class LiveSenders:
    """The senders of one source so far. A look takes time: off the window's thread, one after the other."""

    def __init__(self, folder: StoreFolder, source: str) -> None:
        self._folder, self._source = folder, source
        self._seen = 0
        self._counts: Counter[str] = Counter()

    def look(self) -> tuple[tuple[str, int], ...]:
        """The domains (registrable, as people read them) that wrote most, and how many messages; those without a readable author left out."""
        from app.domains import registrable, to_unicode  # a window that has just been started needs neither

        if not self._folder.has_cache(self._source):
            return ()
        with closing(self._folder.cache(self._source)) as cache:
            self._seen, hosts = cache.stored_behind(self._seen)
        for host, messages in hosts.items():
            self._counts[registrable(host)] += messages
        return tuple((to_unicode(domain), messages) for domain, messages in self._counts.most_common(SHOWN))
