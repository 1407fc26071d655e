"""What a page does before it shows execution: looks for the evidence of what has changed."""

from django.db import transaction

from people.access import Access
from roadmap.locks import may_write_now
from roadmap.operations.refresh import is_touched, refresh


def bring_up_to_date(access: Access) -> None:
    """Look for evidence anew where something changed since the last look; costs one query where nothing did.

    A reading page writes here what the clock would write within a minute: the reader sees what they have just done.
    It waits for nobody: while somebody else writes, the page shows what is there.
    """
    if not is_touched(access.organisation):
        return
    with transaction.atomic():
        if may_write_now(access.organisation_id):
            refresh(access.organisation, today=access.today, at=access.at)
