"""How far a review is; what was decided and what was put off are in the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.model import Report, Skip
from app.review import Subject, queue_of, reviewed


@dataclass(slots=True)
class ReviewState:
    """Kept while the window is built anew."""

    skipped: dict[str, Skip] = field(default_factory=dict)
    decided: dict[str, bool] = field(default_factory=dict)
    """Decided now (True) or taken back (False), ahead of the judging that goes on in the background."""
    past: list[Subject] = field(default_factory=list)
    """For undoing, the latest last."""
    everything: bool = False
    """Also what looks usual."""
    current: Subject | None = None

    def resume(self, skipped: Iterable[Skip], report: Report) -> None:
        """What was put off before, now or before a restart, stays so while it still waits and nothing worse has come of it."""
        then = {each.subject: each for each in skipped} | self.skipped
        waiting = queue_of(report, everything=True)
        self.skipped = {each.name: then[each.name] for each in waiting if each.name in then and not each.worse_than(then[each.name])}

    def done(self, report: Report) -> set[str]:
        """Names that have a decision."""
        return (reviewed(report) | {name for name, now in self.decided.items() if now}) - {name for name, now in self.decided.items() if not now}

    def waiting(self, report: Report) -> list[Subject]:
        return [each for each in queue_of(report, everything=self.everything) if not self.decided.get(each.name) and each.name not in self.skipped]
