"""Looks at every screen and state once and says what is wrong with it: python -m tests.ui.every_screen LANGUAGE WIDTH HEIGHT.

Run by itself it prints one fault a line, so that a test can do so under another scale factor, which Qt reads when it starts.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Container, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QRadioButton, QScrollArea, QTableView, QWidget

from app.i18n import Translation
from tests.screens import Stage
from tests.ui.reports import report
from ui.explained import explanation, shown_texts

Role = QAccessible.Role
CONTROLS = {
    Role.Button, Role.PushButton, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText, Role.Table, Role.List, Role.Tree,
    Role.ButtonMenu, Role.ProgressBar, Role.SpinBox, Role.Slider, Role.Link,
}  # fmt: skip
READ_THROUGH = {Role.Table, Role.List, Role.Tree, Role.ComboBox, Role.SpinBox}
"""Their parts are read through them."""
ROLES = ((QAbstractButton, {Role.PushButton, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.Link}), (QLineEdit, {Role.EditableText}),
         (QComboBox, {Role.ComboBox}), (QTableView, {Role.Table}))  # fmt: skip
REGIONS = {Role.NoRole, Role.Client, Role.Pane, Role.Window, Role.Border}
"""What Qt calls a widget that only holds others, such as a page that scrolls; its name is all that is read of it."""
MOST_TABS = 200


def every_screen(stage: Stage, language: str, size: tuple[int, int], wanted: Container[str] = ()) -> Iterator[tuple[str, QWidget]]:
    """Shows one screen after another, or those that are wanted, and lets each settle."""
    stage.window.show_start()
    stage.window.set_language(language)
    stage.window.resize(*size)
    for name, show in stage.screens():
        if wanted and name not in wanted:
            continue
        widget = show()
        for _ in range(3):
            QApplication.processEvents()
        yield name, widget
        stage.leave_over()
        if widget is not stage.window:
            widget.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else each screen left behind makes the next one slower


def faults_of(widget: QWidget) -> Iterator[str]:
    """All that keeps somebody from reading or reaching something."""
    yield from unnamed(widget)
    yield from cut_off(widget)
    yield from wrong_way(widget)
    yield from contained_twice(widget)
    yield from unexplained(widget)
    yield from out_of_order(widget)


def unexplained(widget: QWidget) -> Iterator[str]:
    """Labels and controls that name a technical term and do not say what it means, to the mouse and to a screen reader."""
    say = Translation("ar" if QApplication.isRightToLeft() else "en")
    for each, text in shown_texts(widget):
        for line in filter(None, explanation(text, say).split("\n") if each.isVisible() else ()):
            if line not in each.accessibleDescription() or not each.toolTip():
                yield f"unexplained: {line!r} at {text!r}"


def unnamed(widget: QWidget) -> Iterator[str]:
    """Controls that a screen reader has no name for, names twice, or takes for something else."""
    nodes = list(walk(QAccessible.queryAccessibleInterface(widget)))
    yield from (f"without a name: {node.object()}" for node in nodes if node.role() in CONTROLS and not node.text(QAccessible.Text.Name))
    yield from (f"says its name twice: {node.text(QAccessible.Text.Name)}" for node in nodes if node.role() in CONTROLS and repeats(node))
    if not any(node.role() in CONTROLS for node in nodes):
        yield "no control at all"
    for each in reachable(widget):
        role = QAccessible.queryAccessibleInterface(each).role()
        wanted = next((roles for kind, roles in ROLES if isinstance(each, kind)), None)
        if wanted and role not in wanted:
            yield f"wrong role: {called(each)} is {role.name}"
        if not each.accessibleName() and role in REGIONS:
            yield f"a region without a name: {called(each)}"


def repeats(node: QAccessibleInterface) -> bool:
    """Whether its description begins with what its name has said; a tool tip is the description of what has no other."""
    return any(line and line in node.text(QAccessible.Text.Name) for line in node.text(QAccessible.Text.Description).split("\n")[:1])


def walk(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    if node.state().invisible:
        return
    yield node
    if node.role() in READ_THROUGH:
        return
    for position in range(node.childCount()):
        child = node.child(position)
        if child is not None and child.isValid():
            yield from walk(child)


def cut_off(widget: QWidget) -> Iterator[str]:
    """Texts that have less room than they need."""
    for each in [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]:
        if each.isVisible() and each.text() and each.sizePolicy().horizontalPolicy().name != "Ignored" and too_small(each):
            yield f"cut off: {each.text()!r} has {each.size().toTuple()} of {each.sizeHint().toTuple()}"


def too_small(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.width() < widget.sizeHint().width() or widget.height() < widget.minimumSizeHint().height()


def wrong_way(widget: QWidget) -> Iterator[str]:
    """Whatever does not run as the language does."""
    wanted = QApplication.layoutDirection()
    for each in (widget, *widget.findChildren(QAbstractButton)):
        if each.isVisible() and each.layoutDirection() != wanted:
            yield f"wrong direction: {called(each)}"


def contained_twice(widget: QWidget) -> Iterator[str]:
    """Sentences of ours in which the marks that isolate a value are shown as if they came from mail."""
    for each, text in shown_texts(widget):
        if each.isVisible() and re.search(r"\[U\+206[6-9]\]", text):
            yield f"contained twice: {text!r}"


def out_of_order(widget: QWidget) -> Iterator[str]:
    """Presses Tab all the way round: every control is met once, and after the last comes the first."""
    window = widget.window()
    window.activateWindow()
    focus = window.focusWidget()
    first = focus if focus in reachable(widget) else next(reachable(widget))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    met, back = [first], []
    for _ in range(MOST_TABS):
        QTest.keyClick(met[-1], Qt.Key.Key_Tab)
        focus = window.focusWidget()
        if focus is not None and focus is not met[-1] and comes_before(focus, met[-1], window) and not first_of_all(focus, window):
            back.append(f"out of order: {called(met[-1])}, then {called(focus)}")
        if focus is None or focus in met[:-1]:
            break
        if focus is not met[-1]:
            met.append(focus)
    if focus is not first:
        yield f"Tab comes to {called(focus) if focus else None}, and not back to {called(first)}"
    yield from back
    yield from (f"not reached by Tab: {called(each)}" for each in reachable(widget) if each not in met and not another_of_its_group(each))


def comes_before(one: QWidget, other: QWidget, window: QWidget) -> bool:
    """Above it in the same column, or beside it towards the beginning of the line."""
    a, b = place_of(one, window), place_of(other, window)
    if a.contains(b) or b.contains(a):
        return False
    if a.bottom() < b.top():
        return a.left() <= b.right() and b.left() <= a.right()
    same_line = a.top() <= b.center().y() <= a.bottom() and b.top() <= a.center().y() <= b.bottom()
    return same_line and (a.left() > b.right() if window.isRightToLeft() else a.right() < b.left())


def first_of_all(widget: QWidget, window: QWidget) -> bool:
    return not any(comes_before(each, widget, window) for each in reachable(window))


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """What is seen of it; of what is scrolled away, the edge that it lies behind."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea) and parent.objectName() == "room":  # all of the window, wherever it is scrolled to
            place.translate(-parent.widget().pos())
        elif isinstance(parent, QScrollArea):
            view = QRect(parent.viewport().mapTo(window, QPoint(0, 0)), parent.viewport().size())
            place = QRect(within(place.topLeft(), view), within(place.bottomRight(), view))
        parent = parent.parentWidget()
    return place


def within(point: QPoint, view: QRect) -> QPoint:
    return QPoint(min(max(point.x(), view.left()), view.right()), min(max(point.y(), view.top()), view.bottom()))


def reachable(widget: QWidget) -> Iterator[QWidget]:
    """What Tab should come to."""
    for each in widget.findChildren(QWidget):
        there = each.isVisible() and each.isEnabled() and each.window() is widget.window()
        if there and each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None:
            yield each


def another_of_its_group(widget: QWidget) -> bool:
    """Tab comes to one button of a group; the arrow keys go on from there."""
    return isinstance(widget, QRadioButton) or (isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive())


def called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()!r}"


def faults(stage: Stage, language: str, size: tuple[int, int], wanted: Container[str] = ()) -> list[str]:
    return [f"{name}: {fault}" for name, widget in every_screen(stage, language, size, wanted) for fault in faults_of(widget)]


def main(language: str, width: str, height: str) -> int:
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(app, Path(folder), report())
        stage.window.show()
        found = faults(stage, language, (int(width), int(height)))
        stage.window.close()
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
