"""What a page does before it shows execution: looks for the evidence of what has changed."""

from people.access import Access
from roadmap.operations.refresh import is_touched, refresh


def bring_up_to_date(access: Access) -> None:
    """Look for evidence anew where something changed since the last look; costs one query where nothing did.

    A reading page writes here what the clock would write within a minute: the reader sees what they have just done.
    """
    if is_touched(access.organisation):
        refresh(access.organisation, today=access.today, at=access.at)
