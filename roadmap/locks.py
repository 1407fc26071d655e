"""One writer at a time to the roadmaps of an organisation: people, the page that catches up, and the clock.

Evidence is compared with what is stored and then written; two that did so at once would write it twice. The lock is
taken before any row is locked, and that of an authority before those of its schools, so that nobody waits in a ring.
"""

from django.db import connection


def wait_for_writers(organisation_id: int) -> None:
    """Wait until nobody else writes to the organisation's roadmaps; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('roadmap'), %s)", [organisation_id])


def may_write_now(organisation_id: int) -> bool:
    """Take the same lock if nobody else has it; False, without waiting, where somebody has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('roadmap'), %s)", [organisation_id])
        return bool(cursor.fetchone()[0])
