"""The entry point `nitaq`: headless verbs go to the command line before Qt is loaded; everything that the window uses is put together here."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from app.compare import Comparison
    from app.i18n import Translation
    from app.model import Account, MailProfile, MailServer, Report, Trial
    from ui.application import Application
    from ui.instance import Instance
    from ui.ports import Consent, Exporter, Services, Tokens
    from ui.window import Window
else:
    from types import SimpleNamespace as Services  # the real one has types to be checked, which takes time and is done before the program runs

SAMPLE = "sample"
OPEN = "open"
"""`nitaq open FILE…`: what a desktop calls for mail files."""
SELF_TEST = "self-test"
VERSION = "--version"
READ_HEADERS = "--read-headers"
"""What a scan calls for help: it is given octets and gives back rows."""
HEADLESS = ("audit", "domain", "header", "verify", "merge", "compare")
"""The verbs of the command line: a file of such a name is opened with `open`."""


def main(argv: Sequence[str] | None = None) -> int:
    """`nitaq`, `nitaq sample`, `nitaq FILE…` and `nitaq open [FILE…]` open the window, `nitaq self-test` opens one that nobody sees; every other call
    is the command line's."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words == [VERSION]:  # asked often by installers and monitors, so nothing is loaded for it
        from app import __version__

        print(f"nitaq {__version__}")
        return 0
    if words == [READ_HEADERS]:
        from app.read_beside import help_reading

        help_reading(sys.stdin.buffer, sys.stdout.buffer)
        return 0
    if words == [SELF_TEST]:
        return check_installation()
    if words[:1] == [OPEN]:
        return open_window([path_of(word) for word in words[1:]])
    if words in ([], [SAMPLE]):
        return open_window(words)
    if are_files(words):
        return open_window([path_of(word) for word in words])
    from app import cli

    return cli.main(words) if argv is not None else cli.run()


def are_files(words: Sequence[str]) -> bool:
    """Whether a call without a verb names mail files, there or not; a word that is mistyped is left to the command line."""
    first = words[0]
    return first not in HEADLESS and not first.startswith("-") and "://" not in first and (os.path.exists(first) or "." in first or os.sep in first)


def path_of(word: str) -> str:
    """Some desktops give addresses of files (`file:///…`) for paths."""
    if word.startswith("file:"):
        from PySide6.QtCore import QUrl

        word = QUrl(word).toLocalFile()
    return os.path.abspath(word)


def open_window(sources: Sequence[str], store: Path | None = None) -> int:
    """Open the window, or let the one that is there come forward; an audit of each source (the sample, mail files) begins."""
    if no_screen(sys.platform, os.environ):
        from app.error_text import describe
        from app.i18n import Translation
        from app.settings import system_language

        sys.stderr.write(describe("display.missing", {}, Translation(system_language())) + "\n")
        return 1
    gc.disable()  # until the first picture: what is loaded stays, so searching it for cycles again and again finds nothing
    load_qt()
    from app.cores import leave_no_core
    from app.errors import NitaqError
    from app.settings import data_folder
    from app.store.folder import StoreFolder
    from ui.first_picture import put_off
    from ui.instance import Instance

    leave_no_core()
    put_off()
    app = application()
    try:
        folder = StoreFolder(store or data_folder()).path
        instance = Instance(folder)
        sources = [*sources, *app.asked()]
        if not instance.alone:
            from ui.unanswered import replaces_first

            if not replaces_first(app, instance, instance.call(sources)):
                return 0
        return run_window(app, folder, instance, sources)
    except NitaqError as error:
        return refuse(error.code, error.params)


def load_qt() -> None:
    """Without the hook that PySide6 leaves in `__import__`: it reads the source of each module that is imported, and looks whether it uses
    `from __feature__`, which we never do."""
    import builtins

    ours = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    builtins.__import__ = ours


def application() -> Application:
    from ui.application import Application

    app = Application([sys.argv[0], "-style", "fusion"])  # the one style that is the same everywhere and follows our colours
    app.setApplicationName("Nitaq")
    app.setDesktopFileName("nitaq")
    return app


def run_window(app: Application, folder: Path, instance: Instance, sources: Sequence[str]) -> int:
    """Until it is closed."""
    from PySide6 import __version__ as pyside

    from app.errors import NitaqError
    from app.faults import FAULTS, FaultFolder
    from ui.fault_watch import FaultWatch

    faults = FaultFolder(folder / FAULTS)
    versions = f"PySide6 {pyside}, {app.platformName()}"
    watch = FaultWatch(faults, versions, app)
    ends: list[Callable[[], object]] = [watch.end, instance.close]

    def let_go() -> None:
        """The next start may come from now on and finds everything in order, though decisions may still wait to be kept. Who ends is not told again."""
        app.aboutToQuit.disconnect(let_go)
        for end in ends:
            end()

    app.aboutToQuit.connect(let_go)
    try:
        window = compose(app, folder)
    except NitaqError:
        watch.end()
        raise
    except Exception as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)
        watch.end()
        return refuse("program.fault", {"reason": type(fault).__name__})
    resumed = "" if sources else window.resume()

    def go_on() -> None:
        """What nobody waits for before the window is there."""
        from ui.cycle_search import CycleSearch
        from ui.leaving import leave_when_told
        from ui.recovery import Recovery
        from ui.session import Session

        CycleSearch(app).begin()
        leave_when_told(app, lambda: (window.close(), app.quit()))
        recovery = Recovery(window, Session(folder), faults, versions)
        watch.happened.connect(recovery.tell_fault)
        ends.insert(0, recovery.end)
        recovery.begin([*sources, *app.asked()], resumed)
        app.hand_to(window.open_files)
        instance.called.connect(window.open_files)
        instance.called.connect(lambda _: window.come_forward())
        instance.listen()
        window.ask_for_newer()

    window.seen.connect(go_on)
    window.show()
    return app.exec()


def no_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether Qt would find no screen to open a window on, which it says by aborting."""
    return platform.startswith("linux") and not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def check_installation() -> int:
    """`nitaq self-test`: its window is drawn in memory, whatever screen there is."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from app.i18n import Translation
    from app.program import own_program
    from app.settings import system_language
    from ui.self_test import self_test

    return self_test(compose, own_program(), Translation(system_language()))


def compose(app: QApplication, kept_in: Path | None = None) -> Window:
    """The window with the real store (or one kept elsewhere), keyring, exporters and engine.

    Nothing but the settings is read and little is imported before the window's first picture: the functions below import what they need.
    """
    import time

    from app.library import Library
    from app.program import ROOT, own_program
    from app.secrets import Keyring
    from app.settings import data_folder
    from app.store.folder import StoreFolder
    from ui.window import Window

    folder = StoreFolder(kept_in or data_folder())
    library = Library(folder, time.time)
    window = Window(
        Services(
            audits=library,
            secrets=Keyring(),
            preferences=library.workspace,
            exporters=all_exporters,
            export=write_report,
            write_comparison=write_comparison,
            engine=own_program(),
            engine_folder=ROOT,
            store=folder.path,
            try_account=try_account,
            tokens=tokens_of,
            consent=consent_for,
            proxy=name_proxy,
            discover=ask_domain,
            profiles=find_profiles,
            newest=ask_newest,
            today=today,
        ),
        app,
    )

    def keep_and_close() -> None:
        """Qt tells of the end once more where somebody asks for it while the last decisions are kept."""
        app.aboutToQuit.disconnect(keep_and_close)
        window.settle()
        library.close()

    app.aboutToQuit.connect(keep_and_close)
    return window


def today() -> date:
    from datetime import date

    return date.today()


def try_account(account: Account, secret: str | None) -> Trial:
    from app.accounts import try_account

    return try_account(account, secret)


def tokens_of(account: Account) -> Tokens:
    from app.accounts import tokens_of

    return tokens_of(account)


def consent_for(account: Account, say: Translation) -> Consent:
    from app.accounts import consent_for

    return consent_for(account, say)


def all_exporters() -> tuple[Exporter, ...]:
    from app.exporters import ALL

    return ALL


def name_proxy(host: str, port: int) -> str:
    from app.network.proxy import system_proxy

    return str(system_proxy(host, port) or "")


def ask_domain(address: str) -> MailServer | None:
    from app.discovery.ask import discover

    return discover(address)


def find_profiles() -> tuple[MailProfile, ...]:
    from pathlib import Path

    from app.sources.thunderbird import profiles

    return profiles(Path.home(), sys.platform, os.environ)


def ask_newest() -> str:
    from app.updates import newest_version

    return newest_version()


def write_report(report: Report, path: Path, say: Translation) -> None:
    from app.exporters import export

    export(report, path, say)


def write_comparison(comparison: Comparison, path: Path, say: Translation) -> None:
    from app.exporters import write_whole
    from app.exporters.comparison import write_comparison as write

    write_whole(path, lambda out: write(comparison, say, out))


def refuse(code: str, params: Mapping[str, object]) -> int:
    """There can be no window: one sentence, and the status of an error."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QMessageBox

    from app.error_text import describe
    from ui import icons
    from ui.language import Languages, system_language

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    say = Languages(app).speak(system_language())
    box = QMessageBox()
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(say("Nitaq"))
    box.setWindowIcon(icons.icon("nitaq", "#000000"))
    box.setText(describe(code, params, say))
    box.exec()
    return 1


if __name__ == "__main__":
    sys.exit(main())
