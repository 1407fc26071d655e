"""An order with a table of groups, and the way it takes to a signature."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from documents.domain.kinds import ASSIGNMENT_ORDER
from documents.domain.paper import Annex, Named, OrderPaper, SimpleMark, Table, TableRow
from documents.models import Document
from documents.operations.acts import draft_act
from documents.operations.drafts import draft_document, send_to_agreement
from documents.operations.signing import sign_document
from tests.conftest import Persona
from tests.factories import PASSWORD

PAPER = OrderPaper(
    organisation_full="Муниципальное бюджетное общеобразовательное учреждение «Лицей № 7»",
    organisation_short="МБОУ «Лицей № 7»",
    title="ПРИКАЗ",
    date="",
    number="",
    place="г. Приозёрск",
    heading="О закреплении наставнических пар",
    preamble="В целях развития наставничества и на основании Положения",
    points=("Закрепить наставнические пары согласно таблице.", "Контроль оставляю за собой."),
    table=Table(
        columns=("№", "Наставник", "Наставляемый", "Период"),
        group_columns=2,
        rows=(
            TableRow(("1", "Котова Марина Сергеевна"), 2, ("Лисина Дарья Андреевна", "04.09.2026 – 31.05.2027")),
            TableRow((), 0, ("Щукина Ёлка Львовна", "04.09.2026 – 31.05.2027")),
            TableRow(("2", "Орлова Елена Викторовна"), 1, ("Цой Анна", "04.09.2026 – 31.05.2027")),
        ),
    ),
    table_in_annex=False,
    signer_post="Директор",
    signer_name="О.\u00a0Ю.\u00a0Савельев",
    acquaintance=(Named("Котова Марина Сергеевна", "учитель"), Named("Лисина Дарья Андреевна", "учитель")),
)

SIGNED_PAPER = replace(
    PAPER,
    number="209-од",
    date="20\u00a0ноября 2026\u00a0г.",
    mark=SimpleMark("Савельев Олег Юрьевич", "Директор", "20.11.2026 12:00", "0123456789ABCDEF"),
    check_url="http://127.0.0.1:8000/check/2f1c7e1e-5a52-4b8b-8f0e-0d2f5b1f7a11/",
)


TEXT = Annex("Положение о системе наставничества", ("## 1. Общие положения", "1.1. Для чего это."))
ROADMAP = Annex(
    "Дорожная карта",
    table=Table(
        ("№", "Мероприятие", "Срок"),
        0,
        (TableRow.plain("Раздел 1"), TableRow.plain("1", "Назначить куратора", "до 1 сентября")),
    ),
    is_wide=True,
)
POINTS = ("Утвердить Положение (приложение № 1).", "Утвердить дорожную карту (приложение № 2).")


@pytest.fixture
def drafted(curator: Persona) -> Callable[[], Document]:
    """Makes drafts."""

    def make() -> Document:
        return draft_document(
            curator.access,
            kind=ASSIGNMENT_ORDER,
            heading=PAPER.heading,
            preamble=PAPER.preamble,
            points=PAPER.points,
        )

    return make


@pytest.fixture
def agreed_on(curator: Persona, drafted: Callable[[], Document]) -> Callable[[], Document]:
    """Makes documents that wait for a signature."""

    def make() -> Document:
        return send_to_agreement(curator.access, document_id=drafted().pk, paper=PAPER.as_json())

    return make


@pytest.fixture
def signed(director: Persona, mentor: Persona, mentee: Persona, agreed_on: Callable[[], Document]) -> Document:
    """A signed document that names the mentor and the mentee."""
    return sign_document(
        director.access,
        document_id=agreed_on().pk,
        password=PASSWORD,
        effective_on=director.access.today,
        named_person_ids=[mentor.person.pk, mentee.person.pk],
    )


@pytest.fixture
def act(curator: Persona) -> Callable[..., Document]:
    """Makes drafts of general orders."""

    def make(**values: object) -> Document:
        usual = {
            "heading": "Об утверждении Положения",
            "preamble": "В целях развития наставничества",
            "points": POINTS,
            "annexes": (TEXT, ROADMAP),
        }
        return draft_act(curator.access, **(usual | values))

    return make
