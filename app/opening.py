"""An audit opened from the judgement that the engine stored; its decisions and exceptions are brought up to date. Judging afresh is for when there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache as once
from functools import lru_cache
from typing import TYPE_CHECKING

from app.assessment import Key, carried_in, kept
from app.model import Carried, Context, DomainRow, Facts, Report
from app.store.folder import StoreFolder

if TYPE_CHECKING:
    from app.judge import Judge, Proven
    from app.rejudge import Said

HELD = 16
"""Whole rows that are held, since addresses and claims of one are asked for one after the other."""


class Opened:
    """One stored judgement, and the shelf of its claims. What judges is loaded when claims are looked at: a table of domains needs none of it."""

    def __init__(self, folder: StoreFolder, source: str, key: Key, facts: Callable[[], Facts]) -> None:
        self._folder, self._source, self._facts = folder, source, facts
        self._judge, self._context = once(self._made_judge), once(self._made_context)
        self.row = lru_cache(HELD)(self._row)
        with closing(folder.cache(source)) as cache:
            self.report: Report | None = kept(cache, key, self, self._months, self._carried)

    def _row(self, position: int, judge: Judge | None) -> DomainRow:
        from app.assess import judged_row
        from app.domains import Organisations

        judge = judge or self._judge()
        assert self.report is not None
        (claims,) = self.proven([position])
        return judged_row(self.report.domains[position].domain or "", claims, judge, Organisations(judge.context.facts))

    def proven(self, positions: Iterable[int]) -> Iterator[list[Proven]]:
        """The claims of each domain, not judged; the store is opened once for all."""
        from app.assess import prove_all
        from app.domains import Organisations

        context = self._context()
        organisations = Organisations(context.facts)
        with closing(self._folder.cache(self._source)) as cache:
            for position in positions:
                yield prove_all(cache.assessed.claims(position), context, organisations)

    def _made_judge(self) -> Judge:
        from app.domains import Organisations
        from app.judge import Judge
        from app.model import Acquaintance

        assert self.report is not None
        context = self._context()
        return Judge(context, self.report.acquaintance or Acquaintance(), Organisations(context.facts))

    def _made_context(self) -> Context:
        from app.audit import context_of
        from app.basis import Known

        report = self.report
        assert report is not None
        return context_of(report, Known(self._facts(), report.exceptions, report.decisions), report.created)

    def _carried(self) -> dict[Carried, int]:
        with closing(self._folder.cache(self._source)) as cache:
            return carried_in(cache)

    def _months(self) -> dict[tuple[str, str], int]:
        with closing(self._folder.cache(self._source)) as cache:
            return cache.months()


def said_in(folder: StoreFolder, source: str) -> Iterable[Said]:
    """What every claim of a source says of its author."""
    with closing(folder.cache(source)) as cache:
        return list(cache.assessed.said())
