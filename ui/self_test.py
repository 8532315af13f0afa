"""`nitaq self-test`: does this installation have everything it needs? Leaves nothing behind and speaks to no server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from app.domains import listed_disposable, listed_free_mail, registrable
from app.faults import where
from app.guide import guide, picture
from app.i18n import LANGUAGES, Translation, mark
from app.secrets import Keyring, keepers
from app.store.folder import StoreFolder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.window import Window

Open = Callable[["QApplication", Path], "Window"]
"""The window of a store folder; `ui.main` builds it."""
TIMEOUT = 120
"""Seconds that the scan process has for the sample."""


def self_test(open_window: Open, engine: tuple[str, ...], say: Translation) -> int:
    """Print one line for each part. Exit status: 0 where all are there, else 1."""
    failed = False
    with TemporaryDirectory(prefix="nitaq-") as folder:
        store = Path(folder)
        parts: tuple[tuple[str, Callable[[], str]], ...] = (
            (mark("texts and guide in both languages"), _catalogues),
            (mark("list of domain suffixes"), _suffixes),
            (mark("keyring"), lambda: _keyring(say)),
            (mark("store"), lambda: _store(store / "store")),
            (mark("scan process, on the sample"), lambda: _scan(engine, store)),
            (mark("window in both languages"), lambda: _window(open_window, store / "window")),
        )
        for name, check in parts:
            try:
                print(say("{part}: in order {detail}", part=say(name), detail=check()).rstrip())
            except Exception as fault:  # whatever is missing: the other parts are looked at all the same
                failed = True
                print(say("{part}: missing or broken ({reason})", part=say(name), reason=f"{where(fault)} {fault}"))
    return 1 if failed else 0


class Missing(Exception):
    """A part is not what it has to be."""


def _need(condition: object, what: str) -> None:
    if not condition:
        raise Missing(what)


def _catalogues() -> str:
    for language in LANGUAGES[1:]:
        _need(Translation(language)("Sample mailbox") != "Sample mailbox", language)
    for language in LANGUAGES:
        pages = guide(language)
        _need(pages and all(picture(block.picture, language) for page in pages for block in page.blocks if block.picture), f"guide {language}")
    return ""


def _suffixes() -> str:
    _need(registrable("mail.firm.co.uk") == "firm.co.uk", "co.uk")
    _need(listed_free_mail() and listed_disposable(), "mail providers")
    return ""


def _keyring(say: Translation) -> str:
    """A session without a keyring is no fault of the installation: the password is then asked for each time."""
    found = keepers()
    _need(found, "backends")
    return "" if Keyring().available() else say("(no keyring is open in this session, so a password would be asked for each time)")


def _store(folder: Path) -> str:
    for _ in range(2):  # made, then opened again
        workspace = StoreFolder(folder).workspace()
        workspace.set("self-test", "ن")
        _need(workspace.setting("self-test") == "ن", "setting")
        workspace.close()
    return ""


def _scan(engine: tuple[str, ...], folder: Path) -> str:
    reports = [folder / f"report{suffix}" for suffix in (".html", ".json", ".xlsx", ".pdf", ".csv")]
    words = [word for path in reports for word in ("--report", str(path))]
    line = [*engine, "audit", "sample", "--store", str(folder / "scan"), "--progress", "json", *words]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=TIMEOUT, check=False)
    _need(done.returncode == 0, done.stderr.strip()[-300:] or f"exit status {done.returncode}")
    _need('"complete"' in done.stdout.splitlines()[-1], "end")
    _need(all(path.stat().st_size for path in reports), "reports")
    return ""


def _window(open_window: Open, folder: Path) -> str:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(sys.argv[:1])
    _need(isinstance(app, QApplication), "application")
    window = open_window(app, folder)  # type: ignore[arg-type]
    window.show()
    for language in LANGUAGES:
        window.set_language(language)
        app.processEvents()
        picture = window.grab().toImage()
        _need(len({picture.pixel(x, 20) for x in range(0, picture.width(), 2)}) > 1, "picture")
    _need(QCoreApplication.translate("QPlatformTheme", "Cancel") != "Cancel", "Qt's own Arabic")
    window.close()
    window.deleteLater()
    return ""
