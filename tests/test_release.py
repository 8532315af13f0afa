"""Whether a tag may become a release, and whether two builds are the same."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READ = ("app/__init__.py", "pyproject.toml", "packaging/debian.py", "packaging/linux/io.github.nitaq.Nitaq.metainfo.xml", "app/updates.py")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files a release is judged by, with a home and a section of the changelog."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    for name in READ:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / name).read_text(encoding="utf-8").replace("nitaq.invalid", "home.example")
        text = re.sub(r'<release [^>]*"0.1.0"[^>]*>', '<release version="0.1.0" date="2026-12-01"/>', text)
        (tmp_path / name).write_text(text, encoding="utf-8")
    sections = "## [Unreleased]\n\nLater.\n\n## [0.1.0] - 2026-12-01\n\n- The first.\n\n## [0.0.1] - 2026-11-01\n\n- Before.\n"
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{sections}")
    return tmp_path


def test_a_tag_that_agrees_with_everything_prints_its_notes(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from release import main  # type: ignore[import-not-found]

    assert main("v0.1.0", checkout) == 0
    assert capsys.readouterr().out == "- The first.\n"


@pytest.mark.parametrize(("tag", "said"), [("v0.2.0", "says version 0.1.0"), ("0.1.0", "is no vMAJOR.MINOR.PATCH"), ("v0.9.0", "no section [0.9.0]")])
def test_a_tag_that_disagrees_is_refused_with_a_sentence(checkout: Path, capsys: pytest.CaptureFixture[str], tag: str, said: str) -> None:
    from release import main

    assert main(tag, checkout) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("line", ['<release version="0.1.0" date="2026-12-02"/>', '<release version="0.1.0" date="2026-12-01" type="development"/>'])
def test_a_software_centre_is_told_the_day_of_the_changelog(checkout: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    from release import main

    metainfo = checkout / READ[3]
    metainfo.write_text(metainfo.read_text().replace('<release version="0.1.0" date="2026-12-01"/>', line))
    assert main("v0.1.0", checkout) == 1
    assert "another day" in capsys.readouterr().err


def test_the_changelog_has_its_form_and_agrees_with_what_a_software_centre_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    from release import dated, released

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *sections = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert first == "[Unreleased]"
    assert [each for each in sections if not re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", each)] == []
    versions = [tuple(map(int, each.split("]")[0][1:].split("."))) for each in sections]
    assert versions == sorted(set(versions), reverse=True)
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Added to the public interface"}
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= kinds
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        headings = re.findall(r"^### (.+)$", section, re.MULTILINE)
        assert len(headings) == len(set(headings)), "each kind of change once in a version"
    assert released((ROOT / READ[3]).read_text(encoding="utf-8")) == dated(ROOT)


@pytest.mark.parametrize("homeless", READ[2:])
def test_nothing_is_released_while_the_project_has_no_home(checkout: Path, capsys: pytest.CaptureFixture[str], homeless: str) -> None:
    from release import main

    shutil.copy(ROOT / homeless, checkout / homeless)
    assert main("v0.1.0", checkout) == 1
    assert f"{homeless} still names" in capsys.readouterr().err


def made(folder: Path, text: bytes, when: int) -> Path:
    """A folder with a file, a link, and an archive of that file."""
    folder.mkdir()
    (folder / "nitaq").write_bytes(text)
    (folder / "link").symlink_to("nitaq")
    entry = tarfile.TarInfo("nitaq/nitaq")
    entry.size, entry.mtime = len(text), when
    with gzip.GzipFile(folder / "nitaq.tar.gz", "wb", mtime=0) as out, tarfile.open(fileobj=out, mode="w") as tar:
        tar.addfile(entry, io.BytesIO(text))
    return folder


def test_equal_builds_are_the_same_and_one_octet_or_time_is_not(checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from compare import main  # type: ignore[import-not-found]

    first = made(tmp_path / "a", b"one", 7)
    assert main(first, made(tmp_path / "b", b"one", 7)) == 0
    assert main(first, made(tmp_path / "c", b"two", 7)) == 1
    assert "differs: nitaq.tar.gz: nitaq/nitaq" in capsys.readouterr().out
    assert main(first, made(tmp_path / "d", b"one", 8)) == 1
