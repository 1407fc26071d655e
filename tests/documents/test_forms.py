"""Forms about documents: what they ask for, and what they make of it."""

from documents.domain.paper import content_hash
from documents.forms import SigningForm
from tests.conftest import Persona
from tests.documents.conftest import PAPER


def test_signature_asks_for_password_day_and_what_was_read(director: Persona) -> None:
    assert set(SigningForm({}, access=director.access, paper=PAPER).errors) == {"password", "effective_on", "read"}


def test_password_is_taken_as_it_was_typed(director: Persona) -> None:
    values = {"password": " пароль ", "effective_on": "20.11.2026", "read": content_hash(PAPER.as_json())}

    form = SigningForm(values, access=director.access, paper=PAPER)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["password"] == " пароль "
