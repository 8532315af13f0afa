"""What a cycle of Python's references kept alive ends in the window's thread, never in a worker's."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread, current_thread

from PySide6.QtWidgets import QApplication

from ui.cycle_search import CycleSearch

Wait = Callable[[Callable[[], object]], None]


class Screen:
    """In a cycle with itself, and says in which thread it ends."""

    def __init__(self, ends: list[Thread]) -> None:
        self.itself, self.ends = self, ends

    def __del__(self) -> None:
        self.ends.append(current_thread())


def make_many() -> list[list[object]]:
    return [[] for _ in range(10_000)]


def test_a_closed_screen_ends_in_the_windows_thread_though_a_worker_makes_many_objects(app: QApplication, wait_until: Wait) -> None:
    ends: list[Thread] = []
    made: list[list[list[object]]] = []
    Screen(ends)
    worker = Thread(target=lambda: made.append(make_many()))
    worker.start()
    worker.join()
    assert ends == []
    wait_until(lambda: ends)
    assert ends == [current_thread()]


def test_what_was_found_alive_before_is_searched_again_once_much_is_new(app: QApplication) -> None:
    ends: list[Thread] = []
    search, made = CycleSearch(app), make_many()
    screen = Screen(ends)
    search.search()
    del screen
    while not ends and len(made) < 10_000_000:
        made += make_many()
        search.search()
    assert ends == [current_thread()]
    search.deleteLater()
