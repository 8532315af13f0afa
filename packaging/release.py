"""Is a tag a release of this checkout? Then print what its CHANGELOG says, else a sentence and exit status 1: python packaging/release.py v0.1.0"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = "nitaq.invalid"
NAMING_A_HOME = ("packaging/debian.py", "packaging/linux/io.github.nitaq.Nitaq.metainfo.xml", "app/updates.py")


def main(tag: str, root: Path = ROOT) -> int:
    version = tag.removeprefix("v")
    wrong = list(disagreements(tag, version, root))
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    print(notes(version, root))
    return 0


def disagreements(tag: str, version: str, root: Path) -> list[str]:
    texts = {name: (root / name).read_text(encoding="utf-8") for name in ("app/__init__.py", "pyproject.toml", NAMING_A_HOME[1])}
    said = {
        "app/__init__.py": re.search(r'^__version__ = "([^"]+)"', texts["app/__init__.py"], re.MULTILINE),
        NAMING_A_HOME[1]: re.search(r'<release version="([^"]+)"', texts[NAMING_A_HOME[1]]),
    }
    versions = {name: found[1] if found else "none" for name, found in said.items()}
    versions["pyproject.toml"] = tomllib.loads(texts["pyproject.toml"])["project"]["version"]
    wrong = [f"{name} says version {each}, the tag says {version}." for name, each in versions.items() if each != version]
    if not re.fullmatch(r"v\d+\.\d+\.\d+", tag):
        wrong.append(f"{tag} is no vMAJOR.MINOR.PATCH.")
    if not notes(version, root):
        wrong.append(f"CHANGELOG.md has no section [{version}].")
    elif (day := dated(root).get(version)) is None or released(texts[NAMING_A_HOME[1]]).get(version) != day:
        wrong.append(f"{NAMING_A_HOME[1]} and CHANGELOG.md give {version} another day, or one of them none.")
    homeless = [name for name in NAMING_A_HOME if PLACEHOLDER in (root / name).read_text(encoding="utf-8")]
    return wrong + [f"{name} still names {PLACEHOLDER}: the project has no home yet." for name in homeless]


def released(metainfo: str) -> dict[str, str]:
    """Version → day of each release that a software centre shows; what is in development is none."""
    lines = re.findall(r"<release [^>]*>", metainfo)
    found = [(re.search(r'version="([^"]+)"', line), re.search(r'date="([^"]+)"', line)) for line in lines if 'type="development"' not in line]
    return {version[1]: day[1] for version, day in found if version and day}


def dated(root: Path) -> dict[str, str]:
    """Version → day of each section of the changelog that has one."""
    return dict(re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE))


def notes(version: str, root: Path) -> str:
    """The section of a version, empty where there is none."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
