"""How fast and how long yet: said only when there is something to say."""

from __future__ import annotations

import io
import json

from app.progress import JsonLines
from app.rate import Rate
from app.scan import Progress


def told(*steps: tuple[float, int]) -> Rate:
    rate = Rate()
    for now, done in steps:
        rate.tell(now, done)
    return rate


def test_nothing_is_promised_before_there_is_enough_to_go_by() -> None:
    rate = told((0, 0), (1, 500))
    assert (rate.per_second, rate.left(10_000)) == (None, None)


def test_the_rate_is_that_of_the_last_seconds() -> None:
    rate = told((0, 0), (10, 100), (20, 200), (30, 1200), (40, 2200))
    assert rate.per_second == 100
    assert rate.left(10_000) == 78


def test_what_was_known_before_is_not_speed() -> None:
    assert told((0, 50_000), (10, 51_000)).per_second == 100


def test_a_stalled_scan_promises_nothing() -> None:
    rate = told((0, 500), (10, 500))
    assert rate.left(1_000) is None


def test_a_clock_that_is_set_back_begins_anew() -> None:
    assert told((1_000, 0), (1_010, 900), (10, 1_000)).per_second is None


def test_everything_done_leaves_nothing_to_wait_for() -> None:
    assert told((0, 0), (10, 100)).left(100) is None


def test_a_line_says_both_or_null() -> None:
    out = io.StringIO()
    JsonLines(out).progress(Progress("INBOX", 1, 9))
    JsonLines(out).progress(Progress("INBOX", 5, 9, 12.345, 3.6))
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first == {"event": "progress", "folder": "INBOX", "done": 1, "total": 9, "rate": None, "left": None}
    assert (second["rate"], second["left"]) == (12.3, 4)
