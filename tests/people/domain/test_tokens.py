"""Addresses told without their secret."""

import pytest

from people.domain.tokens import without_secrets


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("/l/12.3kf-9_aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsS/", "/l/…/"),
        ("POST /a/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-AbCde/save/ 500", "POST /a/…/save/ 500"),
        ("/calendar/7:AbCdEfGhIjKlMnOpQrStUvWxYz0123456789.ics", "/calendar/…"),
        ("/o/licey-7/surveys/3/", "/o/licey-7/surveys/3/"),
        ("/account/login/", "/account/login/"),
    ],
)
def test_token_is_left_out_and_the_rest_stays(text: str, told: str) -> None:
    assert without_secrets(text) == told
