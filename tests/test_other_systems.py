"""The recipes for Windows and macOS, as far as they can be checked on any system."""

from __future__ import annotations

import ast
import plistlib
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

PACKAGING = Path(__file__).resolve().parent.parent / "packaging"
SECTIONS = {
    "Setup": (), "Languages": ("Name", "MessagesFile"), "CustomMessages": (), "InstallDelete": ("Type", "Name"), "Files": ("Source", "DestDir", "Flags"),
    "Icons": ("Name", "Filename", "AppUserModelID"), "Registry": ("Root", "Subkey", "ValueType", "ValueName", "ValueData", "Flags"),
    "Run": ("Filename", "Description", "Flags"),
}  # fmt: skip


def installer() -> dict[str, list[str]]:
    """The lines of the Inno Setup script by section; comments and directives left out."""
    text = (PACKAGING / "windows/nitaq.iss").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf"), "Inno Setup reads Arabic from UTF-8 only behind this mark"
    sections: dict[str, list[str]] = {}
    for line in text.decode("utf-8-sig").splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            lines = sections.setdefault(head[1], [])
        elif line.strip() and not line.startswith(";"):
            lines.append(line)
    return sections


def entry(line: str) -> dict[str, str]:
    """`Name: "a"; Flags: b` as a mapping; a quote inside a value is doubled."""
    found = re.findall(r'(\w+): ("(?:[^"]|"")*"|[^;"]+)(?:; |$)', line)
    assert "; ".join(f"{name}: {value}" for name, value in found) == line, line
    return {name: value[1:-1].replace('""', '"') if value[0] == '"' else value for name, value in found}


def test_the_installer_has_only_sections_and_words_that_inno_setup_knows() -> None:
    sections = installer()
    assert sections.keys() == SECTIONS.keys()
    for name, words in SECTIONS.items():
        for line in sections[name]:
            assert not words or entry(line).keys() <= set(words), line
            assert words or "=" in line, line


def test_the_installer_asks_for_no_rights_speaks_both_languages_and_names_files_that_exist() -> None:
    sections = installer()
    setup = dict(line.split("=", 1) for line in sections["Setup"])
    assert setup["PrivilegesRequired"] == "lowest"
    assert (PACKAGING / "windows" / setup["LicenseFile"].replace("\\", "/")).resolve().exists()
    languages = [entry(line)["Name"] for line in sections["Languages"]]
    assert languages == ["en", "ar"]
    told = dict(line.split("=", 1) for line in sections["CustomMessages"])
    used = set(re.findall(r"\{cm:(\w+)\}", "\n".join(line for lines in sections.values() for line in lines)))
    assert told.keys() == {f"{language}.{name}" for language in languages for name in used}


def test_mail_files_are_offered_to_the_program_and_never_taken_from_another() -> None:
    keys = [entry(line) for line in installer()["Registry"]]
    commands = [each["ValueData"] for each in keys if each["Subkey"].endswith(r"\shell\open\command")]
    assert commands == ['"{app}\\nitaq.exe" open "%1"'] * 2
    offered = {each["Subkey"] for each in keys if each["Subkey"].endswith("OpenWithProgids")}
    assert offered == {rf"Software\Classes\.{suffix}\OpenWithProgids" for suffix in ("eml", "mbox")}
    assert not [each for each in keys if each["Subkey"] in (r"Software\Classes\.eml", r"Software\Classes\.mbox")]
    kept = {each["Subkey"].split("\\")[2] for each in keys if "uninsdelete" in each.get("Flags", "")}
    assert kept == {each["Subkey"].split("\\")[2] for each in keys}, "each key goes when the program goes"


def test_windows_shows_a_version_and_runs_without_rights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    from windows_version import version_file  # type: ignore[import-not-found]

    text = version_file("1.2.3")
    ast.parse(text.strip(), mode="eval")
    assert "filevers=(1, 2, 3, 0)" in text
    manifest = ElementTree.parse(PACKAGING / "windows/nitaq.manifest")
    levels = [each.get("level") for each in manifest.iter("{urn:schemas-microsoft-com:asm.v3}requestedExecutionLevel")]
    assert levels == ["asInvoker"]


def test_the_mac_bundle_opens_mail_files_in_both_languages() -> None:
    about = plistlib.loads((PACKAGING / "macos/Info.plist").read_bytes())
    assert about["CFBundleLocalizations"] == ["ar", "en"]
    types = {each for kind in about["CFBundleDocumentTypes"] for each in kind["LSItemContentTypes"]}
    declared = {each["UTTypeIdentifier"] for each in about["UTImportedTypeDeclarations"]}
    assert declared <= types
    assert {kind["CFBundleTypeRole"] for kind in about["CFBundleDocumentTypes"]} == {"Viewer"}
    assert {kind["LSHandlerRank"] for kind in about["CFBundleDocumentTypes"]} == {"Alternate"}


def test_the_mac_program_asks_for_one_liberty_only() -> None:
    assert plistlib.loads((PACKAGING / "macos/entitlements.plist").read_bytes()) == {"com.apple.security.cs.disable-library-validation": True}


@pytest.mark.skipif(not shutil.which("bash"), reason="a script of bash")
def test_the_signing_steps_can_be_read_and_keep_no_secret() -> None:
    script = PACKAGING / "macos/sign.sh"
    subprocess.run(["bash", "-n", script], check=True)
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert "--deep --force" not in text
    assert not re.search(r"(password|apple-id)\s*[= ]", text)
