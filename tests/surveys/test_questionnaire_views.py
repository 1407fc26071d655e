"""Pages of questionnaires: the list and the library, the builder, forms of each kind, files, preview."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.domain.roles import Role
from surveys import catalogue
from surveys.domain import questionnaire as domain
from surveys.domain.questionnaire import (
    Feed,
    Level,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scale,
    Section,
    ShowIf,
    Side,
)
from surveys.models import Questionnaire
from surveys.operations.questionnaires import archive_questionnaire, freeze_version, import_questionnaire, take_template
from surveys.resources import questionnaire_json, read_questionnaire
from tests.conftest import Persona
from tests.factories import AT
from tests.roadmap.views.pages import errors, get, led_to, post, said, text

READY = Question("ready", QuestionKind.YES_NO, "Готовы?", is_required=True, feed=Feed.READY)
WHY = Question("why", QuestionKind.LONG, "Почему нет?", show_if=ShowIf("ready", ("no",)))
FORM = Question("form", QuestionKind.ONE, "Форма", options=(Option("a", "первая"), Option("b", "вторая")))
ASKED = domain.Questionnaire("Готовность", (Section("Решение", (READY, WHY)), Section("Ещё", (FORM,))))


@pytest.fixture
def made(curator: Persona) -> Questionnaire:
    return import_questionnaire(curator.access, asked=ASKED, purpose=Purpose.CANDIDATE, side=Side.MENTOR)


def is_sent(value: object) -> bool:
    """Whether a browser sends a field with this value; 0 is sent."""
    return value is not None and value is not False


def asked_of(questionnaire: Questionnaire) -> domain.Questionnaire:
    return questionnaire.versions.order_by("-number")[0].asked()


def test_list_shows_own_questionnaires_and_the_library(curator, made):
    import_questionnaire(
        curator.access, asked=domain.Questionnaire("Пустая", (Section("", ()),)), purpose=Purpose.OTHER, side=Side.NONE
    )

    whole = get(curator, "questionnaire_list")
    chosen = get(curator, "questionnaire_list", purpose="candidate")
    senseless = get(curator, "questionnaire_list", purpose="<b>", page="x")

    lines = [(each.questionnaire.title, each.questions, each.is_ready) for each in whole.context["lines"]]
    assert lines == [("Готовность", 3, True), ("Пустая", 0, False)]
    assert [each.questionnaire.title for each in chosen.context["lines"]] == ["Готовность"]
    assert [each.template.key for each in chosen.context["library"]] == ["candidate"]
    assert len(whole.context["library"]) == len(senseless.context["library"]) == len(catalogue.templates())
    assert "отвечают наставники" in text(whole)


def test_list_costs_the_same_with_one_questionnaire_and_with_three(curator, made):
    costs = []
    for keys in ([], ["request", "candidate"]):
        for key in keys:
            take_template(curator.access, key=key)
        with CaptureQueriesContext(connection) as captured:
            get(curator, "questionnaire_list")
        costs.append(len(captured))

    assert costs[1] == costs[0] <= 15


def test_archive_is_a_list_of_its_own(curator, made):
    first = post(curator, "questionnaire_archive", made.pk)
    kept = get(curator, "questionnaire_list", archive="1").context["lines"]
    builder = text(get(curator, "questionnaire_detail", made.pk))
    back = post(curator, "questionnaire_restore", made.pk)

    assert (led_to(first), led_to(back)) == (f"questionnaires/{made.pk}/",) * 2
    assert [each.questionnaire.pk for each in kept] == [made.pk]
    assert ("Вернуть из архива" in builder, "Добавить вопрос" in builder) == (True, False)
    assert (said(first), said(back)) == (["Анкета убрана в архив."], ["Анкета снова среди ваших."])


def test_template_is_looked_at_and_taken(curator):
    looked = get(curator, "template_preview", "satisfaction")
    taken = post(curator, "template_take", "satisfaction")

    row = Questionnaire.objects.get()
    title = catalogue.template("satisfaction").questionnaire.title
    assert (title in text(looked), led_to(taken), row.title) == (True, f"questionnaires/{row.pk}/", title)
    assert catalogue.template("satisfaction").source in text(get(curator, "questionnaire_detail", row.pk)).replace(
        "&quot;", '"'
    )
    assert get(curator, "template_preview", "nothing").status_code == 404
    assert said(post(curator, "template_take", "nothing")) == ["Такой анкеты в библиотеке нет."]


def test_questionnaire_is_begun_and_its_title_is_needed(curator):
    refused = post(curator, "questionnaire_new", title=" ", purpose="other", side="")
    begun = post(curator, "questionnaire_new", title="Наша", purpose="feedback", side="mentee")

    row = Questionnaire.objects.get()
    assert (errors(refused), led_to(begun)) == ({"title": ["Обязательное поле."]}, f"questionnaires/{row.pk}/")
    assert (row.title, row.purpose, row.side) == ("Наша", "feedback", "mentee")
    assert "В разделе нет вопросов" in text(get(curator, "questionnaire_detail", row.pk))


def test_file_becomes_a_questionnaire_and_a_bad_one_is_refused_with_places(curator):
    def sent(name: str, content: bytes) -> object:
        return post(
            curator, "questionnaire_import", file=SimpleUploadedFile(name, content), purpose="candidate", side="mentor"
        )

    example = get(curator, "questionnaire_example").content
    answers = [sent("a.json", questionnaire_json(ASKED)), sent("b.xlsx", example)]
    broken = sent("c.json", b'{"format": 1}')

    rows = Questionnaire.objects.order_by("pk")
    assert [led_to(answer) for answer in answers] == [f"questionnaires/{row.pk}/" for row in rows]
    assert asked_of(rows[0]) == ASKED
    assert asked_of(rows[1]) == catalogue.template("satisfaction").questionnaire
    assert (broken.status_code, list(errors(broken))) == (200, ["file"])


def test_questionnaire_leaves_as_a_file_and_is_the_same_when_it_comes_back(curator, made):
    as_json, as_xlsx = (get(curator, "questionnaire_export", made.pk, each) for each in ("json", "xlsx"))

    assert json.load(BytesIO(as_json.content))["questionnaire"] == ASKED.as_json()
    assert as_json["Content-Disposition"] == f'attachment; filename="questionnaire-{made.pk}-1.json"'
    assert read_questionnaire(as_xlsx.content, "a.xlsx") == ASKED


def test_builder_shows_questions_in_order_with_all_that_hangs_on_them(curator, made):
    answer = get(curator, "questionnaire_detail", made.pk)

    views = [view for section in answer.context["page"].sections for view in section.questions]
    assert [(view.number, view.kind, view.answers, view.condition, view.feed) for view in views] == [
        (1, "да – нет", "", "", "готовность: «да» вносит человека в банк"),
        (2, "развёрнутый ответ", "", "показать, если на вопрос 1 ответили «нет»", ""),
        (3, "один из списка", "первая, вторая", "", ""),
    ]
    page = text(answer)
    assert ("готова к анкетированию" in page, f"surveys/new/?questionnaire={made.pk}" in page) == (True, True)


def test_builder_of_an_answered_version_says_where_changes_go(curator, made):
    freeze_version(made.versions.get(), AT)

    before = text(get(curator, "questionnaire_detail", made.pk))
    pressed = post(curator, "question_copy", made.pk, "form", revision=1)

    assert "Ваши изменения пойдут в версию 2" in before
    assert led_to(pressed) == f"questionnaires/{made.pk}/#q-forma"
    assert said(pressed) == ["Ответы собраны по версии 1; изменения пойдут в версию 2."]


def test_buttons_of_a_question_move_copy_and_delete_it(curator, made):
    answers = [
        post(curator, "question_up", made.pk, "form", revision=1),
        post(curator, "question_down", made.pk, "form", revision=2),
        post(curator, "question_copy", made.pk, "form", revision=3),
        post(curator, "question_delete", made.pk, "form", revision=4),
    ]

    anchors = [led_to(answer).partition("#")[2] for answer in answers]
    assert (anchors, said(answers[-1])) == (["q-form", "q-form", "q-forma", "s-1"], [])
    assert [question.code for question in asked_of(made).questions] == ["ready", "why", "forma"]


@pytest.mark.parametrize("revision", ["7", "x", ""])
def test_button_of_an_older_page_changes_nothing(curator, made, revision):
    answer = post(curator, "question_delete", made.pk, "form", revision=revision)

    (told,) = said(answer)
    assert (told.split(".")[0], asked_of(made)) == ("Анкету тем временем изменил кто-то другой", ASKED)


def test_question_another_depends_on_stays_and_the_reason_is_told(curator, made):
    answer = post(curator, "question_delete", made.pk, "ready", revision=1)

    (told,) = said(answer)
    assert (told.partition(":")[2], asked_of(made)) == (" сначала уберите это условие.", ASKED)


def test_sections_are_added_renamed_moved_and_deleted(curator, made):
    unnamed = post(curator, "section_add", made.pk, revision=1, title="", note="")
    added = post(curator, "section_add", made.pk, revision=1, title="Третий", note="")
    renamed = post(curator, "section_edit", made.pk, 1, revision=2, title="Второй", note="Один\r\nДва")
    stale = post(curator, "section_edit", made.pk, 1, revision=2, title="Нет", note="")
    moved = [post(curator, "section_up", made.pk, 2, revision=3), post(curator, "section_down", made.pk, 1, revision=4)]
    deleted = post(curator, "section_delete", made.pk, 2, revision=5)

    anchors = [led_to(answer).partition("#")[2] for answer in (added, renamed, *moved, deleted)]
    assert (errors(unnamed), anchors) == ({"title": ["Обязательное поле."]}, ["s-2", "s-1", "s-1", "s-2", "s-1"])
    assert list(errors(stale)) == ["__all__"]
    assert [(section.title, section.note) for section in asked_of(made).sections] == [
        ("Решение", ""),
        ("Второй", "Один\nДва"),
    ]


KINDS = {
    "scale": (
        {"low": "0", "high": "2", "low_label": "нет", "high_label": "да"},
        {"scale": Scale(0, 2, "нет", "да")},
    ),
    "yes_no": ({"is_required": "on", "feed": ""}, {"is_required": True}),
    "frequency": ({"show_if": ["form:a", "form:b"]}, {"show_if": ShowIf("form", ("a", "b"))}),
    "one": (
        {"options": "красный\r\n\r\n  синий  цвет ", "has_other": "on"},
        {"options": (Option("krasnyy", "красный"), Option("siniy_tsvet", "синий цвет")), "has_other": True},
    ),
    "several": (
        {"options": "своя тема", "topics": ["methods"], "most": "2", "feed": "topics"},
        {
            "options": (Option("svoya_tema", "своя тема"), Option("methods", "методы и технологии обучения")),
            "most": 2,
            "feed": Feed.TOPICS,
        },
    ),
    "matrix": (
        {"topics": ["*"], "low": "1", "high": "5", "low_label": "", "high_label": ""},
        {"rows": catalogue.topics(), "scale": Scale(1, 5)},
    ),
    "number": ({"least": "0", "most": "20", "feed": "hours"}, {"least": 0, "most": 20, "feed": Feed.HOURS}),
    "date": ({}, {}),
    "short": ({"help": "Одной строкой"}, {"help": "Одной строкой"}),
    "long": ({"feed": "interests"}, {"feed": Feed.INTERESTS}),
    "persons": (
        {"most": "3", "has_avoid": "on", "feed": "preferences"},
        {"most": 3, "has_avoid": True, "feed": Feed.PREFERENCES},
    ),
    "notice": ({}, {}),
}


@pytest.mark.parametrize("kind", QuestionKind)
def test_question_of_each_kind_is_written_and_shown_again_as_it_was(curator, made, kind):
    typed, kept = KINDS[kind]
    wanted = Question("novyy_vopros", kind, "Новый вопрос", **kept)

    empty = curator.client.get(f"/o/licey/questionnaires/{made.pk}/sections/1/add/?kind={kind}")
    added = curator.client.post(
        f"/o/licey/questionnaires/{made.pk}/sections/1/add/?kind={kind}",
        {"revision": "1", "text": "Новый вопрос", **typed},
    )
    form = get(curator, "question_edit", made.pk, "novyy_vopros").context["form"]
    shown = {name: value for name, field in form.fields.items() if is_sent(value := form[name].value())}
    again = post(curator, "question_edit", made.pk, "novyy_vopros", **shown)

    assert (empty.status_code, led_to(added)) == (200, f"questionnaires/{made.pk}/#q-novyy_vopros")
    assert asked_of(made).question("novyy_vopros") == wanted
    assert (led_to(again), made.versions.get().revision) == (f"questionnaires/{made.pk}/#q-novyy_vopros", 2)


def test_kind_of_a_new_question_is_chosen_first(curator, made):
    answer = get(curator, "question_add", made.pk, 0)

    assert [example.kind for example in answer.context["examples"]] == sorted(
        QuestionKind, key=[example.kind for example in answer.context["examples"]].index
    )
    assert get(curator, "question_add", made.pk, 7).status_code == 404


@pytest.mark.parametrize(
    ("kind", "typed", "refused"),
    [
        (
            "scale",
            {"low": "0", "high": "0"},
            {"__all__": ["Шкала от 0 до 0: выбирать не из чего. Сделайте верхний конец больше нижнего."]},
        ),
        ("one", {"options": "один"}, {"__all__": ["Добавьте варианты ответа: нужно не меньше 2."]}),
        ("one", {"options": "да\nнет\nда"}, {"options": ["«да» написано дважды: оставьте один раз."]}),
        ("yes_no", {"feed": "ready"}, {"feed": ["Это уже заполняет другой вопрос анкеты. Оставьте один."]}),
        ("date", {"show_if": ["ready:yes", "form:a"]}, {"show_if": ["Отметьте ответы только одного вопроса."]}),
        (
            "short",
            {"text": "я" * 501},
            {"text": ["Убедитесь, что это значение содержит не более 500 символов (сейчас 501)."]},
        ),
        (
            "short",
            {"revision": "3"},
            {"__all__": ["Анкету тем временем изменил кто-то другой. Посмотрите, что получилось, и повторите."]},
        ),
    ],
)
def test_senseless_question_is_not_written(curator, made, kind, typed, refused):
    answer = curator.client.post(
        f"/o/licey/questionnaires/{made.pk}/sections/1/add/?kind={kind}", {"revision": "1", "text": "Вопрос", **typed}
    )

    assert (errors(answer), asked_of(made)) == (refused, ASKED)


def test_only_earlier_questions_with_answers_to_choose_decide_whether_one_is_shown(curator, made):
    form = get(curator, "question_edit", made.pk, "form").context["form"]

    assert [(group.number, group.text, group.answers) for group in form.condition_groups] == [
        (1, "Готовы?", (("ready:yes", "да", False), ("ready:no", "нет", False)))
    ]


def test_title_introduction_and_levels_are_changed_and_senseless_levels_are_not(curator, made):
    take_template(curator.access, key="self-assessment")
    row = Questionnaire.objects.get(origin="self-assessment")
    words = {"revision": "1", "title": "Итоги", "intro": "Зачем", "purpose": "self_assessment", "side": ""}

    refused = post(curator, "questionnaire_edit", row.pk, **words, levels="высокий")
    saved = post(curator, "questionnaire_edit", row.pk, **words, levels="9 допустимый\nот 15 — высокий")
    without = get(curator, "questionnaire_edit", made.pk).context["form"]

    row.refresh_from_db()
    assert errors(refused) == {"levels": ["«высокий»: напишите балл и название, например: 15 высокий."]}
    assert (led_to(saved), row.title) == (f"questionnaires/{row.pk}/", "Итоги")
    assert asked_of(row).levels == (Level(15, "высокий"), Level(9, "допустимый"))
    assert ("levels" in without.fields, without["title"].value()) == (False, "Готовность")


def test_preview_shows_the_questions_harmlessly_even_when_they_are_not_finished(curator):
    hostile = Question("x", QuestionKind.SCALE, "<script>alert(1)</script>", scale=Scale(5, 1))
    row = import_questionnaire(
        curator.access,
        asked=domain.Questionnaire("<b>", (Section("", (hostile, Question("y", QuestionKind.ONE, "Пусто"))),)),
        purpose=Purpose.OTHER,
        side=Side.NONE,
    )

    pages = [text(get(curator, name, row.pk)) for name in ("questionnaire_preview", "questionnaire_detail")]

    assert [("<script>alert" in page, "&lt;script&gt;alert" in page) for page in pages] == [(False, True)] * 2


def test_copy_leads_to_the_copy(curator, made):
    answer = post(curator, "questionnaire_copy", made.pk)

    copy = Questionnaire.objects.exclude(pk=made.pk).get()
    assert (led_to(answer), copy.title) == (f"questionnaires/{copy.pk}/", "Готовность (копия)")


PAGES = [
    ("questionnaire_detail", ()),
    ("questionnaire_edit", ()),
    ("questionnaire_preview", ()),
    ("questionnaire_export", ("json",)),
    ("section_add", ()),
    ("section_edit", (0,)),
    ("question_add", (0,)),
    ("question_edit", ("form",)),
]
BUTTONS = [
    ("questionnaire_copy", ()),
    ("questionnaire_archive", ()),
    ("questionnaire_restore", ()),
    ("section_up", (1,)),
    ("section_down", (0,)),
    ("section_delete", (1,)),
    ("question_up", ("form",)),
    ("question_down", ("ready",)),
    ("question_copy", ("form",)),
    ("question_delete", ("form",)),
]


def test_stranger_finds_no_questionnaire_and_changes_none(stranger, stranger_as, made):
    director = stranger_as(Role.DIRECTOR)

    for ask, names in ((get, PAGES), (post, BUTTONS)):
        assert {ask(stranger, name, made.pk, *args, revision=1).status_code for name, args in names} == {404}
        assert {ask(director, name, made.pk, *args, revision=1).status_code for name, args in names} == {403}
    assert [each.questionnaire for each in get(stranger, "questionnaire_list").context["lines"]] == []
    assert (asked_of(made), Questionnaire.objects.count()) == (ASKED, 1)


def test_pages_are_for_who_edits_questionnaires(director, psychologist, made):
    for persona in (director, psychologist):
        for ask, names in ((get, PAGES), (post, BUTTONS)):
            assert {ask(persona, name, made.pk, *args).status_code for name, args in names} == {403}
        assert {
            get(persona, name).status_code
            for name in ("questionnaire_list", "questionnaire_new", "questionnaire_import", "questionnaire_example")
        } == {403}


def test_archived_questionnaire_is_not_edited_by_a_form_that_was_open(curator, made):
    archive_questionnaire(curator.access, questionnaire_id=made.pk)

    answer = post(curator, "section_edit", made.pk, 0, revision=1, title="Другое", note="")

    assert errors(answer) == {"__all__": ["Анкета в архиве. Сначала верните её оттуда."]}
