"""How many messages of an audit each exception reaches, so that a rule can be looked at before it is made. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.decisions import is_within, with_all_above
from app.model import Authentication, Direction, DomainClass, ExceptionRule, Report
from app.patterns import base_of, matches
from app.report import tallies_of


@dataclass(frozen=True, slots=True)
class Reached:
    """What one rule covers of an audit."""

    parts: tuple[tuple[str, str, int], ...]
    """(author domain, sending source, proven messages); most messages first."""
    unproven: int
    """Messages in the same names through the same sources that are not proven: no exception vouches for these."""

    @property
    def messages(self) -> int:
        return sum(messages for _, _, messages in self.parts)

    @property
    def domains(self) -> int:
        return len({domain for domain, _, _ in self.parts})


@dataclass(frozen=True, slots=True)
class _Sum:
    """The messages of one author domain through one source."""

    domain: str
    source: str
    kind: DomainClass
    own: bool
    proven: int
    unproven: int


class Reach:
    """The sums of an audit, ordered once for asking about many rules. Making it takes a moment: call it off the window's thread."""

    def __init__(self, report: Report) -> None:
        carried = (report.tallies or tallies_of(report)).carried
        kinds = {row.domain: row.domain_class for row in report.domains}
        proven: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        for (organisation, domain, source, authentication), messages in carried.items():
            proven[organisation, domain, source][authentication is not Authentication.AUTHENTICATED] += messages
        self._all: list[_Sum] = []
        self._by_name: dict[str, list[_Sum]] = defaultdict(list)
        for (organisation, domain, source), (yes, no) in proven.items():
            kind = kinds.get(organisation, DomainClass.ORDINARY)
            own = kind is not DomainClass.SHARED_PROVIDER and any(is_within(domain, each) for each in report.scope.own_domains)
            entry = _Sum(domain, source, kind, own, yes, no)
            self._all.append(entry)
            for name in with_all_above(domain):
                self._by_name[name].append(entry)

    def of(self, rule: ExceptionRule) -> Reached:
        """An exception in our name reaches our own domains alone, one for others reaches others alone."""
        base, own = base_of(rule.domain), rule.direction is Direction.AS_US
        among = self._by_name.get(base, ()) if base else self._all
        found = [
            each for each in among
            if each.own is own and matches(rule.domain, each.domain) and rule.kind in (None, each.kind) and rule.source in ("", each.source)
        ]  # fmt: skip
        parts = sorted(((each.domain, each.source, each.proven) for each in found if each.proven), key=lambda part: (-part[2], part))
        return Reached(tuple(parts), sum(each.unproven for each in found))
