"""Where a built program begins."""

import os
import sys
from pathlib import Path

from ui.main import main

# As PyInstaller's own hook for PySide6 does, which we leave out: it loads Qt at once, and most starts have no window.
qt = Path(sys._MEIPASS) / "PySide6"  # type: ignore[attr-defined]
os.environ["QT_PLUGIN_PATH"] = str(qt / ("plugins" if sys.platform == "win32" else "Qt/plugins"))

sys.exit(main())
