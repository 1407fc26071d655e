"""Looking at orders in the portal's database."""

from tests.browser.portal import RunningPortal, wait_until

PATIENCE = 120  # seconds: the sweep looks for lost jobs every 10 s and lets each be for 20 s


def files_of(portal: RunningPortal, orders: list[int]) -> set[tuple[int, str]]:
    """Which files of which orders are there."""
    return set(
        portal.rows("SELECT document_id, format FROM documents_documentfile WHERE document_id = ANY(%s)", orders)
    )


def wait_for_files(portal: RunningPortal, orders: list[int]) -> None:
    """Returns when every order has both its files."""
    wanted = {(order, file_format) for order in orders for file_format in ("pdf", "docx")}
    wait_until(lambda: files_of(portal, orders) == wanted, "every order has both files", PATIENCE)


def numbers_of(portal: RunningPortal, orders: list[int]) -> list[int]:
    """The registration numbers of signed orders, in rising order."""
    rows = portal.rows("SELECT sequence FROM documents_document WHERE id = ANY(%s) ORDER BY sequence", orders)
    return [number for (number,) in rows]
