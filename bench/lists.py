"""The list of the bank with few and with very many people in it."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.school import fill_bank, new_school
from bench.timing import Figure, in_turn
from people.access import Access
from people.models import User
from people.pages import ROWS

ROUNDS = 40
MANY = 10_000


def measure() -> list[Figure]:
    few, page, many = (_Bank(number) for number in (10, ROWS, MANY))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    little, middle, much = in_turn(ROUNDS, few.get, page.get, many.get)
    queries = f"{page.queries()} and {many.queries()} queries"
    rows = many.rows() / few.rows()
    return [
        Figure("(c) list of the bank, 10,000 people", f"{ROWS} people, one full page", much, middle, 1.3, queries),
        Figure(
            "(c) list of the bank, 10,000 people",
            "10 people",
            much,
            little,
            goal=1.3,
            note=f"{rows:.1f} times the rows on the page",
        ),
    ]


class _Bank:
    """A school with so many mentors, and a curator who looks at them."""

    def __init__(self, number: int) -> None:
        self.access: Access = new_school(f"list-{number}")[1]
        fill_bank(self.access, number)
        self.client = Client()
        self.client.force_login(
            User.objects.get(pk=self.access.user_id), backend="allauth.account.auth_backends.AuthenticationBackend"
        )

    def get(self) -> None:
        answer = self.client.get(f"/o/{self.access.organisation.slug}/mentors/")
        assert answer.status_code == 200, answer.status_code

    def rows(self) -> int:
        """How many people one page shows."""
        return self.client.get(f"/o/{self.access.organisation.slug}/mentors/").content.count(b"<tr>") - 1

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.get()
        return len(captured)
