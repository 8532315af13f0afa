"""The two names side by side: letters under letters, and the difference in words."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from app.i18n import Translation
from tests.ui.reports import PROVEN, claim, domain_row, small_rows
from ui.detail import Detail
from ui.name_pair import Letters


def shown(detail: Detail) -> list[str]:
    return [each.text() for each in detail.findChildren(QLabel) if each.isVisibleTo(detail)]


def test_a_look_alike_stands_above_the_name_it_resembles(app: QApplication, say: Translation) -> None:
    detail = Detail(say)
    detail.show_line(small_rows()[1])
    letters = detail.findChild(Letters)
    assert letters is not None
    assert "".join(here for here, _, _ in letters.cells) == "f1rm.example"
    assert "".join(there for _, there, _ in letters.cells) == "firm.example"
    assert [at for at, cell in enumerate(letters.cells) if cell[2]] == [1]
    assert "the digit “1” in place of the letter “i”" in shown(detail)
    assert "firm.example" in letters.accessibleName()
    detail.deleteLater()


def test_a_name_without_resemblance_has_no_such_part(app: QApplication, say: Translation) -> None:
    detail = Detail(say)
    detail.show_line(domain_row([claim("shop.example", PROVEN, ("authenticated",))]))
    assert "What it resembles" not in shown(detail)
    detail.deleteLater()


def test_a_long_name_breaks_into_lines_instead_of_being_cut(app: QApplication, say: Translation) -> None:
    detail = Detail(say)
    detail.show_line(small_rows()[1])
    letters = detail.findChild(Letters)
    assert letters is not None
    assert letters.heightForWidth(60) > letters.heightForWidth(600)
    detail.deleteLater()
