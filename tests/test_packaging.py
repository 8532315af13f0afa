"""What a built program is made from, looked at without building it."""

from __future__ import annotations

import ast
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from app.program import own_program

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a desktop entry is Linux's")


def test_the_recipe_can_be_read_and_names_only_what_is_there() -> None:
    text = (PACKAGING / "nitaq.spec").read_text(encoding="utf-8")
    ast.parse(text)
    folders = re.search(r'for folder in \(([^)]*)\)', text)
    assert folders
    named = set(re.findall(r'"(\w+)"', folders[1]))
    assert named == {path.name for path in (ROOT / "resources").iterdir() if path.is_dir()} - {"sample", "__pycache__"}


def test_on_windows_a_second_program_speaks_to_consoles_and_is_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (PACKAGING / "nitaq.spec").read_text(encoding="utf-8")
    assert re.findall(r'starter\("([\w-]+)", console=(\w+)\)', text) == [("nitaq", "LINUX"), ("nitaq-cli", "True")]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", "/Programs/Nitaq/nitaq.exe")
    assert [Path(each).name for each in own_program()] == ["nitaq-cli.exe"]


@on_linux
@pytest.mark.parametrize("before", [None, "/opt/lib"])
def test_what_the_starter_sets_for_itself_does_not_reach_the_programs_that_it_starts(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    set_by_the_starter = {"LD_LIBRARY_PATH": "/inside", "_PYI_ARCHIVE_FILE": "/nitaq", **({"LD_LIBRARY_PATH_ORIG": before} if before else {})}
    monkeypatch.setattr(os, "environ", {"HOME": "/home/someone", **set_by_the_starter})
    monkeypatch.setattr("ui.main.main", lambda: 0)
    with pytest.raises(SystemExit):
        runpy.run_path(str(PACKAGING / "start.py"))
    assert os.environ == {"HOME": "/home/someone", **({"LD_LIBRARY_PATH": before} if before else {})}


def test_packaging_is_no_package() -> None:
    assert not (PACKAGING / "__init__.py").exists()


def test_the_lock_for_building_has_hashes_names_no_host_and_holds_the_runtime_lock() -> None:
    lock, runtime = (ROOT / name for name in ("requirements-build.txt", "requirements.txt"))
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    pinned = re.findall(r"^\S+==\S+", text, re.MULTILINE)
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z0-9])", text.strip()))
    assert set(re.findall(r"^\S+==\S+", runtime.read_text(encoding="utf-8"), re.MULTILINE)) < set(pinned)


@on_linux
@pytest.mark.parametrize("line", [("desktop-file-validate", LINUX / "nitaq.desktop"),
                                  ("appstreamcli", "validate", "--no-net",
                                   LINUX / "io.github.nitaq.Nitaq.metainfo.xml")], ids=("desktop", "metainfo"))  # fmt: skip
def test_what_a_desktop_reads_is_valid(line: tuple[str | Path, ...]) -> None:
    done = subprocess.run(list(map(str, line)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_desktop_entry_speaks_both_languages_and_opens_mail_files() -> None:
    entry = dict(line.split("=", 1) for line in (LINUX / "nitaq.desktop").read_text(encoding="utf-8").splitlines() if "=" in line)
    assert {"Name", "GenericName", "Comment", "Keywords"} <= {key.removesuffix("[ar]") for key in entry if key.endswith("[ar]")}
    assert entry["Exec"] == "nitaq open %F"
    assert entry["MimeType"] == "message/rfc822;application/mbox;"


def test_icons_are_drawn_in_every_size_and_in_the_forms_of_other_systems(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    subprocess.run([sys.executable, PACKAGING / "icons.py", tmp_path], check=True, env=environment)
    sizes = {int.from_bytes(path.read_bytes()[16:20], "big") for path in tmp_path.glob("nitaq-*.png")}
    assert sizes == {16, 22, 24, 32, 48, 64, 128, 256, 512}
    windows = (tmp_path / "nitaq.ico").read_bytes()
    assert windows[:6] == b"\0\0\1\0\x08\0"
    assert [windows[6 + 16 * n] for n in range(8)] == [16, 20, 24, 32, 40, 48, 64, 0]
    assert pictures_in((tmp_path / "nitaq.icns").read_bytes()) == {
        "icp4": 16, "icp5": 32, "icp6": 64, "ic07": 128, "ic08": 256, "ic09": 512,
        "ic11": 32, "ic12": 64, "ic13": 256, "ic14": 512, "ic10": 1024,
    }  # fmt: skip


def pictures_in(apple: bytes) -> dict[str, int]:
    """The kinds in an .icns file, with the width that each picture has."""
    assert apple[:4] == b"icns"
    assert int.from_bytes(apple[4:8], "big") == len(apple)
    found, at = {}, 8
    while at < len(apple):
        found[apple[at : at + 4].decode()] = int.from_bytes(apple[at + 8 + 16 : at + 8 + 20], "big")
        at += int.from_bytes(apple[at + 4 : at + 8], "big")
    return found


@pytest.mark.parametrize("page", ["nitaq.1", "ar/nitaq.1"])
def test_the_manual_tells_each_verb_and_the_same_in_both_languages(page: str) -> None:
    from app.arguments import parser

    text = (LINUX / page).read_text(encoding="utf-8").replace("\\-", "-")
    verbs = next(action for action in parser()._actions if action.choices).choices
    assert verbs
    assert not [verb for verb in (*verbs, "open", "self-test") if f".B nitaq {verb}\n" not in text]
    english = re.findall(r"--[a-z-]+", (LINUX / "nitaq.1").read_text(encoding="utf-8").replace("\\-", "-"))
    assert re.findall(r"--[a-z-]+", text) == english
    known = {word for each in (*verbs.values(), parser()) for action in each._actions for word in action.option_strings}
    assert set(english) <= known


def test_the_metainfo_has_pictures_of_the_size_it_says_in_both_languages() -> None:
    entry = (LINUX / "io.github.nitaq.Nitaq.metainfo.xml").read_text(encoding="utf-8")
    pictures = re.findall(r'width="(\d+)" height="(\d+)"[^>]*>https://[^<]*/(overview-(?:en|ar)\.png)<', entry)
    assert len(pictures) == 2
    for width, height, name in pictures:
        head = (ROOT / "docs" / name).read_bytes()[16:24]
        assert (int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")) == (int(width), int(height))


def test_each_thing_that_lintian_is_told_to_pass_over_has_its_reason_above_it() -> None:
    lines = (LINUX / "lintian-overrides").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    assert all(re.fullmatch(r"# .+\.|nitaq: [a-z-]+ .*\[usr/lib/nitaq/.+\]", line) for line in lines)
