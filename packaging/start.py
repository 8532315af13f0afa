"""Where a built program begins. It imports little: most starts have no window, and `nitaq --version` should take no time."""

import os
import sys

from ui.main import main

if sys.platform == "linux":
    # What the starter set for itself is no concern of what we start: a browser would load our libraries. Our own next start sets it anew.
    for name in ("LD_LIBRARY_PATH", *(name for name in os.environ if name.startswith("_PYI_"))):
        os.environ.pop(name, None)
    if (before := os.environ.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
        os.environ["LD_LIBRARY_PATH"] = before
else:
    # As PyInstaller's own hook for PySide6 does, which we leave out: it loads Qt at once.
    os.environ["QT_PLUGIN_PATH"] = os.path.join(sys._MEIPASS, "PySide6", "plugins" if sys.platform == "win32" else "Qt/plugins")  # type: ignore[attr-defined]

# Windows gives no streams to a program without a console; what is written there goes nowhere.
for name in ("stdin", "stdout", "stderr"):
    if getattr(sys, name) is None:
        setattr(sys, name, open(os.devnull, "r+", encoding="utf-8"))  # noqa: SIM115

sys.exit(main())
