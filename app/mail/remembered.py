"""What was worked out before, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Text = TypeVar("Text", bound=bytes | str)


class Remembered(dict[K, V]):
    """`remembered[key]` is `read(key)`, worked out once. What is found costs a look into a dictionary, far less than `lru_cache`, which moves it to the front.

    Too much to remember is forgotten all at once: what recurs is soon there again.
    """

    def __init__(self, read: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._read = read
        self._most = most

    def __missing__(self, key: K) -> V:
        value = self._read(key)
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value


class RememberedShort(Remembered[Text, V]):
    """The same, but what is longer than `longest` is worked out each time: a sender chooses how long a text is."""

    def __init__(self, read: Callable[[Text], V], most: int, longest: int) -> None:
        super().__init__(read, most)
        self._longest = longest

    def __missing__(self, key: Text) -> V:
        return super().__missing__(key) if len(key) <= self._longest else self._read(key)
