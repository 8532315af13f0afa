"""Python's search for reference cycles, put off while many small objects are made that live on and form none.

Searching them again and again takes a third of the time of judging.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """For a stretch of work that ends soon; what was searched before is searched again after it."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
