"""Which server to believe. Anybody can write an Authentication-Results field; only the mailbox's own border writes above the first foreign hop.

What a sender can do: write any field and any Received line below those that the border adds. What it cannot do: write above them. So the
border's own fields are those of its id, no deeper than it usually writes, with no foreign hop above, the topmost of their kind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from app.model import Border, BorderServer, BorderSource, Evidence, Place, Statement

MICROSOFT = "outlook.com"
"""Microsoft 365 writes no authserv-id; its fields are believed only where the receiving hosts are Microsoft's."""
MIN_RELATED = 0.02
"""Share of messages that an id within the receiver's organisation must reach: a mailbox that moved has old mail of two borders."""
MIN_UNRELATED, MIN_UNRELATED_MESSAGES = 0.5, 20
"""An id of another name than the receiver's must stand on most of the mail, and on enough of it."""
USUAL_DEPTH = 0.95
"""Share of an id's fields that its usual depth covers; what stands deeper is not believed."""


def given(ids: Sequence[str]) -> Border:
    """The servers that the user named."""
    return Border(tuple(BorderServer(id.lower(), BorderSource.GIVEN) for id in ids))


def learn(evidence: Iterable[tuple[Evidence, int]]) -> Border:
    """The servers that many messages agree on; `evidence` with the number of messages that carry it. Nothing learnable: an empty border."""
    seen: Counter[str] = Counter()
    depths: dict[str, Counter[int]] = defaultdict(Counter)
    related: Counter[str] = Counter()
    total = 0
    for one, messages in evidence:
        total += messages
        for statement in _first_of_each(one):
            if statement.server == "" and one.receiver != MICROSOFT:
                continue
            seen[statement.server] += messages
            depths[statement.server][statement.hops_above] += messages
            if statement.place is not Place.ELSEWHERE or statement.server == "":
                related[statement.server] += messages
    servers = []
    for server, messages in seen.most_common():
        mostly_related = 2 * related[server] > messages
        enough = messages >= MIN_RELATED * total if mostly_related else messages >= max(MIN_UNRELATED * total, MIN_UNRELATED_MESSAGES)
        if enough:
            how = BorderSource.LEARNED if server else BorderSource.PROVIDER
            servers.append(BorderServer(server, how, messages, total, _usual_depth(depths[server])))
    return Border(tuple(servers))


def believed(evidence: Evidence, border: Border) -> tuple[Statement, ...]:
    """The statements that count: the topmost block of a border's server, in the place where it writes."""
    for fallback in (False, True):
        for n, statement in enumerate(evidence.statements):
            if statement.fallback is fallback and any(_is_from(statement, evidence, server) for server in border.servers):
                return _block(evidence.statements[n:])
    return ()


def believed_sample(evidence: Evidence) -> tuple[Statement, ...]:
    """For collected samples, where nothing can be learned: the first block with no foreign hop above it."""
    for fallback in (False, True):
        for n, statement in enumerate(evidence.statements):
            if statement.fallback is fallback and not statement.foreign_above:
                return _block(evidence.statements[n:])
    return ()


def _is_from(statement: Statement, evidence: Evidence, server: BorderServer) -> bool:
    if statement.foreign_above or statement.server != server.id:
        return False
    if not server.id and evidence.receiver != MICROSOFT:
        return False
    return server.hops_above is None or statement.hops_above <= server.hops_above


def _block(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The fields that one server wrote at one time: neighbours of the same id and depth. Without an id, the newest alone."""
    first = statements[0]
    if not first.server:
        return (first,)
    block = []
    for statement in statements:
        if (statement.server, statement.hops_above, statement.fallback) != (first.server, first.hops_above, first.fallback):
            break
        block.append(statement)
    return tuple(block)


def _first_of_each(evidence: Evidence) -> list[Statement]:
    """The topmost statement of each id that stands above the first foreign hop."""
    first: dict[str, Statement] = {}
    for statement in evidence.statements:
        if not statement.foreign_above and not statement.fallback:
            first.setdefault(statement.server, statement)
    return list(first.values())


def _usual_depth(depths: Counter[int]) -> int:
    covered, total = 0, depths.total()
    for depth in sorted(depths):
        covered += depths[depth]
        if covered >= USUAL_DEPTH * total:
            return depth
    return max(depths)
