"""Are two builds the same? python packaging/compare.py DIST DIST. Each file of both, also those in the archives; exit status 1 where one differs.

    python3 dev.py build && cp -r dist /tmp/first && python3 dev.py build && python3 packaging/compare.py /tmp/first dist
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path


def main(first: Path, second: Path) -> int:
    differing = differences(contents(first), contents(second))
    print("\n".join(differing) or f"{len(contents(first))} files, no difference")
    return bool(differing)


def differences(first: dict[str, str], second: dict[str, str]) -> list[str]:
    """A line for each file that is in one alone or not the same in both."""
    lines = [f"only in the {place}: {name}" for place, names in (("first", first.keys() - second), ("second", second.keys() - first)) for name in sorted(names)]
    return lines + [f"differs: {name}" for name in sorted(first.keys() & second) if first[name] != second[name]]


def contents(folder: Path) -> dict[str, str]:
    """Name → what it is: rights, time where it is kept, and a digest. A file of an archive stands behind the archive's name and a colon."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = f"{path.stat().st_mode & 0o777:o} {digest(path)}"
            if name.endswith((".deb", ".tar.gz")):
                found |= {f"{name}: {each}": what for each, what in packed(path)}
    return found


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def packed(path: Path) -> Iterator[tuple[str, str]]:
    if path.suffix == ".deb":
        for part in ("--ctrl-tarfile", "--fsys-tarfile"):
            yield from entries(io.BytesIO(subprocess.run(["dpkg-deb", part, str(path)], check=True, stdout=subprocess.PIPE).stdout), "r:")
    else:
        with path.open("rb") as file:
            yield from entries(file, "r:gz")


def entries(file: io.BufferedIOBase, mode: str) -> Iterator[tuple[str, str]]:
    with tarfile.open(fileobj=file, mode=mode) as tar:  # type: ignore[call-overload]
        for entry in tar:
            inside = tar.extractfile(entry) if entry.isfile() else None
            sum_of = hashlib.sha256(inside.read()).hexdigest() if inside else entry.linkname
            yield entry.name, f"{entry.mode:o} {entry.uid}:{entry.gid} {entry.mtime} {sum_of}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
