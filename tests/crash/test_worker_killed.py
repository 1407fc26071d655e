"""The worker is killed while it makes the files of orders."""

import pytest

from tests.browser.portal import wait_until
from tests.crash.orders import files_of, numbers_of, wait_for_files

pytestmark = pytest.mark.xdist_group("portal")

RENDERING = """
    SELECT 1 FROM jobs_job WHERE kind = 'documents.render' AND state = 'running' AND message = 'Готовим PDF'
    AND (params ->> 'document_id')::bigint = ANY(%s)
"""


def test_killed_worker_loses_no_order(portal):
    orders = portal.inside("make_school", "kill-worker", [150, 1, 1])

    portal.inside("sign", "kill-worker", orders)
    wait_until(lambda: portal.rows(RENDERING, orders), "a file is being made")
    with portal.without("worker"):
        status, words = portal.health()
        waiting = files_of(portal, orders)

    assert (status, words) == (503, {"database": "ok", "broker": "ok", "worker": "missing"})
    assert (orders[0], "pdf") not in waiting
    wait_for_files(portal, orders)
    assert numbers_of(portal, orders) == [1, 2, 3]
    portal.wait_for_health()
