"""An audit opened from the judgement that the engine stored; its decisions and exceptions are brought up to date. Judging afresh is for when there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from functools import cache as once
from functools import lru_cache
from typing import TYPE_CHECKING

from app.assessment import Key, carried_in, kept
from app.model import Carried, DomainRow, Facts, Report
from app.store.folder import StoreFolder

if TYPE_CHECKING:
    from app.judge import Judge
    from app.rejudge import Said

HELD = 16
"""Whole rows that are held, since addresses and claims of one are asked for one after the other."""


class Opened:
    """One stored judgement. What judges is loaded when claims are looked at: a table of domains needs none of it."""

    def __init__(self, folder: StoreFolder, source: str, key: Key, facts: Callable[[], Facts]) -> None:
        self._folder, self._source, self._facts = folder, source, facts
        self._judge = once(self._made_judge)
        with closing(folder.cache(source)) as cache:
            self.report: Report | None = kept(cache, key, lru_cache(HELD)(self._row), self._months, self._carried)

    def _row(self, position: int) -> DomainRow:
        from app.assess import judged_row, prove_all
        from app.domains import Organisations

        judge = self._judge()
        organisations = Organisations(judge.context.facts)
        with closing(self._folder.cache(self._source)) as cache:
            claims = prove_all(cache.assessed.claims(position), judge.context, organisations)
        assert self.report is not None
        return judged_row(self.report.domains[position].domain or "", claims, judge, organisations)

    def _made_judge(self) -> Judge:
        from app.audit import Known, context_of
        from app.domains import Organisations
        from app.judge import Judge
        from app.model import Acquaintance

        report = self.report
        assert report is not None
        facts = self._facts()
        context = context_of(report, Known(facts, report.exceptions, report.decisions), report.created)
        return Judge(context, report.acquaintance or Acquaintance(), Organisations(facts))

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
