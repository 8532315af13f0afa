"""The lines of the table of domains: the rows that are shown and, below those that are open, their sending sources and addresses. Without Qt."""

from __future__ import annotations

from collections.abc import Sequence

from app.model import DomainRow
from app.parts import Key, Part, by_address, key_of, parts_of

Line = DomainRow | Part


class Unfolded:
    """One flat list of numbers: that of a row, or, below zero, `~n` for the n-th part. A domain is taken apart when it is first opened."""

    def __init__(self, open: set[Key]) -> None:
        """`open`: what is open; kept by who gives it."""
        self._open = open
        self._rows: Sequence[DomainRow] = ()
        self._lines: list[int] = []
        self._parts: list[Part] = []
        self._apart: dict[Key, tuple[DomainRow, tuple[Part, ...]]] = {}

    def show(self, rows: Sequence[DomainRow], shown: list[int]) -> None:
        """These indices of `rows`, in this order; what was open stays open."""
        self._rows, self._lines, self._parts = rows, shown, []
        if self._open:
            names = {key[0] for key in self._open if len(key) == 1}
            for position in reversed([at for at, index in enumerate(shown) if (rows[index].domain or "") in names]):
                self._lines[position + 1 : position + 1] = self._below(rows[shown[position]])

    def __len__(self) -> int:
        return len(self._lines)

    def line(self, position: int) -> Line:
        number = self._lines[position]
        return self._rows[number] if number >= 0 else self._parts[~number]

    def row(self, position: int) -> DomainRow:
        """The domain that a line belongs to."""
        number = self._lines[position]
        return self._rows[number] if number >= 0 else self._parts[~number].whole

    def rows(self) -> list[DomainRow]:
        """The domains alone, in their order."""
        return [self._rows[number] for number in self._lines if number >= 0]

    def position(self, key: Key) -> int | None:
        """Where a domain or a part stands now; of a part that does not, where its domain stands; None where neither does."""
        rows, name = self._rows, key[0]
        at = next((at for at, number in enumerate(self._lines) if number >= 0 and (rows[number].domain or "") == name), None)
        if at is None or len(key) == 1:
            return at
        return next((n for n in range(at + 1, self.end(at)) if self._parts[~self._lines[n]].key == key), at)

    def level(self, position: int) -> int:
        """1 a domain, 2 a sending source of it, 3 an address."""
        number = self._lines[position]
        return 1 if number >= 0 else 3 if self._parts[~number].address else 2

    def is_open(self, position: int) -> bool | None:
        """None: it has no parts."""
        line = self.line(position)
        if isinstance(line, DomainRow):
            return key_of(line) in self._open
        return line.key in self._open if not line.address and line.addresses else None

    def parent(self, position: int) -> int:
        """The line that a part stands below."""
        level = self.level(position)
        while self.level(position) >= level > 1:
            position -= 1
        return position

    def end(self, position: int) -> int:
        """The position behind the last line below this one."""
        level, at = self.level(position), position + 1
        while at < len(self._lines) and self.level(at) > level:
            at += 1
        return at

    def opened(self, position: int) -> list[int]:
        """Note that a line is open; gives what `insert` is to put below it."""
        line = self.line(position)
        self._open.add(key_of(line) if isinstance(line, DomainRow) else line.key)
        return self._below(line)

    def insert(self, position: int, lines: list[int]) -> None:
        self._lines[position + 1 : position + 1] = lines

    def close(self, position: int) -> None:
        """With all that is open below it."""
        line = self.line(position)
        key = key_of(line) if isinstance(line, DomainRow) else line.key
        self._open -= {each for each in self._open if each[: len(key)] == key}
        del self._lines[position + 1 : self.end(position)]

    def _below(self, line: Line) -> list[int]:
        """The numbers of the parts of a line, and of theirs where they are open."""
        numbers: list[int] = []
        for part in by_address(line) if isinstance(line, Part) else self._taken_apart(line):
            self._parts.append(part)
            numbers.append(~(len(self._parts) - 1))
            if part.key in self._open:
                numbers += self._below(part)
        return numbers

    def _taken_apart(self, row: DomainRow) -> tuple[Part, ...]:
        """Anew only where the row was judged anew."""
        known = self._apart.get(key_of(row))
        if known is None or known[0] is not row:
            known = self._apart[key_of(row)] = (row, parts_of(row))
        return known[1]
