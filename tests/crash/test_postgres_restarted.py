"""PostgreSQL is killed while jobs run: the portal recovers by itself."""

import pytest
from playwright.sync_api import expect

from tests.browser.portal import wait_until
from tests.crash.orders import numbers_of, wait_for_files
from tests.crash.test_worker_killed import RENDERING

pytestmark = pytest.mark.xdist_group("portal")


def test_killed_database_loses_no_order(portal, come_in):
    orders = portal.inside("make_school", "no-database", [150, 1, 1])
    page = come_in("no-database-director")

    portal.inside("sign", "no-database", orders[:2])
    wait_until(lambda: portal.rows(RENDERING, orders), "a file is being made")
    with portal.without("postgres"):
        status, words = portal.health()
        answer = page.goto("/o/no-database/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    portal.wait_for_health()
    portal.inside("sign", "no-database", orders[2:])

    assert (status, words["database"]) == (503, "missing")
    assert answer.status == 500
    wait_for_files(portal, orders)
    assert numbers_of(portal, orders) == [1, 2, 3]
    page.goto("/o/no-database/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Что делать сейчас")
