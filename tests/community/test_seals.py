"""The code on the poster of an event."""

import pytest

from community.seals import code_of, is_code_of


def test_code_opens_its_own_event_alone():
    code = code_of(12)

    assert (is_code_of(12, code), is_code_of(1, code), is_code_of(2, f"12.{code}")) == (True, False, False)


@pytest.mark.parametrize("code", ["", "x", "12", "код", "a" * 43])
def test_made_up_code_opens_nothing(code):
    assert not is_code_of(12, code)


def test_code_is_longer_than_anybody_guesses_and_stays_after_a_change_of_key(settings):
    code, old_key = code_of(12), settings.SECRET_KEY

    settings.SECRET_KEY = "another-key-of-the-server"
    settings.SECRET_KEY_FALLBACKS = [old_key]

    assert (len(code), is_code_of(12, code)) == (43, True)


def test_code_of_another_server_opens_nothing(settings):
    code = code_of(12)

    settings.SECRET_KEY = "another-key-of-the-server"

    assert not is_code_of(12, code)
