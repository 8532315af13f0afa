"""The facts about domains that Nitaq brings along: shared providers, hosts, throw-away addresses, and whose names are widely imitated.

Read from `resources/facts`, where each file begins with what belongs in it, and from two packages that carry lists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from app.domains import listed_disposable, listed_free_mail
from app.model import Brand, Facts


@cache
def load_facts() -> Facts:
    """Everything, read once. Our own lists go before those of the packages, and no brand's domain is a provider's."""
    providers = _read("providers.toml")
    own = frozenset(providers["providers"].split())
    hosts = frozenset(_read("hosting.toml")["suffixes"].split())
    brands = tuple(_brands())
    known = own | hosts | {domain for brand in brands for domain in brand.domains}
    disposable = listed_disposable() - known
    free = listed_free_mail() - disposable - known - frozenset(providers["not_providers"].split())
    return Facts(shared_providers=own | free, hosting_suffixes=hosts, disposable=disposable, brands=brands)


def _brands() -> Iterator[Brand]:
    folder = resources.files("resources") / "facts" / "brands"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for name, brand in _read(f"brands/{file.name}").items():
                yield Brand(name, tuple(word.strip() for word in brand["names"].split(",")), tuple(brand["domains"].split()))


def _read(path: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("resources") / "facts" / path).read_text(encoding="utf-8"))
