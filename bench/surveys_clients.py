"""Clients that keep a web server busy: four at a time, a connection a request, requests written out beforehand."""

import socket
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from bench.surveys_form import points

CLIENTS = 4
PATIENCE = 60
"""Seconds until an answer counts as lost."""


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()


def post(path: str, person: int) -> bytes:
    """The whole form as the script of the page sends it."""
    body = urlencode({"whole": "1", "seconds": "5"} | {f"a.{code}": point for code, point in points(person).items()})
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()


def ask_all(port: int, requests: Sequence[bytes]) -> Counter[int]:
    """How many requests got which status; all of them are sent, by four clients at a time."""
    shares = [requests[client::CLIENTS] for client in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = clients.map(lambda share: [ask(port, each)[0] for each in share], shares)
        return Counter(status for share in answers for status in share)


def ask(port: int, request: bytes) -> tuple[int, bytes]:
    """Status and body of one answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        answer = b"".join(_received(connection))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), body


def _received(connection: socket.socket) -> Iterable[bytes]:
    while part := connection.recv(65536):
        yield part


def seconds_for(port: int, requests: Sequence[bytes], status: int = 200) -> float:
    """Seconds that the server needs for all the requests; each of them must be answered with `status`."""
    start = time.perf_counter()
    answers = ask_all(port, requests)
    seconds = time.perf_counter() - start
    assert answers == {status: len(requests)}, answers
    return seconds
