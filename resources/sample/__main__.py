"""`python -m resources.sample DIR`: the sample as one mbox file a folder (mboxrd), with `truth.json` beside them."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from resources.sample import mailbox, totals, truths
from resources.sample.mailbox import Piece

_QUOTED = re.compile(rb"^(>*From )", re.MULTILINE)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, pieces in mailbox().items():
        (folder / f"{name}.mbox").write_bytes(b"".join(map(mbox_entry, pieces)))
    truth = {"messages": [asdict(truth) for truth in truths()], "domains": totals()}
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def mbox_entry(piece: Piece) -> bytes:
    when = datetime.fromtimestamp(piece.delivered, UTC)
    day = "Mon Tue Wed Thu Fri Sat Sun".split()[when.weekday()]
    month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[when.month - 1]
    start = f"From sample@danacoast.example {day} {month} {when.day:2} {when.hour:02}:{when.minute:02}:{when.second:02} {when.year}\n"
    return start.encode() + _QUOTED.sub(rb">\1", piece.raw.replace(b"\r\n", b"\n")) + b"\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m resources.sample DIR")
    main(Path(sys.argv[1]))
