"""Make dist/ from this checkout: the frozen folder, on Linux a .deb and a portable .tar.gz. Called by `python3 dev.py build`."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

from bill import bill, write_licences  # noqa: E402
from contents import Origins, components  # noqa: E402
from debian import package  # noqa: E402
from windows_version import version_file  # noqa: E402

from app import __version__  # noqa: E402
from app.inside import BILL, LICENCES  # noqa: E402

DIST, WORK = ROOT / "dist", ROOT / "build"


def main() -> int:
    os.environ.update(PYTHONHASHSEED="0", SOURCE_DATE_EPOCH=os.environ.get("SOURCE_DATE_EPOCH") or committed(), TZ="UTC", LC_ALL="C.UTF-8")
    os.umask(0o022)
    run([sys.executable, str(HERE / "icons.py"), str(WORK / "icons")])
    (WORK / "version.txt").write_text(version_file(__version__), encoding="utf-8")
    shutil.rmtree(DIST, ignore_errors=True)
    words = ["--noconfirm", "--clean", "--log-level", "WARN", "--distpath", str(DIST), "--workpath", str(WORK / "work")]
    run([sys.executable, "-m", "PyInstaller", *words, str(HERE / "nitaq.spec")])
    folder = DIST / ("Nitaq.app/Contents/Resources" if sys.platform == "darwin" else "nitaq")
    if sys.platform == "linux":
        forget_this_machine(folder)
    inside = Origins.read(WORK / "origins.json")
    account_for(inside, folder)
    run([str(program()), "self-test"])
    if sys.platform == "linux":
        for made in (archive(folder), deb(folder, inside)):
            print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1_000_000:.1f} MB")
    return 0


def program() -> Path:
    """What is called from a console."""
    return DIST / {"darwin": "Nitaq.app/Contents/MacOS/nitaq", "win32": "nitaq/nitaq-cli.exe"}.get(sys.platform, "nitaq/nitaq")


def run(line: list[str]) -> str:
    done = subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"build: this failed, and what it said is above: {' '.join(line)}\n{done.stdout}")
    return done.stdout


def committed() -> str:
    """The time of everything that is packed: that of the last commit, so that two builds of it are equal."""
    return run(["git", "log", "-1", "--format=%ct"]).strip()


def forget_this_machine(folder: Path) -> None:
    """Libraries are looked for beside the program, never in folders that only the building system has (or a stranger could make)."""
    for path in sorted(path for path in folder.rglob("*") if ".so" in path.name and path.is_file() and not path.is_symlink()):
        named = run(["patchelf", "--print-rpath", str(path)]).strip()
        kept = ":".join(part for part in named.split(":") if part.startswith("$ORIGIN"))
        if kept != named:
            run(["patchelf", *(("--set-rpath", kept) if kept else ("--remove-rpath",)), str(path)])


def account_for(inside: Origins, folder: Path) -> None:
    """The bill of materials and the licences go into the folder."""
    listed = components(inside)
    shutil.rmtree(folder / LICENCES, ignore_errors=True)
    texts = write_licences(listed, folder / LICENCES)
    (folder / BILL).write_text(bill(listed, __version__, texts), encoding="utf-8")


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


def deb(folder: Path, inside: Origins) -> Path:
    """The folder without the libraries that the system's own packages bring: it depends on those, and their updates reach it."""
    shutil.rmtree(WORK / "deb", ignore_errors=True)
    root = WORK / "deb" / "root"
    installed = root / "usr/lib/nitaq"
    shutil.copytree(folder, installed, symlinks=True)
    theirs = inside.of_the_system()
    for name in theirs:
        (installed / "_internal" / name).unlink()
    account_for(inside.without(theirs), installed)
    return package(root, DIST, __version__)


if __name__ == "__main__":
    sys.exit(main())
