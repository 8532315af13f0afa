"""What is inside a built folder, by component: each file that was frozen is traced to the package that brought it."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

HERE = Path(__file__).resolve().parent
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
LGPL = tuple(HERE / "licences" / name for name in ("QT.txt", "LGPL-3.0.txt", "GPL-3.0.txt"))
SYSTEM = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
QT = ("pyside6-essentials", "shiboken6")


@dataclass(frozen=True)
class Component:
    """One library inside: name, version, its licence (an SPDX expression where `spdx`, else words), where it comes from, its licence texts."""

    name: str
    version: str
    licence: str
    purl: str
    texts: tuple[Path, ...] = ()
    spdx: bool = False


@dataclass(frozen=True)
class Origins:
    """What the freezing recorded: file inside → file it was made from, and module inside the program → its source."""

    files: Mapping[str, str]
    modules: Mapping[str, str]

    @classmethod
    def read(cls, recorded: Path) -> Origins:
        return cls(**json.loads(recorded.read_text(encoding="utf-8")))

    def of_the_system(self) -> set[str]:
        """The libraries inside that the building system's own packages brought (Linux); Python's own stays with the rest of Python."""
        plain = {name: source for name, source in self.files.items() if "/" not in name and not name.startswith("libpython")}
        return {name for name, source in plain.items() if sys.platform == "linux" and source.startswith(SYSTEM)}

    def without(self, names: Iterable[str]) -> Origins:
        left_out = set(names)
        return Origins({name: source for name, source in self.files.items() if name not in left_out}, self.modules)


def components(inside: Origins) -> list[Component]:
    """Everything that was frozen, sorted by name."""
    sources = {Path(source) for source in (*inside.files.values(), *inside.modules.values())}
    found = [of_python(), *of_qt(inside)]
    for each in distributions():
        name = plain_name(each)
        own = {Path(str(each.locate_file(file))) for file in each.files or ()}
        if name in ("pyinstaller", *QT) or (name not in ("nitaq", "pip", "setuptools") and sources & own):
            found.append(of_distribution(each))
            found += carried(each)
    found += of_packages(Path(inside.files[name]) for name in inside.of_the_system())
    return sorted({each.purl: each for each in found}.values(), key=lambda each: (each.name, each.purl))


def plain_name(each: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", each.metadata["Name"]).lower()


def of_python() -> Component:
    places = (Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt")
    version = platform.python_version()
    return Component("cpython", version, "PSF-2.0", f"pkg:generic/cpython@{version}", tuple(path for path in places if path.exists()), spdx=True)


def of_distribution(inside: Distribution) -> Component:
    name, about = plain_name(inside), inside.metadata
    files = tuple(sorted(Path(str(inside.locate_file(file))) for file in inside.files or () if ".dist-info" in str(file) and LICENCE_FILE.search(file.name)))
    if name in QT:
        return Component(name, inside.version, "LGPL-3.0-only", f"pkg:pypi/{name}@{inside.version}", LGPL, spdx=True)
    licence, spdx = licence_of(about)
    return Component(name, inside.version, licence, f"pkg:pypi/{name}@{inside.version}", files, spdx)


def licence_of(about) -> tuple[str, bool]:  # type: ignore[no-untyped-def]
    """The SPDX expression where the package states one, else what it says in words."""
    if expression := about.get("License-Expression"):
        return expression, True
    classified = [value.rpartition(":: ")[2] for value in about.get_all("Classifier") or () if value.startswith("License ::")]
    return " and ".join(classified) or (about.get("License") or "see its text").splitlines()[0], False


def carried(inside: Distribution) -> Iterator[Component]:
    """What a package says that it carries itself (PEP 770), such as OpenSSL in cryptography."""
    for file in inside.files or ():
        if ".dist-info/sboms/" in str(file) and file.name.endswith(".json"):
            for each in json.loads(Path(str(inside.locate_file(file))).read_text(encoding="utf-8")).get("components", ()):
                licences = [said.get("expression") or said["license"].get("id") or said["license"].get("name") for said in each.get("licenses", ())]
                purl = each.get("purl", "").partition("?")[0] or f"pkg:generic/{each['name']}@{each['version']}"
                yield Component(each["name"], each["version"], " AND ".join(licences) or f"see {plain_name(inside)}", purl, spdx=bool(licences))


def of_qt(inside: Origins) -> Iterator[Component]:
    """What Qt's own libraries carry. Where none says its version it is empty."""
    told = tomllib.loads((HERE / "qt.toml").read_text(encoding="utf-8"))["part"]
    sources = {Path(name).name: Path(source) for name, source in inside.files.items()}
    for part in told:
        holders = [path for name, path in sources.items() if re.match(part["library"], name)]
        if holders:
            version = version_in(holders[0], part)
            yield Component(part["name"], version, part["licence"], f"pkg:generic/{part['name']}{version and '@' + version}", spdx=True)


def version_in(library: Path, part: Mapping[str, str]) -> str:
    found = re.search(part["version"].encode(), library.read_bytes() + library.name.encode()) if "version" in part else None
    return found[1].decode() if found else ""


def of_packages(libraries: Iterable[Path]) -> Iterator[Component]:
    """The libraries that were taken from the building system, by the Debian package that brought them."""
    if not shutil.which("dpkg-query"):
        return
    for package in sorted({owner for path in libraries if (owner := owner_of(path))}):
        name, version = package.partition(":")[0], asked("dpkg-query", "-W", "-f=${Version} ", package).split()[0]
        text = Path("/usr/share/doc") / name / "copyright"
        yield Component(name, version, "see its text", f"pkg:deb/debian/{name}@{version}", (text,) if text.exists() else ())


def owner_of(path: Path) -> str:
    """The package of a file, which may be known by its place before /lib and /usr/lib became one; empty if none."""
    places = {str(path), str(path.resolve())}
    places |= {place.removeprefix("/usr") if place.startswith("/usr/lib") else f"/usr{place}" for place in places}
    said = asked("dpkg-query", "--search", *sorted(places)).splitlines()
    return next((line.partition(": ")[0].split(",")[0] for line in said if not line.startswith("diversion")), "")


def asked(*line: str) -> str:
    return subprocess.run(line, capture_output=True, text=True, check=False).stdout
