"""A tuple or a mapping whose items are made when one of them is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")
Key = TypeVar("Key")


class Later(Sequence[Item]):
    """Behaves as the tuple that `make` gives; its length is known before."""

    __slots__ = ("_items", "_length", "_make")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, length: int, make: Callable[[], Sequence[Item]]) -> None:
        self._length, self._make = length, make
        self._items: tuple[Item, ...] | None = None

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        if self._items is None:
            self._items = tuple(self._make())
        return self._items[index]

    @property
    def made(self) -> bool:
        """Asking for an item takes no time any more."""
        return self._items is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Later) and tuple(self) == tuple(other)


class LaterMapping(Mapping[Key, Item]):
    """Behaves as the mapping that `make` gives."""

    __slots__ = ("_items", "_make")

    def __init__(self, make: Callable[[], Mapping[Key, Item]]) -> None:
        self._make = make
        self._items: Mapping[Key, Item] | None = None

    def _made(self) -> Mapping[Key, Item]:
        if self._items is None:
            self._items = self._make()
        return self._items

    def __getitem__(self, key: Key) -> Item:
        return self._made()[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())
