"""A line between a client and a server on loopback that is no faster than one to the outside: `python -m tests.bench.link PORT`.

Prints its own port. Octets of each direction come through at RATE at most, and half of ROUND_TRIP later than they were sent.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

RATE = 200_000_000 / 8
"""Octets a second."""
ROUND_TRIP = 0.040
"""Seconds."""
PIECE = 1 << 14
UNDERWAY = int(RATE * ROUND_TRIP) // PIECE
"""Pieces that are on the line at once at most, as in a real one."""


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One direction, until its end."""
    clock = asyncio.get_running_loop().time
    line: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(UNDERWAY)

    async def deliver() -> None:
        with suppress(OSError):
            while True:
                due, piece = await line.get()
                if (wait := due - clock()) > 0:
                    await asyncio.sleep(wait)
                if not piece:
                    break
                writer.write(piece)
                await writer.drain()
        writer.close()

    delivery = asyncio.create_task(deliver())
    free = clock()
    with suppress(OSError):
        while piece := await reader.read(PIECE):
            free = max(free, clock()) + len(piece) / RATE
            await line.put((free + ROUND_TRIP / 2, piece))
    await line.put((free + ROUND_TRIP / 2, b""))
    await delivery


async def serve(port: int) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port, limit=PIECE)
        await asyncio.gather(carry(reader, back), carry(there, writer))

    server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=PIECE)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def slow_link(port: int) -> Iterator[int]:
    """The port of such a line to a server, in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.link", str(port)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
