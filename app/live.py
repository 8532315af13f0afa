"""Who has written how much, while a scan goes on: each look counts only what was stored since the last one."""

from __future__ import annotations

from collections import Counter
from contextlib import closing

from app.audit_key import sources_of
from app.store.folder import StoreFolder

SHOWN = 5


class LiveSenders:
    """The senders of one source, or of several together, so far. A look takes time: off the window's thread, one after the other."""

    def __init__(self, folder: StoreFolder, key: str) -> None:
        self._folder = folder
        self._seen = dict.fromkeys(sources_of(key), 0)
        self._counts: Counter[str] = Counter()

    def look(self) -> tuple[tuple[str, int], ...]:
        """The domains (registrable, as people read them) that wrote most, and how many messages; those without a readable author left out."""
        from app.domains import registrable, to_unicode  # a window that has just been started needs neither

        for source in filter(self._folder.has_cache, self._seen):
            with closing(self._folder.cache(source)) as cache:
                self._seen[source], hosts = cache.stored_behind(self._seen[source])
            for host, messages in hosts.items():
                self._counts[registrable(host)] += messages
        return tuple((to_unicode(domain), messages) for domain, messages in self._counts.most_common(SHOWN))
