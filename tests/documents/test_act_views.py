"""Pages of general orders. Strangers: tests/guards/test_stranger_walk.py."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from documents.domain.paper import Annex, annexes_from_json
from documents.models import Document
from documents.operations.acts import send_act, set_annexes
from documents.papers import act_paper
from tests.conftest import Persona
from tests.documents.conftest import ROADMAP, TEXT
from tests.documents.test_views import address, read
from tests.factories import PASSWORD, PersonFactory

MakeAct = Callable[..., Document]

TOLD = ("отправлен на", "снова в проектах", "Согласовано", "возвращён")
WORDS = {"heading": "О проведении итогового мероприятия", "preamble": "В целях обмена опытом", "points": "Провести."}


def edited(curator: Persona, document: Document, **changes: object) -> str:
    """The page after its form is sent back as it was shown, but for `changes`."""
    url = address(curator, "act_edit", document.pk)
    form = curator.client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return read(curator.client, url, shown | changes)


def test_order_is_written_on_a_clean_sheet(curator: Persona, mentor: Persona) -> None:
    form = WORDS | {"title_1": "Программа", "text_1": "## Утро\n\n1. Открытие ", "named": [mentor.person.pk]}

    page = read(curator.client, address(curator, "act_new"), form)

    document = Document.objects.get()
    assert "Проект готов" in page
    assert (document.heading, document.points) == (WORDS["heading"], WORDS["points"])
    assert annexes_from_json(document.annexes) == (Annex("Программа", ("## Утро", "1. Открытие")),)
    assert document.acquaintances.filter(person=mentor.person).exists()


def test_new_order_has_its_closing_points_and_colleagues_to_choose(curator: Persona) -> None:
    pupil = PersonFactory(organisation=curator.organisation, kind="pupil", surname="Ученицына")
    gone = PersonFactory(organisation=curator.organisation, left_on="2026-01-31", surname="Ушедшая")

    form = curator.client.get(address(curator, "act_new")).context["form"]

    assert "Контроль за исполнением приказа возложить на" in form["points"].value()
    assert not {pupil, gone} & set(form.fields["named"].queryset)
    assert curator.person in form.fields["named"].queryset


@pytest.mark.parametrize(
    ("annex", "words"),
    [
        ({"title_1": "Программа", "text_1": ""}, "есть название, но нет текста"),
        ({"title_1": " ", "text_1": "Текст"}, "Назовите приложение"),
    ],
)
def test_half_an_annex_is_refused(curator: Persona, annex: dict[str, str], words: str) -> None:
    assert words in read(curator.client, address(curator, "act_new"), WORDS | annex)
    assert not Document.objects.exists()


def test_draft_shows_paper_annexes_and_buttons(curator: Persona, act: MakeAct) -> None:
    page = read(curator.client, address(curator, "act_detail", act().pk))

    for words in ("Приложение №&nbsp;1", "Приложение №&nbsp;2", TEXT.title, ROADMAP.title, "1. Общие положения"):
        assert words in page
    assert "## " not in page
    assert 'colspan="3">Раздел 1</th>' in page
    assert "Отправить на подпись" in page
    assert "Подписать приказ" not in page


def test_draft_is_edited_and_its_table_stays(curator: Persona, act: MakeAct) -> None:
    document = act()
    form = read(curator.client, address(curator, "act_edit", document.pk))

    page = edited(curator, document, heading="Об ином", text_1="Одна строка", title_3="Список", text_3="Первый")

    assert "Приложение № 2 «Дорожная карта» — таблица" in form
    assert "Текст сохранён" in page
    annexes = act_paper(curator.access, Document.objects.get()).annexes
    assert annexes == (Annex(TEXT.title, ("Одна строка",)), ROADMAP, Annex("Список", ("Первый",)))


def test_annex_wiped_out_is_gone(curator: Persona, act: MakeAct) -> None:
    document = act()

    edited(curator, document, title_1="", text_1="")

    assert act_paper(curator.access, Document.objects.get()).annexes == (ROADMAP,)


def test_edit_of_a_draft_changed_meanwhile_is_refused(curator: Persona, act: MakeAct) -> None:
    document = act()
    form = curator.client.get(address(curator, "act_edit", document.pk)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    set_annexes(curator.access, document_id=document.pk, annexes=(TEXT,))

    page = read(curator.client, address(curator, "act_edit", document.pk), shown)

    assert "изменил кто-то другой" in page
    assert len(Document.objects.get().annexes) == 1


def test_order_goes_the_whole_way_by_its_buttons(
    curator: Persona,
    director: Persona,
    hr_officer: Persona,
    mentor: Persona,
    act: MakeAct,
) -> None:
    pk = act(named_person_ids=[mentor.person.pk]).pk
    told = []
    for persona, name, data in (
        (curator, "act_send", {}),
        (curator, "act_take_back", {}),
        (curator, "act_send", {}),
        (hr_officer, "act_agree", {}),
        (director, "act_return", {"comment": "Исправьте срок"}),
        (curator, "act_send", {}),
    ):
        page = read(persona.client, address(persona, name, pk), data)
        told += [
            message for message in ("отправлен на", "снова в проектах", "Согласовано", "возвращён") if message in page
        ]
    form = director.client.get(address(director, "act_detail", pk)).context["signing_form"]
    values = {"password": PASSWORD, "effective_on": timezone.localdate(), "read": form["read"].initial}

    page = read(director.client, address(director, "act_sign", pk), values)
    own = read(mentor.client, address(mentor, "my_document", pk))

    assert told == ["отправлен на", "снова в проектах", "отправлен на", "Согласовано", "возвращён", "отправлен на"]
    assert "Приказ подписан" in page
    assert "Лист ознакомления: 0 из 2" in page
    assert TEXT.title in own


def test_wrong_password_is_said_beside_the_order(curator: Persona, director: Persona, act: MakeAct) -> None:
    document = send_act(curator.access, document_id=act().pk)
    form = director.client.get(address(director, "act_detail", document.pk)).context["signing_form"]
    values = {"password": "ne-tot", "effective_on": timezone.localdate(), "read": form["read"].initial}

    page = read(director.client, address(director, "act_sign", document.pk), values)

    assert "Пароль неверный" in page
    assert Document.objects.get().state == "on_agreement"


def test_draft_is_discarded_by_its_button(curator: Persona, act: MakeAct) -> None:
    page = read(curator.client, address(curator, "act_discard", act().pk), {})

    assert "Проект убран" in page
    assert not Document.objects.exists()


def test_edit_after_sending_is_refused_in_words(curator: Persona, act: MakeAct) -> None:
    document = send_act(curator.access, document_id=act().pk)

    assert "Текст можно править только в проекте" in edited(curator, document)


def test_order_on_pairs_has_no_page_among_general_orders(curator: Persona, drafted: Callable[[], Document]) -> None:
    for name in ("act_detail", "act_edit"):
        assert curator.client.get(address(curator, name, drafted().pk)).status_code == 404


@pytest.mark.parametrize("who", ["director", "hr_officer", "mentor"])
def test_new_order_is_for_who_drafts(db: None, request: pytest.FixtureRequest, who: str) -> None:
    persona = request.getfixturevalue(who)

    assert persona.client.get(address(persona, "act_new")).status_code == 403


def test_register_leads_to_both_kinds_of_new_orders(curator: Persona, act: MakeAct) -> None:
    document = act()

    page = read(curator.client, address(curator, "document_list"))

    for url in (
        address(curator, "act_new"),
        address(curator, "order_draft"),
        address(curator, "act_detail", document.pk),
    ):
        assert f'href="{url}"' in page
