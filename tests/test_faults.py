"""What a report of a fault holds, and above all what it does not."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app import domains
from app.error_text import describe
from app.errors import UserError
from app.faults import MOST_REPORTS, FaultFolder, fault_report, faults_told, native_report
from app.i18n import Translation

SECRETS = ("sara", "firm.example", "Haddad", "/home", "hunter2", "سارة", "192.0.2.7", "Invoice")


class Spoilt:
    """Something that fails when it is looked at."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def __str__(self) -> str:
        raise self.fault


def raised(fault: Exception) -> Exception:
    """The fault as it comes out of a function of ours."""
    try:
        describe("input", {"path": Spoilt(fault)}, Translation("en"))
    except Exception as caught:
        return caught
    raise AssertionError


@pytest.mark.parametrize(
    "fault",
    [
        ValueError("sara@firm.example has no password hunter2"),
        KeyError("Sara Haddad"),
        FileNotFoundError(2, "No such file", "/home/sara/Mail/inbox"),
        RuntimeError("Invoice 4711 from سارة at 192.0.2.7"),
        UnicodeDecodeError("utf-8", b"Haddad", 0, 1, "Invoice"),
        UserError("input", path="/home/sara/Mail", reason="Haddad"),
        ValueError("C:\\Users\\sara\\Mail was Invoice"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_nothing_of_the_users_is_in_it(fault: Exception) -> None:
    text = fault_report(raised(fault), "window")
    assert [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []
    assert str(Path.home()) not in text
    assert f"fault: {type(fault).__name__}" in text


def test_it_names_our_lines_and_the_versions() -> None:
    text = fault_report(raised(KeyError("x")), "engine", "PySide6 6.10")
    assert "part: engine" in text
    assert "PySide6 6.10" in text
    assert "  app.error_text:" in text
    assert " describe\n" in text
    assert "test_faults" not in text


def test_what_python_says_can_be_read() -> None:
    assert "NoneType… object has no attribute" in fault_report(raised(AttributeError("'NoneType' object has no attribute 'x'")), "window")
    assert ": list index out of range" in fault_report(raised(IndexError("list index out of range")), "window")


def test_a_cause_is_told_and_a_long_way_is_shortened() -> None:
    def deep(n: int) -> None:
        if n:
            deep(n - 1)
        else:
            raise RuntimeError from ZeroDivisionError("division by zero")

    deep.__globals__["__name__"] = "ui.deep"
    try:
        deep(200)
    except RuntimeError as fault:
        text = fault_report(fault, "window")
    finally:
        deep.__globals__["__name__"] = __name__
    assert "fault: ZeroDivisionError: division by zero" in text
    assert len(text.splitlines()) < 60


def test_what_native_code_left_loses_its_paths() -> None:
    root = Path(domains.__file__).parent
    raw = f'''Fatal Python error: Segmentation fault

Current thread 0x00007f2a3c5d1740 (most recent call first):
  File "/home/sara/.venv/lib/python3.11/ctypes/__init__.py", line 519 in string_at
  File "{root / 'domains.py'}", line 20 in registrable
  File "ui/window.py", line 7 in show
  File "/home/sara/firm/app.py", line 9 in <module>

Extension modules: Haddad.secret (total: 1)
'''
    text = native_report(raw, "window")
    assert [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []
    assert "fault: Segmentation fault" in text
    assert "    app.domains:20 registrable\n" in text
    assert "    ui.window:7 show\n" in text


def test_a_few_are_kept_for_their_owner_alone_and_the_same_one_once(tmp_path: Path) -> None:
    folder = FaultFolder(tmp_path / "store" / "faults")
    before = os.umask(0)
    try:
        kept = [folder.keep(f"report {n}\n") for n in range(MOST_REPORTS + 3)]
    finally:
        os.umask(before)
    assert folder.keep(f"report {MOST_REPORTS + 2}\n") == kept[-1]
    assert folder.reports() == [*reversed(kept)][:MOST_REPORTS]
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.reports()} == {0o600}
        assert {stat.S_IMODE(path.stat().st_mode) for path in (folder.path, folder.path.parent)} == {0o700}


def test_a_folder_that_takes_no_file_is_no_fault_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "faults").write_text("a file")
    folder = FaultFolder(tmp_path / "faults")
    assert folder.keep("report\n") is None
    assert folder.reports() == []
    folder.watch("window")()
    assert folder.collect() == []


def test_an_engine_that_fails_writes_a_report_and_the_fault_goes_on(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), faults_told(tmp_path / "faults", "engine"):
        raise ZeroDivisionError("division by zero")
    (path,) = FaultFolder(tmp_path / "faults").reports()
    assert "fault: ZeroDivisionError: division by zero" in path.read_text()
    with pytest.raises(UserError), faults_told(tmp_path / "none", "engine"):
        raise UserError("input")
    assert FaultFolder(tmp_path / "none").reports() == []


def test_a_process_that_crashes_leaves_a_trace_that_becomes_a_report(tmp_path: Path) -> None:
    program = (
        "import ctypes, sys; from pathlib import Path; from app.faults import FaultFolder\n"
        "FaultFolder(Path(sys.argv[1])).watch('engine'); ctypes.string_at(0)"
    )
    root = Path(domains.__file__).parent.parent
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=root, capture_output=True, check=False)
    assert ended.returncode != 0
    (path,) = FaultFolder(tmp_path).collect()
    text = path.read_text()
    assert "part: engine" in text
    assert str(tmp_path) not in text
    assert list(tmp_path.iterdir()) == [path]
