"""Labelled header corpora, by path: one archive a corpus, and `index.jsonl` with the label of each file."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CONTEXT = re.compile(
    rb"(?im)^(?:list-[a-z-]+|in-reply-to|references|precedence|feedback-id|x-mailman-version|x-beenthere|mailing-list|errors-to"
    rb"|x-mailing-list|archived-at)[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*"
)
"""Fields that tell how mail was distributed, not who wrote it: collections differ in them, honest and forged mail need not."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One header with its label."""

    corpus: str
    name: str
    label: str
    header: bytes


def read(folder: Path, labels: frozenset[str]) -> Iterator[Sample]:
    """Every sample that has one of these labels."""
    known = {}
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        known[row["corpus"], Path(row["file"]).name] = row["label"]
    for archive in sorted(folder.glob("*.tar.xz")):
        corpus = archive.name.removesuffix(".tar.xz")
        with tarfile.open(archive) as tar:
            for member in tar:
                name = Path(member.name).name
                label = known.get((corpus, name), "")
                data = tar.extractfile(member) if label in labels else None
                if data is not None:
                    yield Sample(corpus, name, label, data.read())


def without_context(header: bytes) -> bytes:
    return CONTEXT.sub(b"", header)
