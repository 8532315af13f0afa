"""Which server to believe. Anybody can write an Authentication-Results field; only the mailbox's own border writes above the first foreign hop.

What a sender can do: write any field and any Received line, with any host's name in it, below those that the border adds. What it cannot do:
write above them. A field above the line with which the receiver took the message is therefore the receiver's ("inside"). Some providers
write below that line; there the topmost field counts, of an id that the provider's mail usually carries, no deeper than usual.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from app.mail.providers import MICROSOFT, pattern
from app.model import Border, BorderServer, BorderSource, Evidence, Place, Statement

MIN_INSIDE = 0.02
"""Share of a receiver's mail that a server must have checked if it always writes inside; more is not needed, for nobody else can write there."""
MIN_BELOW = 0.3
"""The same for one that writes below the entry, where a sender can write too."""
USUAL = 0.95
"""What so many of a server's fields have in common is its habit."""
MAX_POOL = 8
"""A provider's numbered hosts are named one by one up to here, as `mx*.example.net` beyond."""


@dataclass(slots=True)
class _Habit:
    """What was seen of the servers of one pool in front of one receiver's mailboxes; counts are messages."""

    ids: Counter[str] = field(default_factory=Counter)
    depths: Counter[int] = field(default_factory=Counter)
    inside: int = 0
    related: int = 0

    @property
    def messages(self) -> int:
        return self.ids.total()

    @property
    def always_inside(self) -> bool:
        return self.inside >= USUAL * self.messages

    def is_border(self, received: int) -> bool:
        """`received` is how many messages the receiver took."""
        if self.always_inside:
            return self.messages >= MIN_INSIDE * received
        return self.related >= USUAL * self.messages and self.messages >= MIN_BELOW * received

    def servers(self, total: int) -> list[BorderServer]:
        ids = dict(self.ids) if len(self.ids) <= MAX_POOL else {pattern(next(iter(self.ids))): self.messages}
        depth, inside = _usual_depth(self.depths), self.always_inside
        return [BorderServer(id, BorderSource.LEARNED if id else BorderSource.PROVIDER, n, total, depth, inside) for id, n in ids.items()]


@dataclass(slots=True)
class _Habits:
    of: defaultdict[tuple[str, str], _Habit] = field(default_factory=lambda: defaultdict(_Habit))
    """By receiver and pool."""
    received: Counter[str] = field(default_factory=Counter)
    """How many messages each receiver took from outside."""
    total: int = 0


def given(ids: Sequence[str], evidence: Iterable[tuple[Evidence, int]] = (), how: BorderSource = BorderSource.GIVEN) -> Border:
    """The servers that the user named or pinned; where `evidence` shows their habits, they are believed nowhere else."""
    seen = _habits(evidence)
    return Border(tuple(replace(_given(id.strip().lower().rstrip("."), seen), how=how) for id in ids))


def learn(evidence: Iterable[tuple[Evidence, int]]) -> Border:
    """The servers that many messages agree on; `evidence` with the number of messages that carry it. Nothing learnable: an empty border.

    Each receiver is learned by itself, so that a mailbox that moved keeps its old mail's border. Of each message the topmost field alone is
    counted: a forged one stands below the border's own, and where the border writes none it is rare.
    """
    seen = _habits(evidence)
    servers = [server for (receiver, _), habit in seen.of.items() if habit.is_border(seen.received[receiver]) for server in habit.servers(seen.total)]
    return Border(tuple(sorted(servers, key=lambda server: (-server.messages, server.id))))


def believed(evidence: Evidence, border: Border) -> tuple[Statement, ...]:
    """The statements that count: the topmost fields of the border's servers, where they write."""
    return _topmost(evidence, lambda statement: any(_is_from(statement, evidence, server) for server in border.servers))


def believed_sample(evidence: Evidence) -> tuple[Statement, ...]:
    """For collected samples, where nothing can be learned: the topmost fields that are inside, or whose id is the receiver's."""
    return _topmost(evidence, lambda statement: statement.hops_above == 0 or statement.inside or _is_related(statement, evidence))


def _habits(evidence: Iterable[tuple[Evidence, int]]) -> _Habits:
    seen = _Habits()
    for one, messages in evidence:
        seen.total += messages
        if one.internal:
            continue  # its own mail is often not checked at all
        seen.received[one.receiver] += messages
        top = _topmost(one, lambda _: True)
        if not top or not (top[0].server or one.receiver == MICROSOFT):
            continue
        for server in dict.fromkeys(statement.server for statement in top):
            habit = seen.of[one.receiver, pattern(server)]
            habit.ids[server] += messages
            habit.depths[top[0].hops_above] += messages
            habit.inside += messages * top[0].inside
            habit.related += messages * _is_related(top[0], one)
    return seen


def _given(id: str, seen: _Habits) -> BorderServer:
    habits = [habit for (_, pool), habit in seen.of.items() if pool == pattern(id)]
    if not habits:
        return BorderServer(id, BorderSource.GIVEN)
    messages = sum(habit.messages for habit in habits)
    depth = max(_usual_depth(habit.depths) for habit in habits)
    return BorderServer(id, BorderSource.GIVEN, messages, seen.total, depth, all(habit.always_inside for habit in habits))


def _is_from(statement: Statement, evidence: Evidence, server: BorderServer) -> bool:
    if not _same(statement.server, server.id):
        return False
    if server.inside:
        return statement.inside
    if server.hops_above is None:
        return bool(statement.server)
    return statement.hops_above <= server.hops_above and (server.how is BorderSource.GIVEN or _is_related(statement, evidence))


def _same(a: str, b: str) -> bool:
    return a == b or ("*" in a + b and pattern(a) == pattern(b))


def _is_related(statement: Statement, evidence: Evidence) -> bool:
    """Its id is a name of the receiver's. Microsoft's fields have none and are related where the receiving hosts are Microsoft's."""
    return statement.place is not Place.ELSEWHERE or (not statement.server and evidence.receiver == MICROSOFT)


def _topmost(evidence: Evidence, counts: Callable[[Statement], bool]) -> tuple[Statement, ...]:
    """The topmost block of fields that count and have no foreign hop above; Received-SPF only where there is no other."""
    for fallback in (False, True):
        for n, statement in enumerate(evidence.statements):
            if statement.fallback is fallback and not statement.foreign_above and counts(statement):
                return _block(evidence.statements[n:], counts)
    return ()


def _block(statements: Sequence[Statement], counts: Callable[[Statement], bool]) -> tuple[Statement, ...]:
    """The fields that one border wrote at one time: neighbours at the same depth, of one id or one organisation.

    Where a sender could have appended to them, a method that was answered is not answered again. Without an id, the newest alone.
    """
    first, *others = statements
    block = [first]
    for statement in others if first.server else ():
        if statement.fallback is not first.fallback:
            continue
        if statement.hops_above != first.hops_above or not counts(statement) or not _siblings(statement.server, first.server):
            break
        if not statement.inside and any(_methods(statement) & _methods(earlier) for earlier in block):
            break
        block.append(statement)
    return tuple(block)


def _siblings(a: str, b: str) -> bool:
    """The same host, or `dkim.example.net` and `spf.example.net` (Apple)."""
    return a == b or (a.count(".") > 1 and a.partition(".")[2] == b.partition(".")[2])


def _methods(statement: Statement) -> set[str]:
    return {name for name in ("dmarc", "spf", "dkim", "arc") if getattr(statement, name)}


def _usual_depth(depths: Counter[int]) -> int:
    covered = 0
    for depth in sorted(depths):
        covered += depths[depth]
        if covered >= USUAL * depths.total():
            return depth
    return max(depths)
