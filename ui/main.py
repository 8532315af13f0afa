"""The entry point `nitaq`: headless verbs go to the command line before Qt is loaded; everything that the window uses is put together here."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.compare import Comparison
    from app.errors import NitaqError
    from app.i18n import Translation
    from app.model import MailProfile, MailServer, Report
    from ui.ports import Exporter
    from ui.window import Window

SAMPLE = "sample"
OPEN = "open"
"""`nitaq open FILE`: what a desktop calls for a mail file."""
SELF_TEST = "self-test"


def main(argv: Sequence[str] | None = None) -> int:
    """`nitaq`, `nitaq sample` and `nitaq open [FILE]` open the window, `nitaq self-test` opens one that nobody sees; every other call is the command line's."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words == [SELF_TEST]:
        return check_installation()
    if words[:1] == [OPEN] and len(words) <= 2:
        return open_window(str(Path(words[1]).absolute()) if words[1:] else None)
    if words not in ([], [SAMPLE]):
        from app.cli import main as headless

        return headless(words)
    return open_window(SAMPLE if words else None)


def open_window(source: str | None) -> int:
    """With a source (the sample, a mail file) its audit begins at once."""
    if no_screen(sys.platform, os.environ):
        from app.error_text import describe
        from app.i18n import Translation
        from app.settings import system_language

        sys.stderr.write(describe("display.missing", {}, Translation(system_language())) + "\n")
        return 1
    from PySide6.QtWidgets import QApplication

    from app.errors import NitaqError

    app = QApplication(sys.argv[:1])
    app.setApplicationName("Nitaq")
    app.setDesktopFileName("nitaq")
    try:
        window = compose(app)
    except NitaqError as error:
        return refuse(error)
    if source is not None:
        window.scan_source(source)
    window.show()
    return app.exec()


def no_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether Qt would find no screen to open a window on, which it says by aborting."""
    return platform.startswith("linux") and not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def check_installation() -> int:
    """`nitaq self-test`: its window is drawn in memory, whatever screen there is."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.i18n import Translation
    from app.settings import system_language
    from ui.engine import engine_command
    from ui.self_test import self_test

    return self_test(compose, engine_command(), Translation(system_language()))


def compose(app: QApplication, kept_in: Path | None = None) -> Window:
    """The window with the real store (or one kept elsewhere), keyring, exporters and engine."""
    import time

    from app import __file__ as engine_package
    from app.accounts import consent_for, tokens_of, try_account
    from app.library import Library
    from app.secrets import Keyring
    from app.settings import data_folder
    from app.store.folder import StoreFolder
    from ui.engine import engine_command
    from ui.ports import Services
    from ui.window import Window

    folder = StoreFolder(kept_in or data_folder())
    library = Library(folder, time.time)
    app.aboutToQuit.connect(library.close)
    return Window(
        Services(
            audits=library,
            secrets=Keyring(),
            preferences=library.workspace,
            exporters=all_exporters,
            export=write_report,
            write_comparison=write_comparison,
            engine=engine_command(),
            engine_folder=Path(engine_package).resolve().parent.parent,
            store=folder.path,
            try_account=try_account,
            tokens=tokens_of,
            consent=consent_for,
            discover=ask_domain,
            profiles=find_profiles,
        ),
        app,
    )


def all_exporters() -> tuple[Exporter, ...]:
    from app.exporters import ALL

    return ALL


def ask_domain(address: str) -> MailServer | None:
    from app.discovery.ask import discover

    return discover(address)


def find_profiles() -> tuple[MailProfile, ...]:
    from app.sources.thunderbird import profiles

    return profiles(Path.home(), sys.platform, os.environ)


def write_report(report: Report, path: Path, say: Translation) -> None:
    from app.exporters import export

    export(report, path, say)


def write_comparison(comparison: Comparison, path: Path, say: Translation) -> None:
    from app.exporters import write_whole
    from app.exporters.comparison import write_comparison as write

    write_whole(path, lambda out: write(comparison, say, out))


def refuse(error: NitaqError) -> int:
    """The store cannot be opened, so there is no window: one sentence, and the status of an error."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    from app.error_text import describe
    from app.i18n import Translation
    from ui.language import system_language

    box = QMessageBox()
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Nitaq")
    box.setText(describe(error.code, error.params, Translation(system_language())))
    box.exec()
    return 1


if __name__ == "__main__":
    sys.exit(main())
