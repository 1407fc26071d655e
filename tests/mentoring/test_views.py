"""The pages of mentoring as each persona gets them; strangers are walked in tests/guards."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from documents.models import Document
from jobs.models import Job
from jobs.tasks import run
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.domain.pairing_states import PairingState
from mentoring.models import AssignmentOrder, BankImport, MenteeProfile, MentorProfile, Pairing
from mentoring.operations.orders import send_order
from people.domain.consent import Purpose
from people.domain.roles import Role
from people.models import Consent, Membership, Person
from people.operations.consents import withdraw_consent
from tests.conftest import make_persona
from tests.factories import (
    PASSWORD,
    MenteeProfileFactory,
    MentorProfileFactory,
    PersonFactory,
    banked,
    consents,
    pair,
)
from tests.mentoring.bank_uploads import FILES, confirmed, read, sheet
from tests.mentoring.order_steps import agreed, around_today, drafted, ending, in_bank, signed, working

KOTOVA = "Котова Марина Сергеевна;учитель;k@example.org"
BANKS = pytest.mark.parametrize("bank", Bank)
LISTS = {Bank.MENTORS: "mentor_list", Bank.MENTEES: "mentee_list"}


def path(persona, name, *args):
    return reverse(name, args=[persona.organisation.slug, *args])


def get(persona, name, *args, **query):
    return persona.client.get(path(persona, name, *args), query)


def post(persona, name, *args, **values):
    return persona.client.post(path(persona, name, *args), values)


def read_by(director, order):
    """What the page of an order gives the signer to send along: the hash of what it shows."""
    return get(director, "order_detail", order.pk).context["signing_form"]["read"].initial


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response):
    return [str(error) for found in response.context["form"].errors.values() for error in found]


def paired(school, **values):
    return pair(school, period=around_today(), **values)


# Banks


@BANKS
def test_bank_is_listed_with_buttons_for_who_edits_it(curator, psychologist, bank):
    person = in_bank(curator.organisation, mentor=bank == Bank.MENTORS, surname="Ёлкина")

    edited, seen = text(get(curator, LISTS[bank])), text(get(psychologist, LISTS[bank]))

    for page in (edited, seen):
        assert person.full_name in page
    assert "Загрузить таблицу" in edited
    assert "Загрузить таблицу" not in seen


@BANKS
@pytest.mark.parametrize("persona", ["hr_officer", "mentor", "district_curator"])
def test_banks_are_closed_to_who_may_not_see_them(request, school, persona, bank):
    visitor = request.getfixturevalue(persona)

    assert get(visitor, LISTS[bank]).status_code == 403
    assert get(visitor, "bank_export", bank).status_code == 403
    assert get(visitor, "bank_print", bank).status_code == 403


@BANKS
def test_person_without_a_consent_is_counted_and_not_named(curator, psychologist, bank):
    make = MentorProfileFactory if bank == Bank.MENTORS else MenteeProfileFactory
    make(person=PersonFactory(organisation=curator.organisation, surname="Тайная"))

    page = text(get(psychologist, LISTS[bank]))

    assert "Тайная" not in page
    assert "ещё 1 без действующего согласия не показаны" in page
    assert "Тайная" in text(get(curator, LISTS[bank]))


@BANKS
def test_filter_narrows_the_list_and_nonsense_does_not_break_it(curator, bank):
    for surname in ("Ёлкина", "Белова"):
        in_bank(curator.organisation, mentor=bank == Bank.MENTORS, surname=surname)

    found = text(get(curator, LISTS[bank], q="елк", consent="yes", load="free", sort="-entered"))
    nonsense = get(curator, LISTS[bank], year="abc", consent="?", load="?", sort="?", page="99")

    assert ("Ёлкина" in found, "Белова" in found) == (True, False)
    assert nonsense.status_code == 200
    assert "Ёлкина" in text(nonsense)


@BANKS
def test_list_goes_out_as_a_spreadsheet_and_as_a_page_to_print(psychologist, bank):
    for surname in ("Ёлкина", "Белова"):
        in_bank(psychologist.organisation, mentor=bank == Bank.MENTORS, surname=surname)

    sheet_, page = get(psychologist, "bank_export", bank, q="елк"), get(psychologist, "bank_print", bank, q="елк")

    rows = list(openpyxl.load_workbook(BytesIO(sheet_.content)).active.values)
    assert [row[1] for row in rows[1:]] == ["Ёлкина Анна Ивановна"]
    assert sheet_["Content-Disposition"].startswith(f'attachment; filename="{bank}-')
    assert ("Ёлкина" in text(page), "Белова" in text(page)) == (True, False)


@BANKS
def test_person_enters_a_bank_by_hand(curator, bank):
    person = PersonFactory(organisation=curator.organisation)

    response = post(
        curator, "profile_add", bank, person=person.pk, entered_on="01.09.2026", topics="ЕГЭ;урок\nЕГЭ", form="peer"
    )

    assert response.url == path(curator, "person_detail", person.pk)
    assert said(response) == [f"{person.full_name}: в банке."]
    profile = (MentorProfile if bank == Bank.MENTORS else MenteeProfile).objects.get()
    topics = profile.topics if bank == Bank.MENTORS else profile.requests
    assert sorted(topics.values_list("topic", flat=True)) == ["ЕГЭ", "урок"]


@BANKS
def test_person_who_is_in_the_bank_is_no_choice(curator, bank):
    person = in_bank(curator.organisation, mentor=bank == Bank.MENTORS)

    response = post(curator, "profile_add", bank, person=person.pk, entered_on="01.09.2026")

    assert response.status_code == 200
    assert list(response.context["who"].errors) == ["person"]


@pytest.mark.parametrize("capacity", ["0", "31", "-1", "много"])
def test_impossible_capacity_is_refused_in_russian(curator, capacity):
    person = PersonFactory(organisation=curator.organisation)

    response = post(curator, "profile_add", Bank.MENTORS, person=person.pk, entered_on="01.09.2026", capacity=capacity)

    assert list(response.context["form"].errors) == ["capacity"]
    assert "mentor_capacity_is_plausible" not in text(response)
    assert MentorProfile.objects.count() == 0


def test_profile_is_changed(curator):
    profile = in_bank(curator.organisation, mentor=True).mentor_profiles.get()
    args = ("profile_edit", Bank.MENTORS, profile.pk)

    shown = get(curator, *args)
    response = post(curator, *args, entered_on="02.09.2026", capacity="3", topics="ЕГЭ")
    refused = post(curator, *args, entered_on="когда-то")

    profile.refresh_from_db()
    assert profile.person.full_name in text(shown)
    assert (said(response), profile.capacity, str(profile.entered_on)) == (["Сохранено."], 3, "2026-09-02")
    assert list(refused.context["form"].errors) == ["entered_on"]


def test_person_leaves_the_bank_unless_they_are_in_a_pair(curator):
    pairing = paired(curator.organisation)
    busy = pairing.mentor.mentor_profiles.get()
    free = in_bank(curator.organisation).mentee_profiles.get()

    kept = post(curator, "profile_leave", Bank.MENTORS, busy.pk)
    left = post(curator, "profile_leave", Bank.MENTEES, free.pk)

    assert said(kept) == ["Человек состоит в паре. Сначала завершите или отклоните её."]
    assert said(left)[-1:] == ["Человек вышел из банка. История сохранена."]
    assert [each.left_on for each in (MentorProfile.objects.get(), MenteeProfile.objects.get(pk=free.pk))] == [
        None,
        timezone.localdate(),
    ]


def test_card_shows_each_persona_what_is_theirs(curator, psychologist, hr_officer):
    person = paired(curator.organisation).mentor

    pages = [text(get(each, "person_detail", person.pk)) for each in (curator, psychologist, hr_officer)]

    assert [person.full_name in page for page in pages] == [True, True, True]
    assert ["<h2>Согласия</h2>" in page for page in pages] == [True, False, True]
    assert ["<h2>Личная ссылка</h2>" in page for page in pages] == [True, False, False]
    assert ["наставник: " in page for page in pages] == [True, True, False]


def test_card_of_a_person_without_consent_is_not_found_by_the_psychologist(psychologist):
    person = PersonFactory(organisation=psychologist.organisation)

    assert get(psychologist, "person_detail", person.pk).status_code == 404


def test_queue_says_how_long_each_waits(curator, psychologist):
    day = timezone.localdate() - timedelta(days=21)
    profile = MenteeProfileFactory(person=PersonFactory(organisation=curator.organisation), entered_on=day)
    consents(profile.person)

    page, seen = text(get(curator, "queue")), text(get(psychologist, "queue"))

    assert "1 человек ждёт" in page
    assert "21 день" in page
    assert ("Составить пару" in page, "Составить пару" in seen) == (True, False)


def test_queue_asks_for_a_consent_before_a_pair(curator, psychologist):
    person = PersonFactory(organisation=curator.organisation)
    MenteeProfileFactory(person=person)

    page = text(get(curator, "queue"))

    assert ("Внести согласие" in page, "Составить пару" in page) == (True, False)
    assert path(curator, "consent_record", person.pk) + "?purpose=processing" in page


@BANKS
def test_list_that_shows_nobody_says_why(curator, bank):
    empty, narrowed = text(get(curator, LISTS[bank])), text(get(curator, LISTS[bank], q="Кукушкина"))

    assert ("В банке пока никого" in empty, "Снять отбор" in empty) == (True, False)
    assert ("Никого не нашли" in narrowed, "Снять отбор" in narrowed) == (True, True)


@BANKS
def test_missing_consent_is_recorded_from_the_list(curator, psychologist, bank):
    person = PersonFactory(organisation=curator.organisation)
    (MentorProfileFactory if bank == Bank.MENTORS else MenteeProfileFactory)(person=person)

    page = text(get(curator, LISTS[bank], consent="wanted"))

    assert path(curator, "consent_record", person.pk) + "?purpose=processing" in page


# Uploads


def with_macros(content):
    stream = BytesIO(content)
    with ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    return stream.getvalue()


def sent_file(curator, name="bank.csv", content=b"", bank=Bank.MENTORS):
    return post(curator, "import_start", bank, file=SimpleUploadedFile(name, content))


def preview_of(curator, response):
    run(job_id=int(response.url.rstrip("/").rpartition("/")[2]))
    return get(curator, "import_detail", BankImport.objects.latest("pk").pk)


def test_table_goes_from_the_form_into_the_bank(curator):
    uploaded = sent_file(curator, "mentors.xlsx", (FILES / "mentors.xlsx").read_bytes())
    preview = preview_of(curator, uploaded)
    upload = preview.context["upload"]
    pressed = post(curator, "import_confirm", upload.pk)
    run(job_id=Job.objects.latest("pk").pk)
    done = get(curator, "import_detail", upload.pk)

    assert "Записать 18 строк" in text(preview)
    assert "«04.09.26 г.»" in text(preview)
    assert pressed.url == path(curator, "job_detail", Job.objects.latest("pk").pk)
    assert "сами бумаги ещё нужно получить" in text(done)
    assert MentorProfile.objects.count() == 18


def test_file_that_changes_nothing_has_nothing_to_confirm(curator):
    confirmed(curator.access, read(curator.access, sheet(KOTOVA)))

    preview = text(get(curator, "import_detail", read(curator.access, sheet(KOTOVA)).pk))

    assert "В банке уже всё так, как в файле: записывать нечего." in preview
    assert "Записать" not in preview


def test_fault_is_shown_and_blocks_confirming(curator):
    upload = read(curator.access, sheet(KOTOVA, "Громов Пётр;завуч;не адрес"))

    preview, pressed = get(curator, "import_detail", upload.pk), post(curator, "import_confirm", upload.pk)

    assert "1 строка с ошибкой" in text(preview)
    assert "Записать" not in text(preview)
    assert said(pressed) == ["В файле есть ошибки. Исправьте их и загрузите файл ещё раз: в банк ничего не записано."]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bank.xlsx", b"%PDF-1.7", "Это документ PDF, а не таблица."),
        ("locked.xlsx", (FILES / "locked.xlsx").read_bytes(), "Файл защищён паролем."),
        ("locked.ods", (FILES / "locked.ods").read_bytes(), "Файл защищён паролем."),
        ("macros.xlsx", with_macros((FILES / "mentors.xlsx").read_bytes()), "В файле есть макросы."),
        ("blank.csv", b"\n\n;;\n", "В файле нет ни одной заполненной ячейки."),
        ("other.csv", "что;это\n1;2".encode(), "Не нашли строку заголовков."),
    ],
)
def test_refused_file_leaves_nothing_and_says_why(curator, name, content, words):
    page = text(preview_of(curator, sent_file(curator, name, content)))

    assert words in page
    assert "В банк ничего не записано." in page
    assert (MentorProfile.objects.count(), BankImport.objects.get().state) == (0, "refused")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("big.xlsx", b"0" * 50 * 1024 * 1024, "Файл занимает 50 МБ, а можно не больше 20 МБ."),
        ("empty.xlsx", b"", "Отправленный файл пуст."),
        ("я" * 201 + ".csv", b"a", "Убедитесь, что это имя файла содержит не более 200 символов (сейчас 205)."),
    ],
)
def test_file_that_the_form_refuses_is_not_kept(curator, name, content, words):
    response = sent_file(curator, name, content)

    assert errors(response) == [words]
    assert (BankImport.objects.count(), Job.objects.count()) == (0, 0)


def test_columns_are_chosen_by_hand(curator):
    upload = read(curator.access, sheet("Котова Анна;шахматы", header="ФИО;Чем увлекается"))
    choices = {"column_0": "full_name", "column_1": "interests"}

    response = post(curator, "import_map", upload.pk, **choices)
    run(job_id=Job.objects.latest("pk").pk)
    wrong = post(curator, "import_map", upload.pk, **choices | {"column_1": "чепуха"})

    upload.refresh_from_db()
    assert response.url == path(curator, "job_detail", upload.job_id)
    assert upload.rows.get().values["profile"] == {"interests": "шахматы"}
    assert said(wrong) == ["Выберите столбцы из списка."]


def test_upload_is_thrown_away(curator):
    upload = read(curator.access, sheet(KOTOVA))

    response = post(curator, "import_discard", upload.pk)

    assert said(response) == ["Файл удалён, в банк ничего не записано."]
    assert response.url == path(curator, "import_start", Bank.MENTORS)


def test_written_upload_is_not_thrown_away(curator):
    upload = confirmed(curator.access, read(curator.access, sheet(KOTOVA)))

    assert said(post(curator, "import_discard", upload.pk)) == ["Файл уже записывается или записан в банк."]


@pytest.mark.parametrize("persona", ["director", "psychologist", "hr_officer", "mentor"])
def test_uploads_are_the_curators_alone(request, curator, persona):
    visitor = request.getfixturevalue(persona)
    upload = read(curator.access, sheet(KOTOVA))

    assert get(visitor, "import_start", Bank.MENTORS).status_code == 403
    assert get(visitor, "import_detail", upload.pk).status_code == 403
    for name in ("import_map", "import_confirm", "import_discard"):
        assert post(visitor, name, upload.pk).status_code == 403
    assert BankImport.objects.get().state == "read"


# Pairs


def pair_values(mentor, *mentees, **values):
    today = timezone.localdate()
    return {
        "mentor": mentor.pk,
        "mentees": [each.pk for each in mentees],
        "form": "teacher_teacher",
        "kind": "traditional",
        "first_day": f"{today:%d.%m.%Y}",
        "last_day": f"{today + timedelta(days=90):%d.%m.%Y}",
    } | values


def test_pair_is_proposed_agreed_and_listed(curator):
    mentor, mentee = banked(curator.organisation)

    proposed = post(curator, "pair_propose", **pair_values(mentor, mentee))
    pairing = Pairing.objects.get()
    agreed_ = post(curator, "pair_agree", pairing.pk)
    listed, shown = get(curator, "pair_list", q=mentee.surname), get(curator, "pair_detail", pairing.pk)

    assert said(proposed) == ["Пара предложена. Проверьте согласия и согласуйте её."]
    assert proposed.url == agreed_.url == path(curator, "pair_detail", pairing.pk)
    assert said(agreed_)[-1] == "Пара согласована: её можно включить в приказ."
    assert mentor.short_name.replace("\u00a0", " ") in text(listed)
    assert "согласована" in text(shown)


@pytest.mark.parametrize("query", [{"q": "Кукушкина"}, {"states": "over"}])
def test_pairs_that_are_not_found_show_a_way_back(curator, query):
    empty, narrowed = text(get(curator, "pair_list")), text(get(curator, "pair_list", **query))

    assert ("Пар пока нет" in empty, "Никого не нашли" in empty) == (True, False)
    assert ("Никого не нашли" in narrowed, "Показать все пары" in narrowed) == (True, True)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"last_day": "01.01.2020"}, "Период заканчивается раньше, чем начинается."),
        ({"mentees": []}, "Обязательное поле."),
        ({"kind": "group"}, "Групповое наставничество — от двух наставляемых: добавьте ещё или смените вид."),
        ({"form": "чепуха"}, "Выберите корректный вариант. чепуха нет среди допустимых значений."),
    ],
)
def test_proposal_is_refused_in_russian(curator, values, words):
    mentor, mentee = banked(curator.organisation)

    response = post(curator, "pair_propose", **pair_values(mentor, mentee) | values)

    assert errors(response) == [words]
    assert words in text(response)


def test_refusal_of_the_operation_stands_on_the_form(curator):
    mentor, mentee = banked(curator.organisation)
    post(curator, "pair_propose", **pair_values(mentor, mentee))

    response = post(curator, "pair_propose", **pair_values(mentor, mentee))

    assert errors(response) == ["У кого-то из наставляемых на эти дни уже есть наставник."]


def test_pair_without_consents_is_not_agreed(curator):
    pairing = paired(curator.organisation)
    Consent.objects.filter(person=pairing.mentor, purpose=Purpose.PARTICIPATION).delete()

    response = post(curator, "pair_agree", pairing.pk)

    assert said(response)[0].endswith(": нет действующего согласия (участие в наставничестве).")
    assert "нет: участие в наставничестве" in text(get(curator, "pair_detail", pairing.pk))


def test_pair_is_declined_and_a_declined_one_not_paused(curator):
    pairing = paired(curator.organisation)

    declined, paused = post(curator, "pair_decline", pairing.pk), post(curator, "pair_pause", pairing.pk)

    assert said(declined) == ["Предложение отклонено, наставляемые снова в очереди."]
    assert said(paused)[-1] == "Приостановить можно только работающую пару."


def test_working_pair_is_paused_and_resumed(curator, director):
    pairing = working(curator, director, period=around_today())

    paused, resumed = post(curator, "pair_pause", pairing.pk), post(curator, "pair_resume", pairing.pk)

    assert said(paused) == ["Работа пары приостановлена."]
    assert said(resumed)[-1] == "Пара снова работает."


def test_order_that_changes_a_pair_is_drafted_from_its_page(curator, director):
    day = timezone.localdate() + timedelta(days=10)
    replacing = in_bank(curator.organisation, mentor=True)
    forms = {
        "pair_end": {"last_day": f"{day:%d.%m.%Y}", "ground": "mutual"},
        "pair_extend": {"last_day": f"{day + timedelta(days=900):%d.%m.%Y}"},
        "pair_replace": {"last_day": f"{day:%d.%m.%Y}", "mentor": replacing.pk},
    }
    for name, values in forms.items():
        pairing = working(curator, director, period=around_today())

        shown, drafted_ = get(curator, name, pairing.pk), post(curator, name, pairing.pk, **values)
        again = post(curator, name, pairing.pk, **values)

        order = AssignmentOrder.objects.latest("pk")
        assert pairing.mentor.full_name in text(shown)
        assert drafted_.url == path(curator, "order_detail", order.pk)
        assert said(drafted_) == ["Проект приказа готов. Проверьте текст."]
        assert errors(again) == ["На эту пару уже есть неподписанный приказ. Подпишите его или уберите."]
        get(curator, "order_detail", order.pk)


def test_replacement_is_no_ground_to_choose(curator, director):
    pairing = working(curator, director, period=around_today())

    response = post(curator, "pair_end", pairing.pk, last_day="01.01.2030", ground="replacement")

    assert list(response.context["form"].errors) == ["ground"]


@pytest.mark.parametrize("persona", ["director", "psychologist"])
def test_reader_sees_pairs_without_buttons(request, curator, persona):
    reader = request.getfixturevalue(persona)
    pairing = paired(curator.organisation)

    pages = text(get(reader, "pair_list")) + text(get(reader, "pair_detail", pairing.pk))

    assert pairing.mentor.full_name in pages
    assert ("Новая пара" in pages, "Обе стороны согласны" in pages) == (False, False)
    assert get(reader, "pair_propose").status_code == 403
    for name in ("pair_agree", "pair_decline", "pair_pause", "pair_resume", "pair_end", "pair_extend", "pair_replace"):
        assert post(reader, name, pairing.pk).status_code == 403


# Orders


def test_order_is_drafted_reworded_sent_returned_and_signed(curator, director):
    pairing = agreed(curator, period=around_today())

    drafted_ = post(curator, "order_draft", pairing=pairing.pk)
    order = AssignmentOrder.objects.get()
    words = {"heading": "О наставничестве", "preamble": "В целях", "points": "Первый\n– часть"}
    reworded = post(curator, "order_edit", order.pk, **words, journal=order.document.journal_id)
    sent = post(curator, "order_send", order.pk)
    returned = post(director, "order_return", order.pk, comment="Короче")
    seen = text(get(curator, "order_detail", order.pk))
    post(curator, "order_send", order.pk)
    visa = post(director, "order_agree", order.pk)
    today = f"{timezone.localdate():%d.%m.%Y}"
    read = read_by(director, order)
    wrong = post(director, "order_sign", order.pk, password="не тот", effective_on=today, read=read)
    signed_ = post(director, "order_sign", order.pk, password=PASSWORD, effective_on=today, read=read)

    assert drafted_.url == path(curator, "order_detail", order.pk)
    assert [said(each)[-1] for each in (drafted_, reworded, sent, returned, visa, signed_)] == [
        "Проект готов. Проверьте текст и отправьте на подпись.",
        "Текст сохранён.",
        "Приказ отправлен на согласование и подпись.",
        "Приказ возвращён на доработку.",
        "Согласовано.",
        "Приказ подписан. Файлы появятся на этой странице.",
    ]
    assert "Короче" in seen
    assert wrong.context["signing_form"].errors["password"] == ["Пароль неверный. Приказ не подписан."]
    page = text(get(director, "order_detail", order.pk))
    assert ("Приказ № 1-од" in page, "1.1. Часть" in page, "0 из 3" in page) == (True, True, True)


def test_director_reads_before_signing_and_is_not_asked_to_agree(curator, director, hr_officer):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)

    signing, agreeing = (text(get(persona, "order_detail", order.pk)) for persona in (director, hr_officer))

    assert signing.index("<article") < signing.index("Подписать приказ")
    assert [word in signing for word in ("Подписать приказ", "Вернуть на доработку", "Согласовать")] == [
        True,
        True,
        False,
    ]
    assert [word in agreeing for word in ("Подписать приказ", "Вернуть на доработку", "Согласовать")] == [
        False,
        True,
        True,
    ]


def test_cases_of_names_are_put_right_from_a_draft(curator, director):
    pairing = agreed(curator)
    order = drafted(curator, pairing)
    people = [pairing.mentor_id, pairing.mentees.get().mentee_id]
    links = [path(curator, "person_cases", person) for person in people]

    edited, seen = (text(get(persona, "order_detail", order.pk)) for persona in (curator, director))
    send_order(curator.access, document_id=order.pk)
    sent = text(get(curator, "order_detail", order.pk))

    assert [link in edited for link in links] == [True, True]
    assert [link in page for page in (seen, sent) for link in links] == [False] * 4


def test_director_does_not_sign_a_text_that_was_changed_after_reading(curator, director):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)
    today, read = f"{timezone.localdate():%d.%m.%Y}", read_by(director, order)
    post(curator, "order_take_back", order.pk)
    words = {"heading": "О наставничестве", "preamble": "В целях", "points": "Выплатить куратору премию."}
    post(curator, "order_edit", order.pk, **words, journal=order.document.journal_id)
    post(curator, "order_send", order.pk)

    answer = post(director, "order_sign", order.pk, password=PASSWORD, effective_on=today, read=read)

    order.document.refresh_from_db()
    assert order.document.state == "on_agreement"
    assert said(answer) == ["Пока приказ был открыт, его текст изменили. Прочитайте его ещё раз и подпишите."]


def test_wrong_passwords_are_slowed_down(curator, director):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)
    words = {"effective_on": f"{timezone.localdate():%d.%m.%Y}", "read": read_by(director, order)}

    for _ in range(10):
        post(director, "order_sign", order.pk, password="не тот", **words)
    answer = post(director, "order_sign", order.pk, password=PASSWORD, **words)

    order.document.refresh_from_db()
    assert order.document.state == "on_agreement"
    assert "Слишком много попыток. Подождите пять минут." in answer.context["signing_form"].errors["password"]


def test_readers_do_not_see_a_pair_with_somebody_whose_consent_is_withdrawn(curator, director, psychologist):
    pairing = working(curator, director, period=around_today())
    consent = pairing.mentor.consents.get(purpose=Purpose.PROCESSING)
    withdraw_consent(curator.access, consent_id=consent.pk)
    name = pairing.mentor.surname

    for reader in (director, psychologist):
        assert name not in text(get(reader, "pair_list"))
        assert name not in text(get(reader, "pair_list", q=name, states="no_consent")).replace(f'value="{name}"', "")
        assert name not in text(get(reader, "mentee_list"))
        assert get(reader, "pair_detail", pairing.pk).status_code == 404
    assert name in text(get(curator, "pair_list", states="no_consent"))


def test_extension_to_the_year_9999_is_refused_before_anybody_signs_it(curator, director):
    pairing = working(curator, director, period=around_today())

    answer = post(curator, "pair_extend", pairing.pk, last_day="9999-12-31")

    assert answer.context["form"].errors["last_day"] == ["Проверьте год: так далеко вперёд мы не заглядываем."]


def test_soft_line_breaks_of_word_come_in_as_line_breaks(curator):
    order = drafted(curator)
    words = {"heading": "О наставничестве", "preamble": "В\x00 целях", "points": "Первый\x0bВторой"}

    post(curator, "order_edit", order.pk, **words, journal=order.document.journal_id)

    order.document.refresh_from_db()
    assert (order.document.preamble, order.document.points) == ("В целях", "Первый\nВторой")


@pytest.mark.parametrize("name", ["pair_list", "pair_export", "mentor_list"])
def test_null_character_in_a_search_is_no_error(curator, name):
    arguments = [curator.organisation.slug]

    assert curator.client.get(reverse(name, args=arguments), {"q": "\x00Ко"}).status_code == 200


def test_boxes_that_hold_no_number_are_left_out(curator):
    assert said(post(curator, "order_draft", pairing="²")) == [
        "Выберите согласованные пары, которых ещё нет ни в одном приказе."
    ]


def test_goal_that_looks_like_a_formula_leaves_as_text(curator):
    pair(curator.organisation, goal="==1+1")

    sheet = load_workbook(BytesIO(get(curator, "pair_export").content)).active

    assert [cell.data_type for cell in sheet["E"]] == ["s", "s"]


def test_return_without_a_reason_is_refused(curator, director):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)

    assert said(post(director, "order_return", order.pk, comment=" ")) == ["Напишите, что исправить."]


def test_order_cannot_take_effect_before_it_is_signed(curator, director):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)

    read = read_by(director, order)
    response = post(director, "order_sign", order.pk, password=PASSWORD, effective_on="01.01.2020", read=read)

    assert response.context["signing_form"].errors["effective_on"] == [
        "Приказ не может вступить в силу раньше дня подписания."
    ]


def test_pressing_twice_says_so_and_does_it_once(curator, director):
    order = drafted(curator)

    for name in ("order_send", "order_send"):
        response = post(curator, name, order.pk)
    taken_back, again = post(curator, "order_take_back", order.pk), post(curator, "order_take_back", order.pk)

    assert said(response)[-1] == "Сейчас документ в состоянии «на согласовании»: кто-то уже сделал этот шаг."
    assert said(taken_back)[-1] == "Приказ снова в проектах: текст можно править."
    assert said(again)[-1] == "Сейчас документ в состоянии «проект»: кто-то уже сделал этот шаг."


def test_sent_order_cannot_be_reworded(curator):
    order = drafted(curator)
    send_order(curator.access, document_id=order.pk)
    words = {"heading": "О", "preamble": "В", "points": "П", "journal": order.document.journal_id}

    response = post(curator, "order_edit", order.pk, **words)

    assert errors(response) == ["Текст можно править только в проекте: документ уже отправлен дальше."]


def test_draft_without_chosen_pairs_is_refused(curator):
    agreed(curator)

    response = post(curator, "order_draft", pairing="чепуха")

    assert said(response) == ["Выберите согласованные пары, которых ещё нет ни в одном приказе."]
    assert Document.objects.count() == 0


def test_draft_is_thrown_away_and_a_sent_order_is_not(curator):
    draft, sent = drafted(curator), drafted(curator)
    send_order(curator.access, document_id=sent.pk)

    thrown, kept = post(curator, "order_discard", draft.pk), post(curator, "order_discard", sent.pk)

    assert said(thrown) == ["Проект убран, пары свободны для другого приказа."]
    assert said(kept)[-1] == "Убрать можно только проект."
    assert list(AssignmentOrder.objects.all()) == [sent]


def test_orders_show_what_they_change(curator, director):
    pairing = working(curator, director, period=around_today())
    later = ending(curator, pairing, pairing.starts_on)
    signed(curator, director, later)

    first_page, later_page = (text(get(director, "order_detail", pk)) for pk in (pairing.basis_id, later.pk))

    assert "о досрочном прекращении наставничества (№ 2-од)" in first_page
    assert "приказ № 1-од от" in later_page


def test_orders_are_for_who_works_with_documents(curator, psychologist, hr_officer, director, mentor):
    order = drafted(curator)

    assert [get(each, "order_detail", order.pk).status_code for each in (psychologist, mentor)] == [403, 403]
    assert [get(each, "order_detail", order.pk).status_code for each in (hr_officer, director)] == [200, 200]
    for name in ("order_send", "order_take_back", "order_discard", "order_edit"):
        assert post(director, name, order.pk).status_code == 403
    assert post(curator, "order_sign", order.pk).status_code == 403
    assert post(hr_officer, "order_sign", order.pk).status_code == 403
    assert post(curator, "order_agree", order.pk).status_code == 403


# One's own pages, the district


def test_participant_sees_own_pair_and_order_and_nobody_elses(curator, director, mentor):
    pairing = agreed(curator, period=around_today())
    pairing.mentees.update(mentor=mentor.person)
    pairing.mentor = mentor.person
    pairing.save()
    document = signed(curator, director, drafted(curator, pairing))
    foreign = working(curator, director, period=around_today())

    page = text(get(mentor, "my_page"))

    assert "Вы — наставник:" in page
    assert f"{document.title_number} от".replace("\u00a0", " ") in page
    assert "прочитайте" in page
    for person in (foreign.mentor, foreign.mentees.get().mentee):
        assert person.surname not in page
    for name in ("mentor_list", "mentee_list", "queue", "pair_list"):
        assert get(mentor, name).status_code == 403
    assert get(mentor, "pair_detail", pairing.pk).status_code == 403


def test_mentee_sees_who_the_mentor_is(curator, mentee):
    pairing = paired(curator.organisation)
    pairing.mentees.update(mentee=mentee.person)

    proposed = text(get(mentee, "my_page"))
    Pairing.objects.filter(pk=pairing.pk).update(state=PairingState.AGREED)

    assert f"Вам предложили наставника: {pairing.mentor.full_name}" in proposed
    assert f"Ваш наставник — {pairing.mentor.full_name}" in text(get(mentee, "my_page"))


def test_member_without_a_card_is_told_so(curator):
    outsider = make_persona(Role.PARTICIPANT, curator.organisation)
    Membership.objects.filter(user=outsider.user).update(person=None)

    assert "Вы не связаны с карточкой человека в этой организации" in text(get(outsider, "my_page"))


def test_district_sees_counts_and_no_names(district, district_curator, curator, director):
    pairing = working(curator, director, period=around_today())
    observer = make_persona(Role.OBSERVER, district)

    for visitor in (district_curator, observer):
        page = text(get(visitor, "district_schools"))
        assert "Лицей № 7" in page
        for person in Person.objects.filter(organisation=curator.organisation):
            assert person.surname not in page
        assert visitor.client.get(path(curator, "pair_detail", pairing.pk)).status_code == 404
        assert get(visitor, "pair_list").status_code == 403
    assert get(curator, "district_schools").status_code == 403
