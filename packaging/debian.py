"""A Debian package around an installed tree: what a desktop reads, what dpkg reads, what it depends on."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from icons import SIZES

HERE = Path(__file__).resolve().parent
ROOT, LINUX = HERE.parent, HERE / "linux"
MAINTAINER = "The Nitaq authors <nitaq@nitaq.invalid>"
ID = "io.github.nitaq.Nitaq"


def package(root: Path, out: Path, version: str) -> Path:
    """`root` holds /usr/lib/nitaq; the rest is laid around it and the whole packed into `out`."""
    share = root / "usr/share"
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/nitaq").symlink_to("../lib/nitaq/nitaq")
    put(LINUX / "nitaq.desktop", share / "applications/nitaq.desktop")
    put(LINUX / f"{ID}.metainfo.xml", share / f"metainfo/{ID}.metainfo.xml")
    put(ROOT / "resources/icons/nitaq.svg", share / "icons/hicolor/scalable/apps/nitaq.svg")
    for size in SIZES:
        put(ROOT / f"build/icons/nitaq-{size}.png", share / f"icons/hicolor/{size}x{size}/apps/nitaq.png")
    squeeze((LINUX / "nitaq.1").read_bytes(), share / "man/man1/nitaq.1.gz")
    squeeze((LINUX / "ar/nitaq.1").read_bytes(), share / "man/ar/man1/nitaq.1.gz")
    squeeze(history(version), share / "doc/nitaq/changelog.gz")
    squeeze((ROOT / "CHANGELOG.md").read_bytes(), share / "doc/nitaq/CHANGELOG.md.gz")
    put(LINUX / "copyright", share / "doc/nitaq/copyright")
    put(LINUX / "lintian-overrides", share / "lintian/overrides/nitaq")
    settle(root)
    architecture = asked(["dpkg", "--print-architecture"]).strip()
    describe(root, version, architecture)
    made = out / f"nitaq_{version}_{architecture}.deb"
    asked(["dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zxz", "--build", str(root), str(made)])
    return made


def asked(line: list[str], folder: Path = ROOT) -> str:
    return subprocess.run(line, cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def squeeze(text: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text, 9, mtime=0))


def history(version: str) -> bytes:
    """What Debian calls a changelog; the real one is beside it."""
    day = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return f"nitaq ({version}) unstable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- {MAINTAINER}  {day}\n".encode()


def settle(root: Path) -> None:
    """Rights as Debian has them: folders 755, files 644, the program alone 755."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == root / "usr/lib/nitaq/nitaq" else 0o644)


def describe(root: Path, version: str, architecture: str) -> None:
    """The control file, and a sum of each file."""
    (root / "DEBIAN").mkdir(mode=0o755)
    files = [path for path in sorted((root / "usr").rglob("*")) if path.is_file() and not path.is_symlink()]
    control = (LINUX / "control").read_text(encoding="utf-8").format(
        version=version, architecture=architecture, maintainer=MAINTAINER, depends=depends(root / "usr/lib/nitaq"),
        size=sum(path.stat().st_size for path in files) // 1024,
    )  # fmt: skip
    sums = "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files)
    for name, text in (("control", control), ("md5sums", sums)):
        (root / "DEBIAN" / name).write_text(text, encoding="utf-8")
        (root / "DEBIAN" / name).chmod(0o644)


def depends(installed: Path) -> str:
    """The packages of the libraries that ours link, each from the version on that has what is used: `dpkg-shlibdeps` knows."""
    linked = sorted(path for path in installed.rglob("*") if path.is_file() and not path.is_symlink() and (path.name == "nitaq" or ".so" in path.name))
    private = sorted({path.parent for path in linked})
    with tempfile.TemporaryDirectory(prefix="nitaq-deb-") as folder:
        (Path(folder) / "debian").mkdir()
        (Path(folder) / "debian/control").write_text("Source: nitaq\n\nPackage: nitaq\nArchitecture: any\n", encoding="utf-8")
        words = ["-O", "--ignore-missing-info", *(f"-l{each}" for each in private)]
        said = subprocess.run(["dpkg-shlibdeps", *words, *map(str, linked)], cwd=folder, capture_output=True, text=True, check=False)
    if said.returncode:
        raise SystemExit(said.stderr)
    found = re.search(r"^shlibs:Depends=(.*)$", said.stdout, re.MULTILINE)
    return found[1] if found else ""
