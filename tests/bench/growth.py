"""What a message costs in small and in large mailboxes, and a graph of it: `growth.svg` in the working folder.

One mailbox of each size up to `--count`; the scan without TLS, medians of the runs, each after a drain of the same mailbox.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

from tests.bench.scan import Figures, measured, serving

SIZES = (1_000, 10_000, 100_000, 300_000)
GRAPH = Path("growth.svg")
WIDTH, HEIGHT, MARGIN = 640, 360, 60


def measure(tools: Path, folder: Path, count: int, runs: int) -> None:
    folder.chmod(0o755)
    rows = []
    for size in (size for size in SIZES if size <= count):
        with serving(tools, folder / str(size), size) as ports:
            drains, stages = measured(tools, folder / str(size), "imap", ports["imap"], size, runs)
        rows.append((size, drains, stages))
        print(
            f"{size} messages: drain {cost(statistics.median(drains), size):.0f} µs a message, fetch {seconds(stages['fetch'], size):.0f}, "
            f"scan {seconds(stages['scan'], size):.0f} (of the processor {processor(stages['scan'], size):.0f}); "
            f"peak {max(each.peak for each in stages['scan']) / 1024:.0f} MiB",
            flush=True,
        )
    lines = {
        "drain": [cost(statistics.median(drains), size) for size, drains, _ in rows],
        "fetch": [seconds(stages["fetch"], size) for size, _, stages in rows],
        "scan, processor": [processor(stages["scan"], size) for size, _, stages in rows],
        "scan": [seconds(stages["scan"], size) for size, _, stages in rows],
    }
    GRAPH.write_text(drawn([size for size, *_ in rows], lines), encoding="utf-8")
    print(f"graph: {GRAPH.resolve()}")


def cost(total: float, messages: int) -> float:
    """Microseconds a message."""
    return total / messages * 1e6


def seconds(runs: Sequence[Figures], messages: int) -> float:
    return cost(statistics.median(each.seconds for each in runs), messages)


def processor(runs: Sequence[Figures], messages: int) -> float:
    return cost(statistics.median(each.processor + each.beside for each in runs), messages)


def drawn(sizes: Sequence[int], lines: dict[str, Sequence[float]]) -> str:
    """Microseconds a message by size of the mailbox: equal steps for equal factors to the right, from zero upwards."""
    most = max(value for values in lines.values() for value in values)

    def x(at: int) -> float:
        return MARGIN + at * (WIDTH - 3 * MARGIN) / max(1, len(sizes) - 1)

    def y(value: float) -> float:
        return HEIGHT - MARGIN - value / most * (HEIGHT - 2 * MARGIN)

    marks = [f'<text x="{x(at):.0f}" y="{HEIGHT - MARGIN + 20}" text-anchor="middle">{size:,}</text>' for at, size in enumerate(sizes)]
    marks += [f'<text x="{MARGIN - 8}" y="{y(value) + 4:.0f}" text-anchor="end">{value:.0f}</text>' for value in (0, most / 2, most)]
    marks.append(f'<text x="{MARGIN}" y="{MARGIN - 24}">µs a message, by messages in the mailbox</text>')
    written = float(HEIGHT)  # names stand apart, the lowest first
    for (name, values), colour in zip(lines.items(), ("#767676", "#1f6feb", "#8250df", "#b3261e"), strict=True):
        written = min(y(values[-1]), written - 15)
        points = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in enumerate(values))
        marks.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        marks.append(f'<text x="{x(len(sizes) - 1) + 8:.0f}" y="{written + 4:.0f}" fill="{colour}">{name}</text>')
    body = "\n".join(marks)
    axis = f'<path d="M{MARGIN} {MARGIN - 10}V{HEIGHT - MARGIN}H{WIDTH - 2 * MARGIN + 10}" fill="none" stroke="#333"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{axis}\n{body}\n</svg>\n'
    )
