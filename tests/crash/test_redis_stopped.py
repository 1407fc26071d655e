"""Redis is down while people work: pages and signing go on, files come when it is back."""

import pytest
from playwright.sync_api import expect

from config.demo.district import PASSWORD
from tests.crash.orders import files_of, numbers_of, wait_for_files

pytestmark = pytest.mark.xdist_group("portal")


def sign_on_page(page, slug: str, order: int) -> None:
    page.goto(f"/o/{slug}/orders/{order}/")
    page.get_by_label("Ваш пароль").fill(PASSWORD)
    with page.expect_response(lambda response: response.url.endswith("/sign/")) as answer:
        page.get_by_role("button", name="Подписать приказ").click()
    assert answer.value.status == 302
    expect(page.get_by_text("Файл готовится, он появится на этой странице")).to_be_visible()


def test_order_signed_without_redis_gets_its_files_afterwards(portal, come_in):
    orders = portal.inside("make_school", "no-redis", [1, 1])
    page = come_in("no-redis-director")

    with portal.without("redis"):
        sign_on_page(page, "no-redis", orders[0])
        without_server = portal.health()
    # A server that hangs is worse than one that is gone: nobody says no.
    with portal.paused("redis"):
        sign_on_page(page, "no-redis", orders[1])
        hanging = portal.health()
        files = files_of(portal, orders)

    missing = {"database": "ok", "broker": "missing", "worker": "missing"}
    assert without_server == (503, missing)
    assert hanging == (503, missing)
    assert files == set()
    wait_for_files(portal, orders)
    assert numbers_of(portal, orders) == [1, 2]
    expect(page.get_by_role("link", name="Скачать PDF")).to_be_visible()
    portal.wait_for_health()
