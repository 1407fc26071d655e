"""Pages about documents: a happy path, a refusal, and who reads what. Strangers: tests/guards/test_stranger_walk.py."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from documents.models import Document, Journal
from documents.operations.signing import confirm_acquaintance
from documents.queries import checked_document, count_by_state, document_list, file_formats
from documents.tasks import render_document
from jobs.models import Job
from tests.conftest import Persona
from tests.documents.conftest import PAPER
from tests.documents.test_files import NAMES, nothing
from tests.factories import AT

Make = Callable[[], Document]


def address(persona: Persona, name: str, *args: object) -> str:
    return reverse(name, args=[persona.organisation.slug, *args])


def read(client: Client, url: str, data: dict[str, object] | None = None) -> str:
    response = client.get(url) if data is None else client.post(url, data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_register_counts_who_is_named_and_who_has_read(mentor: Persona, curator: Persona, signed: Document) -> None:
    confirm_acquaintance(mentor.access, document_id=signed.pk)

    (row,) = document_list(curator.access)
    page = read(curator.client, address(curator, "document_list"))

    assert (row.named, row.acquainted) == (2, 1)
    assert "1 из 2" in page
    assert signed.title_number in page


def test_register_is_narrowed_by_state(curator: Persona, signed: Document, drafted: Make) -> None:
    drafted()

    found = curator.client.get(address(curator, "document_list") + "?state=draft").context["page"]
    everything = curator.client.get(address(curator, "document_list") + "?state=nonsense").context["page"]

    assert [document.state for document in found] == ["draft"]
    assert everything.paginator.count == 2
    assert count_by_state(curator.access) == {"draft": 1, "signed": 1}


def test_register_tells_drafts_apart_by_day_and_author(curator: Persona, drafted: Make) -> None:
    drafted()
    drafted()
    Document.objects.update(created_at=datetime(2026, 10, 5, 9, tzinfo=UTC))
    newest = Document.objects.order_by("pk").last()
    Document.objects.filter(pk=newest.pk).update(created_at=datetime(2026, 11, 3, 9, tzinfo=UTC))

    page = read(curator.client, address(curator, "document_list"))

    assert page.index("проект от 03.11.2026, составил(а) user-") < page.index("проект от 05.10.2026, составил(а) user-")
    assert 'data-label="Дата">03.11.2026</td>' in page


def test_register_is_not_for_participants(mentor: Persona, signed: Document) -> None:
    assert mentor.client.get(address(mentor, "document_list")).status_code == 403


@pytest.fixture
def rendered(signed: Document) -> Document:
    render_document(nothing, document_id=signed.pk)
    return signed


@pytest.mark.parametrize(("who", "file_format"), [("mentor", "pdf"), ("curator", "pdf"), ("curator", "docx")])
def test_file_is_given_to_who_may_read_it(request, rendered: Document, who: str, file_format: str) -> None:
    persona = request.getfixturevalue(who)

    response = persona.client.get(address(persona, "document_file", rendered.pk, file_format))

    name = f"order-2026-11-20-1.{file_format}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.content == bytes(rendered.files.get(format=file_format).content)


def test_file_that_can_be_edited_is_not_for_participants(mentor: Persona, rendered: Document) -> None:
    assert mentor.client.get(address(mentor, "document_file", rendered.pk, "docx")).status_code == 404


def test_file_opens(director: Persona, rendered: Document) -> None:
    response = director.client.get(address(director, "document_file", rendered.pk, "pdf"))

    assert response["Content-Type"] == "application/pdf"
    assert PdfReader(BytesIO(response.content)).pages


def test_file_is_not_given_to_colleagues_who_are_not_named(psychologist: Persona, rendered: Document) -> None:
    response = psychologist.client.get(address(psychologist, "document_file", rendered.pk, "pdf"))

    assert response.status_code == 404


def test_file_that_is_not_made_yet_is_404(curator: Persona, signed: Document) -> None:
    assert curator.client.get(address(curator, "document_file", signed.pk, "pdf")).status_code == 404
    assert file_formats(signed) == set()


def test_my_document_is_for_those_named_in_it(mentor: Persona, mentee: Persona, signed: Document) -> None:
    for named in (mentor, mentee):
        page = read(named.client, address(named, "my_document", signed.pk))

        assert PAPER.heading in page
        assert "Ознакомлен(а)" in page


def test_my_document_has_one_primary_button_and_then_a_way_back(mentor: Persona, rendered: Document) -> None:
    url = address(mentor, "my_document", rendered.pk)

    before = read(mentor.client, url)
    confirm_acquaintance(mentor.access, document_id=rendered.pk)
    after = read(mentor.client, url)

    assert before.count("btn-primary") == 1
    assert before.index("</article>") < before.index('<button class="btn btn-primary">Ознакомлен(а)')
    assert ("Скачать PDF" in before, "Скачать PDF" in after) == (True, True)
    assert "btn-primary" not in after
    assert ("На первую страницу" in before, "На первую страницу" in after) == (False, True)


def test_buttons_of_files_stay_quiet_when_they_are_fetched(mentor: Persona, rendered: Document) -> None:
    url = address(mentor, "document_files", rendered.pk)

    assert "btn-primary" not in read(mentor.client, url + "?quiet=1")
    assert "btn-primary" in read(mentor.client, url)


@pytest.mark.parametrize("who", ["curator", "director", "psychologist"])
def test_my_document_is_404_for_who_is_not_named(request, signed: Document, who: str) -> None:
    persona = request.getfixturevalue(who)

    assert persona.client.get(address(persona, "my_document", signed.pk)).status_code == 404
    assert persona.client.post(address(persona, "document_acquaint", signed.pk)).status_code == 404


def test_my_document_is_404_before_it_is_signed(mentor: Persona, agreed_on: Make) -> None:
    document = agreed_on()
    document.acquaintances.create(organisation=mentor.organisation, person=mentor.person)

    assert mentor.client.get(address(mentor, "my_document", document.pk)).status_code == 404


def test_acquaintance_is_confirmed_by_its_button(mentor: Persona, signed: Document) -> None:
    page = read(mentor.client, address(mentor, "document_acquaint", signed.pk), {})

    assert "Отметили: вы ознакомлены с приказом" in page
    assert "Вы ознакомились" in page
    assert signed.acquaintances.get(person=mentor.person).confirmed_at >= AT


def test_check_page_shows_the_document_and_no_participant(client: Client, signed: Document) -> None:
    page = read(client, reverse("document_check", args=[signed.check_key]))

    assert signed.title_number in page
    assert signed.content_sha256 in page
    assert "Лицей № 7" in page
    surnames = [name.split()[0] for name in NAMES]
    assert [surname for surname in surnames if surname in page] == []
    assert "простая электронная подпись" in page


def test_check_page_does_not_know_drafts_and_strange_keys(client: Client, agreed_on: Make) -> None:
    draft = agreed_on()

    for key in (draft.check_key, uuid.uuid4()):
        response = client.get(reverse("document_check", args=[key]))

        assert response.status_code == 404
        assert "Такого документа нет" in response.content.decode()
    assert checked_document(str(draft.check_key)) is None


def test_files_are_made_once_more_by_a_button(curator: Persona, signed: Document) -> None:
    curator.client.post(address(curator, "document_render", signed.pk))

    assert Job.objects.filter(kind="documents.render", params__document_id=signed.pk).count() == 2


def test_files_of_a_draft_are_refused(curator: Persona, drafted: Make) -> None:
    curator.client.post(address(curator, "document_render", drafted().pk))

    assert not Job.objects.exists()


def test_journal_is_made_and_listed(curator: Persona) -> None:
    form = {"title": "Приказы по кадрам", "pattern": "{n}-к", "last": "17"}

    page = read(curator.client, address(curator, "journal_add"), form)

    assert "Журнал сохранён" in page
    assert "Приказы по кадрам" in page
    assert Journal.objects.get().years.get().last == 17


def test_journal_is_changed(curator: Persona, drafted: Make) -> None:
    journal = drafted().journal

    read(curator.client, address(curator, "journal_edit", journal.pk), {"title": "Иной", "pattern": "{n}", "last": "3"})

    assert Journal.objects.get(pk=journal.pk).title == "Иной"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"title": "Приказы", "pattern": "од", "last": "0"}, "Один раз напишите {n}"),
        ({"title": "Приказы", "pattern": "{n}", "last": "-1"}, "больше либо равно 0"),
        ({"title": "Приказы по основной деятельности", "pattern": "{n}", "last": "0"}, "Такой журнал уже есть"),
    ],
)
def test_journal_is_refused_in_words(curator: Persona, drafted: Make, form: dict[str, str], words: str) -> None:
    drafted()

    assert words in read(curator.client, address(curator, "journal_add"), form)
    assert Journal.objects.count() == 1


def test_journal_below_a_given_number_is_refused(curator: Persona, signed: Document) -> None:
    journal = Journal.objects.get()
    form = {"title": journal.title, "pattern": journal.pattern, "last": "0"}

    page = read(curator.client, address(curator, "journal_edit", journal.pk), form)

    assert "уже выдан номер 1" in page
    assert journal.years.get().last == 1
