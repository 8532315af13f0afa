"""What opens beside an audit: the believed server, a message's header, the words; and the filter by kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.i18n import Translation
from app.model import Account, Border, DomainClass, Example
from tests.ui.reports import report, small_rows
from tests.ui.services import SOURCE, FakeServices
from ui.border_panel import BorderPanel
from ui.domain_filter import DomainFilter
from ui.domain_model import DomainModel
from ui.glossary import Glossary
from ui.message_header import HeaderDialog
from ui.window import Window

Wait = Callable[[Callable[[], object]], None]
EXAMPLE = Example("INBOX;UIDVALIDITY=1/;UID=7", None, "Invoice", "<7@x.example>", "INBOX")


def shown(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if not each.isHidden())


def test_the_believed_server_is_shown_with_its_grounds(window: Window, say: Translation) -> None:
    panel = BorderPanel(say, report().scope.border, window)
    panel.show()
    assert "mx.firm.example" in shown(panel)
    assert "960 of 981 messages" in shown(panel)
    chosen: list[tuple[str, ...]] = []
    panel.chosen.connect(chosen.append)
    panel.pin.click()
    assert chosen == [("mx.firm.example",)]


def test_without_a_believed_server_its_meaning_is_said(window: Window, say: Translation) -> None:
    panel = BorderPanel(say, Border(), window)
    panel.show()
    assert "nothing is proven, and nothing has failed" in shown(panel)
    assert not panel.pin.isVisible()
    panel.close()


def test_a_header_is_fetched_by_the_engine_and_shown_as_it_is(window: Window, services: FakeServices, say: Translation, wait_until: Wait) -> None:
    services.script('print("secret:", sys.stdin.readline().strip()); print("words:", *sys.argv[1:]); print("From: <b>x</b>")\n')
    account = Account("sara", SOURCE, ca_file="/ca.pem")
    dialog = HeaderDialog(say, services.bundle(), account, EXAMPLE, "pässword", window)
    dialog.open()
    wait_until(lambda: "From: <b>x</b>" in dialog.text.toPlainText())
    assert "secret: pässword" in dialog.text.toPlainText()
    assert f"words: header --lang en --ca /ca.pem --secret-stdin -- {SOURCE} {EXAMPLE.id}" in dialog.text.toPlainText()
    assert dialog.text.isReadOnly()
    dialog.reject()


def test_a_header_that_cannot_be_had_is_a_sentence(window: Window, services: FakeServices, say: Translation, wait_until: Wait) -> None:
    services.script('sys.stderr.write("The server did not answer.\\n"); sys.exit(1)\n')
    dialog = HeaderDialog(say, services.bundle(), Account("x", "/mail"), EXAMPLE, None, window)
    dialog.open()
    wait_until(lambda: "The server did not answer." in shown(dialog))
    assert dialog.text.isHidden()
    dialog.reject()


def test_leaving_ends_the_fetching(window: Window, services: FakeServices, say: Translation) -> None:
    services.script("time.sleep(60)\n")
    dialog = HeaderDialog(say, services.bundle(), Account("x", "/mail"), EXAMPLE, None, window)
    process = dialog._process
    dialog.open()
    assert process.waitForStarted(5000)
    dialog.reject()
    assert process.state() == process.ProcessState.NotRunning


def test_the_words_are_explained_and_one_is_found(window: Window) -> None:
    window.help.open_words(window)
    (glossary,) = window.findChildren(Glossary)
    assert "Proof" in shown(glossary)
    QTest.keyClicks(glossary.search, "dmarc")
    visible = [each.text() for each in glossary.findChildren(QLabel) if each.isVisible() and each.property("kind") == "subheading"]
    assert "DMARC" in visible
    assert "Score" not in visible
    QTest.keyClick(glossary.search, Qt.Key.Key_Return)
    assert glossary.isVisible()
    QTest.keyClicks(glossary.search, "zzz")
    assert glossary.nothing.isVisible()
    QTest.keyClick(glossary.search, Qt.Key.Key_Escape)
    assert not glossary.isVisible()


def test_the_table_is_filtered_by_the_kind_of_domain(say: Translation) -> None:
    model = DomainModel(say, small_rows())
    model.set_filter(DomainFilter(kind=DomainClass.SHARED_PROVIDER))
    assert [model.row_at(at).domain_class for at in range(model.rowCount())] == [DomainClass.SHARED_PROVIDER]


def test_a_report_without_own_domains_asks_for_them(window: Window) -> None:
    from ui.audit_view import AuditState, AuditView

    known = report()
    window.show_audit(AuditState("sample", "", replace(known, scope=replace(known.scope, own_domains=()))))
    view = window.screen_widget
    assert isinstance(view, AuditView)
    assert "Nitaq does not know yet which domains are yours" in shown(view)
