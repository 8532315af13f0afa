"""Make dist/ from this checkout: the frozen folder, on Linux a .deb and a portable .tar.gz. Called by `python3 dev.py build`."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

from contents import bill, components, write_licences  # noqa: E402
from icons import SIZES  # noqa: E402

from app import __version__  # noqa: E402

DIST, WORK = ROOT / "dist", ROOT / "build"
MAINTAINER = "The Nitaq authors <nitaq@nitaq.invalid>"


def main() -> int:
    os.environ.update(PYTHONHASHSEED="0", SOURCE_DATE_EPOCH=os.environ.get("SOURCE_DATE_EPOCH") or committed())
    run([sys.executable, str(HERE / "icons.py"), str(WORK / "icons")])
    shutil.rmtree(DIST, ignore_errors=True)
    words = ["--noconfirm", "--clean", "--log-level", "WARN", "--distpath", str(DIST), "--workpath", str(WORK / "work")]
    run([sys.executable, "-m", "PyInstaller", *words, str(HERE / "nitaq.spec")])
    folder = DIST / ("Nitaq.app/Contents/Resources" if sys.platform == "darwin" else "nitaq")
    account_for(folder)
    if sys.platform == "linux":
        for made in (archive(folder), package(folder)):
            print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1_000_000:.1f} MB")
    return 0


def run(line: list[str]) -> str:
    done = subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"build: this failed, and what it said is above: {' '.join(line)}")
    return done.stdout


def committed() -> str:
    """The time of everything that is packed: that of the last commit, so that two builds of it are equal."""
    return run(["git", "log", "-1", "--format=%ct"]).strip()


def account_for(folder: Path) -> None:
    """The bill of materials and the licences go into the folder."""
    inside = components(folder)
    (folder / "nitaq.cdx.json").write_text(bill(inside, __version__), encoding="utf-8")
    if without := write_licences(inside, folder / "licences"):
        print(f"without a licence text of their own: {', '.join(without)}")
    shutil.copy(ROOT / "LICENSE", folder / "licences" / "nitaq.txt")
    shutil.copy(HERE / "LGPL.txt", folder / "licences" / "LGPL.txt")


def archive(folder: Path) -> Path:
    """The folder as it is, to be unpacked anywhere; sorted, owned by nobody in particular, of one time."""
    path = DIST / f"nitaq-{__version__}-linux-{os.uname().machine}.tar.gz"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = int(os.environ["SOURCE_DATE_EPOCH"])
        return entry

    with path.open("wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as squeezed, tarfile.open(fileobj=squeezed, mode="w") as tar:
        for each in [folder, *sorted(folder.rglob("*"))]:
            tar.add(each, f"nitaq-{__version__}/{each.relative_to(folder)}", recursive=False, filter=plain)
    return path


def package(folder: Path) -> Path:
    """The .deb: the folder under /usr/lib, and what makes a desktop show it."""
    root = WORK / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "usr/lib/nitaq", symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/nitaq").symlink_to("../lib/nitaq/nitaq")
    linux, share = HERE / "linux", root / "usr/share"
    put(linux / "nitaq.desktop", share / "applications/nitaq.desktop")
    put(linux / "io.github.nitaq.Nitaq.metainfo.xml", share / "metainfo/io.github.nitaq.Nitaq.metainfo.xml")
    put(ROOT / "resources/icons/nitaq.svg", share / "icons/hicolor/scalable/apps/nitaq.svg")
    for size in SIZES:
        put(WORK / f"icons/nitaq-{size}.png", share / f"icons/hicolor/{size}x{size}/apps/nitaq.png")
    squeeze((linux / "nitaq.1").read_bytes(), share / "man/man1/nitaq.1.gz")
    squeeze((linux / "ar/nitaq.1").read_bytes(), share / "man/ar/man1/nitaq.1.gz")
    squeeze(history(), share / "doc/nitaq/changelog.gz")
    put(linux / "copyright", share / "doc/nitaq/copyright")
    put(linux / "lintian-overrides", share / "lintian/overrides/nitaq")
    settle(root)
    describe(root, needed(folder))
    made = DIST / f"nitaq_{__version__}_amd64.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(made)])
    return made


def describe(root: Path, depends: list[str]) -> None:
    """What dpkg reads: the control file, and a sum of each file."""
    files = [path for path in sorted((root / "usr").rglob("*")) if path.is_file() and not path.is_symlink()]
    control = (HERE / "linux" / "control").read_text(encoding="utf-8").format(
        version=__version__, architecture=run(["dpkg", "--print-architecture"]).strip(), maintainer=MAINTAINER,
        size=sum(path.stat().st_size for path in files) // 1024, depends=", ".join(depends),
    )  # fmt: skip
    sums = "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN").chmod(0o755)
    for name, text in (("control", control), ("md5sums", sums)):
        (root / "DEBIAN" / name).write_text(text, encoding="utf-8")
        (root / "DEBIAN" / name).chmod(0o644)


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def squeeze(text: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text, 9, mtime=0))


def history() -> bytes:
    """What Debian calls a changelog; the real one is CHANGELOG.md."""
    from datetime import UTC, datetime

    day = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return f"nitaq ({__version__}) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- {MAINTAINER}  {day}\n".encode()


def settle(root: Path) -> None:
    """Rights as Debian has them: folders 755, files 644, the program alone 755."""
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == root / "usr/lib/nitaq/nitaq" else 0o644)


def needed(folder: Path) -> list[str]:
    """The packages of the libraries that the folder's own link and do not find in it."""
    files = [path for path in folder.rglob("*") if path.is_file() and (path.name == "nitaq" or ".so" in path.name)]
    inside = {path.name for path in folder.rglob("*.so*")}
    said = run(["objdump", "-p", *map(str, files)])
    wanted = {line.split()[1] for line in said.splitlines() if line.startswith("  NEEDED")} - inside
    packages = {owner(name) for name in wanted} - {"", "libc6"}
    version = run(["dpkg-query", "-W", "-f=${Version}", "libc6"]).split("-")[0]
    return [f"libc6 (>= {version})", *sorted(packages)]


def owner(library: str) -> str:
    """The Debian package of a library; empty for what is no file (the kernel's own)."""
    asked = subprocess.run(["dpkg-query", "--search", f"*/{library}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
    return asked.partition(":")[0]


if __name__ == "__main__":
    sys.exit(main())
