"""People who answer by their links, in a process of its own: `python -m bench.surveys_crowd PORT AT_ONCE`.

Reads tokens from its input and prints [what, seconds, failure] of each request as JSON. Locust changes Python's
sockets and threads for the whole process that imports it, which is why the benchmark only starts this one.
"""

import json
import random
import sys

import gevent
from locust import FastHttpUser, constant, task
from locust.env import Environment
from locust.exception import StopUser

from bench.surveys_form import CODES, points

ARRIVAL = 10.0
"""All have opened their link within so many seconds."""

THINKING = (1.0, 5.0)
"""Seconds that one question takes; teachers need about eight."""

SPAWN_RATE = 100
"""The most that locust starts a second without complaint."""

HEADERS = {"Accept": "application/json", "Connection": "close"}
"""A phone thinks longer than the server keeps a connection open, and must not send just as it is closed."""

DICE = random.Random(20)


class Person(FastHttpUser):
    """Opens the form, keeps ten answers one by one, presses the button twice at once."""

    wait_time = constant(0)
    tokens: list[str]
    sent: list[str]
    thinking = THINKING
    arrival = ARRIVAL

    @task
    def answer(self) -> None:
        if not self.tokens:
            raise StopUser
        token = self.tokens.pop()
        answers = {f"a.{code}": str(point) for code, point in points(len(self.tokens)).items()}
        gevent.sleep(DICE.uniform(0, self.arrival))
        self.client.get(f"/a/{token}/", headers={"Connection": "close"}, name="open")
        for code in CODES[:10]:
            gevent.sleep(DICE.uniform(*self.thinking))
            self._post(f"/a/{token}/save/", {f"a.{code}": answers[f"a.{code}"], "seconds": "3"}, "save")
        gevent.sleep(DICE.uniform(*self.thinking))
        whole = answers | {"whole": "1", "seconds": "3"}
        gevent.joinall([gevent.spawn(self._post, f"/a/{token}/send/", whole, "send") for _ in range(2)])
        self.sent.append(token)

    def _post(self, path: str, body: dict[str, str], name: str) -> None:
        with self.client.post(path, data=body, headers=HEADERS, name=name, catch_response=True) as answer:
            kept = answer.status_code == 200 and (answer.json().get("saved") or answer.json().get("sent"))
            if not kept:
                answer.failure(f"{answer.status_code}: {answer.text}")


def main(port: int, tokens: list[str], at_once: int) -> None:
    """`at_once` 1 is an idle server: one after another without pauses."""
    environment = Environment(user_classes=[Person], host=f"http://127.0.0.1:{port}")
    taken: list[tuple[str, float, str]] = []
    environment.events.request.add_listener(
        lambda name, response_time, exception, **_: taken.append((name, response_time / 1000, str(exception or "")))
    )
    runner = environment.create_local_runner()
    Person.tokens, Person.sent = list(reversed(tokens)), []
    if at_once == 1:
        Person.thinking, Person.arrival = (0, 0), 0
    runner.start(at_once, spawn_rate=SPAWN_RATE)
    while len(Person.sent) < len(tokens):
        gevent.sleep(0.05)
    runner.quit()
    print(json.dumps(taken))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.stdin.read().split(), int(sys.argv[2]))
