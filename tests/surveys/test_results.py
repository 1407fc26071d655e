"""Results of a wave as they are read, drawn, exported and summed up in a document."""

import csv
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from documents.domain.paper import annexes_from_json
from documents.models import Document
from documents.papers import act_paper
from documents.printing.docx import order_docx
from documents.printing.pdf import html_to_pdf, order_html
from people.domain.refusal import RefusedError
from surveys.catalogue import template
from surveys.domain.pairs import change_of
from surveys.domain.questionnaire import Purpose, Question, QuestionKind, Questionnaire, Section
from surveys.models import OpenAnswer, SwotPoint, Wave
from surveys.operations.closing import close_wave, count_anew
from surveys.operations.summary import draft_summary
from surveys.printing.charts import CHARTS
from surveys.queries.answer_table import answer_table
from surveys.queries.results import WaveResults, wave_results, waves_with_results
from surveys.queries.texts import wave_words
from surveys.spreadsheets import results_csv, results_xlsx
from tests.conftest import Persona
from tests.factories import AT, InvitationFactory, PersonFactory, SheetFactory, WaveFactory, consents
from tests.surveys.counted import ASKED, BOTH, MENTORS, counted_wave, said

CHANGES = [(4, 6), (5, 7), (3, 6), (6, 6), (5, 8), (4, 7)]


def results(persona: Persona, wave: Wave) -> WaveResults:
    return wave_results(persona.access, waves_with_results(persona.access).get(pk=wave.pk))


def exit_wave(curator: Persona, **values: object) -> Wave:
    """An exit of six mentors whose answers on usefulness rose, counted together with its entry."""
    entry = counted_wave(curator, {"mentor": MENTORS | {"useful": {"": 6, "4": 6}}}, stage="entry", title="Вход")
    changes = [{name: getattr(change, name) for name in change.__slots__} for change in [change_of("useful", CHANGES)]]
    return counted_wave(
        curator, {"mentor": MENTORS}, stage="exit", entry=entry, version=entry.version, changes=changes, **values
    )


def test_response_counts_those_asked_and_answered(curator):
    wave = counted_wave(curator, BOTH)
    InvitationFactory.create_batch(2, wave=wave, side="mentor", is_answered=True, answered_on=AT.date())
    InvitationFactory(wave=wave, side="mentee")
    InvitationFactory(wave=wave, side="mentee", revoked_at=AT)

    found = results(curator, wave)

    assert [(side.label, side.invited, side.answered) for side in found.sides] == [
        ("наставники", 2, 2),
        ("наставляемые", 1, 0),
    ]
    assert (found.invited, found.answered, found.sheets) == (3, 2, 11)


def test_director_sees_the_same_response_as_the_curator(curator, director):
    wave = counted_wave(curator, BOTH)
    InvitationFactory(wave=wave)

    assert results(director, wave).invited == 1


def test_open_anonymous_wave_has_a_response_and_no_figures(curator):
    wave = WaveFactory(version__questionnaire__organisation=curator.organisation, is_anonymous=True)
    InvitationFactory(wave=wave, is_answered=True, answered_on=AT.date())

    found = results(curator, wave)

    assert (found.answered, found.sheets, found.sections, found.comparison) == (1, None, (), ())


def test_threshold_of_an_anonymous_wave_hides(curator):
    found = results(curator, counted_wave(curator, {"mentor": MENTORS}, is_anonymous=True, threshold=7))

    assert [each.whole.figures for each in found.keys] == [None] * 5


def test_exit_is_compared_with_its_entry(curator):
    (row, calm) = results(curator, exit_wave(curator, unpaired=2)).comparison

    # entries 27 / 6, exits 40 / 6
    assert (row.key, row.change.pairs, row.entry_mean, row.exit_mean) == ("useful", 6, 4.0, 7.0)
    assert (row.change.before_mean, row.change.after_mean) == (4.5, pytest.approx(40 / 6))
    assert (calm.key, calm.change, calm.note) == ("calm", None, "мало ответов")


def test_last_wave_of_the_same_questionnaire_stands_beside(curator):
    before = counted_wave(curator, BOTH, title="Весна")
    wave = counted_wave(curator, {"mentor": MENTORS}, version=before.version, opened_at=AT.replace(month=12))

    found = results(curator, wave)

    assert (found.earlier, results(curator, before).earlier) == (before, None)
    assert found.earlier_means == {"useful": pytest.approx(87 / 11), "calm": 9.0}


def test_scores_of_a_self_assessment(curator):
    score = {"points": 14, "most": 18, "label": "допустимый", "sections": []}

    (line,) = results(curator, counted_wave(curator, BOTH, scores=[score])).scores

    assert (line.points, line.most, line.level) == (14, 18, "допустимый")


def test_results_of_statements_and_drafts_are_not_asked_for(curator):
    statements = counted_wave(curator, BOTH)
    statements.version.questionnaire.purpose = Purpose.STATEMENT
    statements.version.questionnaire.save()
    WaveFactory(version__questionnaire__organisation=curator.organisation, draft=True)

    assert list(waves_with_results(curator.access)) == []


def test_results_need_the_permission(curator, hr_officer):
    wave = counted_wave(curator, BOTH)

    with pytest.raises(PermissionDenied):
        wave_results(hr_officer.access, wave)


@pytest.mark.parametrize("questions", [1, 20])
def test_results_cost_few_queries(curator, questions):
    asked = Questionnaire(
        "А", (Section("Б", tuple(Question(f"q{n}", QuestionKind.SCALE, "В?") for n in range(questions))),)
    )
    keys = {f"q{n}": {"": 6, "8": 6} for n in range(questions)}
    wave = counted_wave(curator, {"mentor": {"": {"": 6}} | keys}, asked)
    InvitationFactory.create_batch(questions, wave=wave)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        results(curator, wave)

    assert len(queries) == 5


def test_charts_are_plain_drawings(curator):
    found = results(curator, exit_wave(curator))

    for draw in CHARTS.values():
        drawing = draw(found)
        foreign = re.findall(r"(?:href|src)=|url\(|<!--|<script", drawing)
        assert (foreign, draw(found)) == ([], drawing)


def test_chart_of_means_has_both_sides(curator):
    svg = CHARTS["means"](results(curator, counted_wave(curator, BOTH)))

    assert [word in svg for word in ("наставники", "наставляемые", "Полезны ли встречи?", "7,0", "9,0")] == [True] * 5


def test_chart_of_hidden_figures_is_not_drawn(curator):
    found = results(curator, counted_wave(curator, {"mentor": MENTORS}, is_anonymous=True, threshold=7))

    assert [draw(found) for draw in CHARTS.values()] == ["", "", ""]


def workbook(persona: Persona, wave: Wave) -> dict[str, list[tuple]]:
    answers = answer_table(persona.access, wave)
    content = results_xlsx(results(persona, wave), wave_words(persona.access, wave), answers)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(content))}


def test_workbook_has_totals_distributions_and_released_words(curator):
    wave = counted_wave(curator, {"mentor": MENTORS})
    said(wave, "=cmd|' /C calc'!A0", state="released", group="Вред")
    said(wave, "никому", state="withheld")
    said(wave, "не прочитано")

    sheets = workbook(curator, wave)

    assert list(sheets) == ["Итоги", "Распределения", "Сравнение", "Свободные ответы", "Ответы"]
    assert sheets["Итоги"][3] == ("Встречи", "Полезны ли встречи?", "все", 6, 7, 7, 1.1, None, None)
    assert sheets["Распределения"][-2] == ("Дальше", "О чём говорить?", "все", "=общение", 2, 33.3)
    assert sheets["Свободные ответы"][1:] == [("Что изменить?", "Вред", None, "=cmd|' /C calc'!A0")]


def test_workbook_of_a_named_wave_has_the_answers_of_those_who_allow_it(curator):
    wave = WaveFactory(
        version__content=ASKED.as_json(), version__questionnaire__organisation=curator.organisation, reader=curator.user
    )
    kept = InvitationFactory(
        wave=wave, side="mentor", person__surname="Котова", is_answered=True, answered_on=AT.date()
    )
    answers = {"useful": 8, "again": "yes", "topics": ["plan", "talk"], "words": "молчу"}
    consents(SheetFactory(invitation=kept, answers=answers).person)
    SheetFactory(invitation__wave=wave, answers=answers)

    table = answer_table(curator.access, wave)

    assert table.headers[:3] == ("Кто", "Сторона", "Полезны ли встречи?")
    assert [row[1:] for row in table.rows] == [("наставники", 8, None, "да", "план урока; =общение", "", "")]
    assert table.rows[0][0] == kept.person.full_name


def test_answers_of_persons_name_the_wished_and_not_the_avoided(curator):
    question = Question("with", QuestionKind.PERSONS, "С кем?", has_avoid=True)
    asked = Questionnaire("А", (Section("", (question,)),))
    wave = WaveFactory(version__content=asked.as_json(), version__questionnaire__organisation=curator.organisation)
    one, other = (PersonFactory(organisation=curator.organisation, surname=name) for name in ("Белова", "Серова"))
    consents(SheetFactory(invitation__wave=wave, answers={"with": [one.pk], "with.avoid": [other.pk]}).person)

    table = answer_table(curator.access, wave)

    assert (table.headers[2:], table.rows[0][2:]) == (("С кем?",), ("1. Белова\u00a0А.\u00a0И.",))


def test_answers_are_for_who_runs_waves_and_never_of_an_anonymous_wave(curator, director):
    named, anonymous = counted_wave(curator, BOTH), counted_wave(curator, BOTH, is_anonymous=True)

    assert answer_table(director.access, named) is None
    assert answer_table(curator.access, anonymous) is None


def test_csv_opens_in_excel_and_runs_nothing(curator):
    content = results_csv(results(curator, counted_wave(curator, {"mentor": MENTORS})))

    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[8] == ["Встречи", "Полезны ли встречи?", "все", "6", "7", "7", "1,1", "", "8", "3", "50"]
    assert ["О чём говорить?", "'=общение"] in [[row[1], row[8]] for row in rows]


@pytest.mark.parametrize("start", ["=1+1", "+7", "-cmd", "@sum", " =1", "\t=1"])
def test_csv_puts_an_apostrophe_before_what_would_run(curator, start):
    asked = Questionnaire("А", (Section(start, (Question("q", QuestionKind.SCALE, "В?"),)),))

    content = results_csv(results(curator, counted_wave(curator, {"": {"": {"": 1}}}, asked)))

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert {row[0] for row in rows[1:]} == {f"'{start}"}


def summary(curator: Persona, wave: Wave) -> Document:
    return Document.objects.get(pk=draft_summary(curator.access, wave_id=wave.pk).pk)


def test_summary_says_what_the_figures_say(curator):
    wave = counted_wave(curator, BOTH, is_anonymous=True)
    InvitationFactory.create_batch(3, wave=wave, side="mentor", is_answered=True, answered_on=AT.date())
    InvitationFactory(wave=wave, side="mentee")

    document = summary(curator, wave)

    assert (document.kind, document.page, document.journal.title) == ("summary", "act_detail", "Сводки и справки")
    assert document.heading == "О результатах анкетирования «Осень»"
    assert document.preamble == (
        "Анкетирование по анкете «Как вам работается» прошло с 16\u00a0ноября 2026\u00a0г. "
        "по 20\u00a0ноября 2026\u00a0г. "
        "Анкетирование проходило без имён, группы меньше 5 человек не показаны. "
        "Ответили 3\u00a0человека из 4 приглашённых (75\u00a0%). "
        "По сторонам: наставники — 3 из 3, наставляемые — 0 из 1."
    )
    assert document.points.splitlines() == [
        "Самый высокий средний балл: «Спокойно ли вам?» — 9,0 из 10.",
        "Самый низкий средний балл: «Полезны ли встречи?» — 7,9 из 10.",
        "Доля ответов «да»: «Хотите продолжать?» — 73\u00a0%.",
    ]
    assert [row.person for row in document.acquaintances.all()] == []


def test_summary_has_tables_charts_released_words_and_swot(curator):
    wave = exit_wave(curator)
    said(wave, "Больше времени\nна встречи", state="released", group="Не хватает времени")
    said(wave, "не прочитано")
    SwotPoint.objects.create(organisation=wave.organisation, wave=wave, quadrant="strength", text="Команда")

    annexes = annexes_from_json(summary(curator, wave).annexes)

    assert [(annex.title, bool(annex.chart)) for annex in annexes] == [
        ("Итоги по вопросам", True),
        ("Как распределились оценки", True),
        ("Вход и выход: ответы одних и тех же людей", True),
        ("Свободные ответы", False),
        ("Сильные и слабые стороны, возможности и угрозы", False),
    ]
    assert annexes[0].table.rows[1].cells == ("Полезны ли встречи?", "6", "7,0", "7,0", "1,1", "")
    assert annexes[2].table.rows[1].cells == ("Спокойно ли вам?", "мало ответов", *[""] * 7)
    assert annexes[3].paragraphs == ("## Что изменить?", "Не хватает времени (1):", "– Больше времени на встречи")
    assert annexes[4].table.rows[0].cells == ("Внутри программы", "Команда", "")


def test_summary_keeps_the_thresholds(curator):
    wave = counted_wave(curator, {"mentor": MENTORS}, is_anonymous=True, threshold=7)
    said(wave, "Тихо", state="released")

    document = summary(curator, wave)

    assert document.points == "Ответов меньше 7: итоги не показываются, чтобы нельзя было узнать, кто что ответил."
    (table,) = annexes_from_json(document.annexes)
    assert table.table.rows[1].cells[2:] == ("", "", "", "меньше 7 ответов — не показываем")


def test_summary_is_drafted_once(curator):
    wave = counted_wave(curator, BOTH)

    first, second = (draft_summary(curator.access, wave_id=wave.pk) for _ in range(2))

    assert first == second
    assert Document.objects.count() == 1


def test_summary_prints(curator):
    document = summary(curator, exit_wave(curator))
    paper = act_paper(curator.access, document)

    html = order_html(paper)

    assert [words in html for words in ("Выводы:", "ПРИКАЗЫВАЮ", "к сводке от")] == [True, False, True]
    assert html.count("data:image/svg+xml;base64,") == 3
    assert html_to_pdf(html).startswith(b"%PDF")
    assert order_docx(paper).startswith(b"PK")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"state": "open", "closed_at": None},
            "Сначала завершите анкетирование: пока ответы приходят, итоги меняются.",
        ),
        ({}, "Никто не ответил: сводку составлять не из чего."),
    ],
)
def test_summary_is_refused(curator, values, words):
    wave = counted_wave(curator, {}, **values)

    with pytest.raises(RefusedError, match=f"^{words}$"):
        draft_summary(curator.access, wave_id=wave.pk)


def test_summary_is_for_who_runs_waves(curator, director):
    wave = counted_wave(curator, BOTH)

    with pytest.raises(PermissionDenied):
        draft_summary(director.access, wave_id=wave.pk)


def test_words_of_a_few_are_counted_for_nobody(curator):
    wave = counted_wave(curator, {"mentor": MENTORS}, is_anonymous=True, threshold=7)
    said(wave, "Тихо", state=OpenAnswer.State.RELEASED)

    found = results(curator, wave)

    assert (found.words, found.unread) == (0, 0)


def test_named_answers_of_a_few_are_shown_to_the_curator_alone(curator, director, school):
    wave = WaveFactory(version__questionnaire__organisation=school)
    for points in (3, 9):
        consents(SheetFactory(invitation__wave=wave, answers={"useful": points}).person)
    close_wave(curator.access, wave_id=wave.pk)

    seen = [results(persona, wave).sections[0].keys[0].whole.figures for persona in (curator, director)]

    assert [figures and figures.mean for figures in seen] == [6, None]


def test_named_answers_are_not_counted_before_others_while_they_come(curator, director, school):
    wave = WaveFactory(version__questionnaire__organisation=school)
    for _ in range(6):
        consents(SheetFactory(invitation__wave=wave).person)
    count_anew(curator.access, wave_id=wave.pk)

    assert (results(curator, wave).sheets, results(director, wave).sheets) == (6, None)


def test_score_of_the_curators_own_assessment_is_shown_to_the_director(curator, director, school):
    wave = WaveFactory(
        version__questionnaire__organisation=school,
        version__questionnaire__purpose="self_assessment",
        version__content=template("self-assessment").questionnaire.as_json(),
    )
    answers = {question.code: 2 for question in template("self-assessment").questionnaire.asked}
    SheetFactory(invitation__wave=wave, answers=answers)
    close_wave(curator.access, wave_id=wave.pk)

    (score,) = results(director, wave).scores

    assert (score.points, score.most, score.level) == (18, 18, "оптимальный")
