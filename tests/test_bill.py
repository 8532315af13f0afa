"""What a build says is inside it: each file traced to what brought it, valid CycloneDX, a licence for each."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import jinja2
import PySide6
import pytest
from cryptography.hazmat.bindings import _rust
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from app.inside import parts

PACKAGING = Path(__file__).resolve().parent.parent / "packaging"
QT = Path(PySide6.__file__).parent


@pytest.fixture
def contents(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import contents  # type: ignore[import-not-found]

    return contents  # type: ignore[no-any-return]


@pytest.fixture
def inside(contents: ModuleType, tmp_path: Path) -> object:
    """As the freezing records it, for a few real files of this environment."""
    libraries = {path.name: str(path) for path in QT.rglob("*Qt6Core*") if path.is_file()} | {path.name: str(path) for path in QT.rglob("libicuuc.so.*")}
    recorded = {"files": {**libraries, "_rust.abi3.so": str(_rust.__file__)}, "modules": {"jinja2": str(jinja2.__file__)}}
    (tmp_path / "origins.json").write_text(json.dumps(recorded))
    return contents.Origins.read(tmp_path / "origins.json")


def test_each_part_is_traced_to_what_brought_it_and_what_that_carries(contents: ModuleType, inside: object) -> None:
    found = {each.name: each for each in contents.components(inside)}
    assert {"cpython", "pyside6-essentials", "jinja2", "cryptography", "openssl", "pcre2"} <= found.keys()
    assert found["pyside6-essentials"].licence == "LGPL-3.0-only"
    assert found["cpython"].version == ".".join(map(str, sys.version_info[:3]))
    assert found["openssl"].purl.startswith("pkg:generic/openssl@")
    assert "pytest" not in found
    assert "xlsxwriter" not in found


def test_the_bill_is_valid_by_the_schema_and_equal_for_equal_contents(contents: ModuleType, inside: object) -> None:
    import bill  # type: ignore[import-not-found]

    listed = contents.components(inside)
    texts = {each.purl: "a.txt" for each in listed}
    text = bill.bill(listed, "1.2.3", texts)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert text == bill.bill(contents.components(inside), "1.2.3", texts)
    names = {each["name"] for each in json.loads(text)["components"]}
    assert {"cpython", "jinja2", "openssl"} <= names


def test_a_bill_that_breaks_the_schema_would_be_noticed(contents: ModuleType, inside: object) -> None:
    import bill

    listed = contents.components(inside)
    broken = json.loads(bill.bill(listed, "1.2.3", {each.purl: "a.txt" for each in listed}))
    broken["components"][0]["type"] = "thing"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(broken)) is not None


def test_equal_licence_texts_are_written_once_and_qt_comes_with_its_duties(contents: ModuleType, tmp_path: Path) -> None:
    import bill

    (tmp_path / "MIT").write_text("Permission is hereby granted")
    both = [contents.Component(name, "1", "MIT", f"pkg:generic/{name}@1", (tmp_path / "MIT",), spdx=True) for name in ("alpha", "beta")]
    qt = contents.of_distribution(next(each for each in contents.distributions() if contents.plain_name(each) == "shiboken6"))
    bare = contents.Component("bare", "2", "ISC", "pkg:generic/bare@2")
    listed = [*both, bare, qt]
    files = bill.write_licences(listed, tmp_path / "out")
    assert list(files.values()) == ["alpha.txt", "alpha.txt", "without-a-text.txt", "shiboken6.txt"]
    (tmp_path / "nitaq.cdx.json").write_text(bill.bill(listed, "1", files))
    (tmp_path / "out").rename(tmp_path / "licences")
    shown = {part.name: part for part in parts(tmp_path)}
    assert shown["beta"].text().startswith("alpha 1: MIT\nbeta 1: MIT\n\nPermission")
    assert (shown["shiboken6"].licence, shown["bare"].version) == ("LGPL-3.0-only", "2")
    (tmp_path / "licences").rename(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["alpha.txt", "nitaq.txt", "shiboken6.txt", "without-a-text.txt"]
    duties = (tmp_path / "out/shiboken6.txt").read_text()
    assert "You may replace Qt" in duties
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in duties
    assert "GNU GENERAL PUBLIC LICENSE" in duties
    assert "bare 2: ISC" in (tmp_path / "out/without-a-text.txt").read_text()


@pytest.mark.skipif(not sys.platform.startswith("linux") or not shutil.which("dpkg-query"), reason="libraries of a Debian system")
def test_only_plain_libraries_of_the_system_are_left_to_it(contents: ModuleType) -> None:
    files = {"libssl.so.3": "/usr/lib/x/libssl.so.3", "libpython3.11.so.1.0": "/usr/lib/x/libpython3.11.so.1.0",
             "python3.11/lib-dynload/_ssl.so": "/usr/lib/python3.11/lib-dynload/_ssl.so", "libicuuc.so.73": "/work/venv/libicuuc.so.73"}  # fmt: skip
    inside = contents.Origins(files, {})
    assert inside.of_the_system() == {"libssl.so.3"}
    assert set(inside.without(inside.of_the_system()).files) == {*files} - {"libssl.so.3"}
    assert contents.owner_of(Path(shutil.which("dpkg-query") or "")) == "dpkg"
