"""The checkout itself: what is tracked, what it says, what dev.py needs."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
# Written apart, so that this file does not name them itself.
REGISTRIES = re.compile(
    "|".join(map(re.escape, ("pypi" + ".org", "python" + "hosted", "deb." + "debian", "archive." + "ubuntu",
                             "security." + "debian", "anaconda" + ".org", "proxy." + "golang", "npm" + "js"))),
    re.IGNORECASE,
)  # fmt: skip


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_registry(tracked: list[Path]) -> None:
    naming = [path.name for path in tracked if REGISTRIES.search(path.read_bytes().decode("utf-8", "replace"))]
    assert naming == []


def test_what_a_tool_leaves_behind_is_not_tracked(tracked: list[Path]) -> None:
    names = {path.relative_to(ROOT).as_posix() for path in tracked}
    assert "uv.lock" not in names
    assert not [name for name in names if name.startswith(".venv/") or "__pycache__" in name]


def test_the_locks_have_hashes_and_name_no_host() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
        for entry in re.split(r"\n(?=[a-z0-9])", text.strip()):
            assert re.match(r"[a-z0-9][a-z0-9._-]*==\S+", entry), entry
            assert "--hash=sha256:" in entry, entry


def test_the_development_lock_contains_the_runtime_lock() -> None:
    runtime, development = (set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS)
    assert runtime < development


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = {lock: set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS}
    groups = project["dependency-groups"]
    for lock, wanted in zip(LOCKS, (project["project"]["dependencies"] + groups["build"], groups["dev"]), strict=True):
        names = {re.match(r"[\w-]+", each)[0].lower() for each in wanted}  # type: ignore[index]
        assert names <= locked[lock]


def test_every_folder_of_code_is_a_package() -> None:
    """Only then does a built program contain it."""
    folders = {path.parent for package in ("app", "ui") for path in (ROOT / package).rglob("*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_dev_py_imports_only_the_standard_library() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_dev_py_can_be_read_by_an_older_python() -> None:
    """So that it can say in a sentence that it needs a newer one."""
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))
