"""A small load generator: some keep-alive connections to a server on this machine."""

from __future__ import annotations

import socket
import threading
import time

CONNECTIONS = 4


def rate(port: int, path: str, seconds: float, headers: str = "") -> float:
    """Complete answers per second; raises if any answer is not 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n".encode()
    until = time.perf_counter() + seconds
    counts: list[int] = []
    errors: list[Exception] = []

    def work():
        try:
            counts.append(_ask(port, request, until))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return sum(counts) / (time.perf_counter() - begun)


def _ask(port: int, request: bytes, until: float) -> int:
    done, connection = 0, None
    while time.perf_counter() < until:
        if connection is None:
            connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        connection.sendall(request)
        closes = _read_answer(connection)
        done += 1
        if closes:
            connection.close()
            connection = None
    if connection:
        connection.close()
    return done


def _read_answer(connection: socket.socket) -> bool:
    """Read one answer; True if the server closes the connection afterwards."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            raise ConnectionError("closed in the middle of an answer")
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ConnectionError(head[:80].decode())
    lower = head.lower()
    size = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
    missing = size - len(body)
    while missing > 0:
        part = connection.recv(min(65536, missing))
        if not part:
            raise ConnectionError("closed in the middle of an answer")
        missing -= len(part)
    return b"connection: close" in lower
