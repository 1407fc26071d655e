"""Keeps out of the log what opens something: the secret parts of addresses of personal links and calendars."""

import logging

from people.domain.tokens import without_secrets


class LinkMask(logging.Filter):
    """Writes «…» in place of a token, in messages about requests that failed too."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = without_secrets(message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True
