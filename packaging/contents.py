"""What is inside a built folder, by component: the CycloneDX list, and the licence text of each."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMON = Path("/usr/share/common-licenses")
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
QT = ("pyside6-essentials", "shiboken6")


@dataclass(frozen=True)
class Component:
    """One library inside: name, version, what its licence is called, where it comes from, its licence texts."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...]


def locked(lock: str) -> list[str]:
    """The names that are locked for a purpose and installed here: markers leave some out on other systems."""
    names = re.findall(r"^([a-z0-9._-]+)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    return [name for name in names if installed(name)]


def installed(name: str) -> bool:
    try:
        distribution(name)
    except ImportError:
        return False
    return True


def components(folder: Path) -> list[Component]:
    """Everything in a built folder, sorted by name; where the building system has no dpkg, system libraries are not listed."""
    names = [name for name in locked("requirements.txt") if name != "setuptools"]
    found = [of_python(distribution(name)) for name in (*names, "pyinstaller")]
    interpreter = Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "LICENSE.txt"
    found.append(Component("cpython", platform.python_version(), "PSF-2.0", f"pkg:generic/cpython@{platform.python_version()}",
                           (interpreter,) if interpreter.exists() else ()))  # fmt: skip
    if shutil.which("dpkg-query"):
        found += of_system(folder)
    return sorted(found, key=lambda each: (each.name, each.purl))


def of_python(inside: Distribution) -> Component:
    about = inside.metadata
    name = about["Name"].lower().replace("_", "-")
    classified = [value.rpartition(":: ")[2] for value in about.get_all("Classifier") or () if value.startswith("License ::")]
    licence = about["License-Expression"] or " and ".join(classified) or (about["License"] or "unknown").splitlines()[0]
    files = tuple(sorted(Path(str(inside.locate_file(file))) for file in inside.files or () if "dist-info" in str(file) and LICENCE_FILE.search(file.name)))
    if name in QT:
        licence = "LGPL-3.0-only"
        files = (*files, *(COMMON / text for text in ("LGPL-3", "GPL-3") if (COMMON / text).exists()))
    return Component(name, inside.version, licence, f"pkg:pypi/{name}@{inside.version}", files)


def of_system(folder: Path) -> Iterator[Component]:
    """The libraries that were taken from the building system, by the package that brought them."""
    names = {path.name for path in (folder / "_internal").glob("*.so*")}
    where = [path for name in sorted(names) for roof in ("/lib", "/usr/lib") for path in Path(roof).glob(f"x86_64-linux-gnu/{name}")]
    asked = subprocess.run(["dpkg-query", "--search", *map(str, where)], capture_output=True, text=True, check=False).stdout
    for package in sorted({line.split(":")[0] for line in asked.splitlines() if not line.startswith("diversion")}):
        version = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], capture_output=True, text=True, check=False).stdout.split()[0]
        text = Path("/usr/share/doc") / package / "copyright"
        yield Component(package, version, "see its text", f"pkg:deb/debian/{package}@{version}", (text,) if text.exists() else ())


def bill(inside: list[Component], version: str) -> str:
    """CycloneDX 1.5 as JSON, without a serial number or time, so that equal contents give equal lists."""
    listed = [
        {"type": "library", "bom-ref": each.purl, "name": each.name, "version": each.version, "purl": each.purl,
         "licenses": [{"license": {"name": each.licence}}]}
        for each in inside
    ]  # fmt: skip
    about = {"component": {"type": "application", "bom-ref": "nitaq", "name": "nitaq", "version": version, "licenses": [{"license": {"id": "Apache-2.0"}}]}}
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": about, "components": listed}, indent=1) + "\n"


def write_licences(inside: list[Component], folder: Path) -> list[str]:
    """One file for each component. Returns the names of those without a text of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in inside:
        texts = [f"{each.name} {each.version}: {each.licence}\n", *(text.read_text(encoding="utf-8", errors="replace") for text in each.texts)]
        (folder / f"{each.name}.txt").write_text("\n".join(texts), encoding="utf-8")
    return [each.name for each in inside if not each.texts]
