"""Words of a wave: one person reads, releases, withholds, groups; the SWOT table."""

import pytest
from django.core.exceptions import PermissionDenied

from people.domain.refusal import RefusedError
from people.domain.roles import Role
from surveys.models import OpenAnswer, SwotPoint
from surveys.operations.swot import add_swot_answer, add_swot_point, remove_swot_point
from surveys.operations.texts import group_text, release_text, withhold_text
from surveys.queries.texts import WaveWords, swot_boxes, wave_words
from tests.conftest import Persona, make_persona
from tests.factories import SheetFactory, WaveFactory, consents
from tests.surveys.counted import BOTH, MENTEES, MENTORS, counted_wave, said

OTHERS = "Свободные ответы этого анкетирования читает другой человек."


@pytest.fixture
def other_curator(school) -> Persona:
    return make_persona(Role.CURATOR, school, surname="Вторая")


def shown(words: WaveWords) -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    """Question, group, words with their sides."""
    return [
        (
            question.text,
            [(group.name, [(each.answer.text, each.side) for each in group.words]) for group in question.groups],
        )
        for question in words.questions
    ]


def again(answer: OpenAnswer) -> tuple[str, str]:
    return OpenAnswer.objects.values_list("state", "group").get(pk=answer.pk)


def test_words_wait_for_their_reader_alone(curator, other_curator, director):
    wave = counted_wave(curator, BOTH, is_anonymous=True)
    said(wave, "Тихо")

    found = [wave_words(persona.access, wave) for persona in (curator, other_curator, director)]

    assert [(words.is_reader, words.pending, words.released) for words in found] == [
        (True, 1, 0),
        (False, 0, 0),
        (False, 0, 0),
    ]


def test_released_words_are_seen_by_question_and_group(curator, director):
    wave = counted_wave(curator, BOTH, is_anonymous=True)
    said(wave, "речь", key="topics.other", state="released")
    said(wave, "мало времени", state="released", group="Не хватает времени", side="mentee")
    said(wave, "шумно", state="released", side="mentor")
    said(wave, "скрытое", state="withheld")

    words = wave_words(director.access, wave)

    assert shown(words) == [
        ("О чём говорить? Другое", [("", [("речь", "")])]),
        (
            "Что изменить?",
            [("Не хватает времени", [("мало времени", "наставляемые")]), ("", [("шумно", "наставники")])],
        ),
    ]
    assert (words.released, words.withheld, words.group_names) == (3, 0, ["Не хватает времени"])


@pytest.mark.parametrize("mentees", [2, 0])
def test_side_is_not_named_beside_words_where_it_tells_on_somebody(curator, mentees):
    tallies = {"mentor": MENTORS} | ({"mentee": MENTEES | {"": {"": mentees}}} if mentees else {})
    wave = counted_wave(curator, tallies, is_anonymous=True)
    said(wave, "шумно", state="released", side="mentor")

    assert shown(wave_words(curator.access, wave)) == [("Что изменить?", [("", [("шумно", "")])])]


def test_words_of_a_few_are_shown_to_nobody_their_reader_included(curator):
    wave = counted_wave(curator, {"mentor": MENTORS}, is_anonymous=True, threshold=7)
    said(wave, "Тихо")

    words = wave_words(curator.access, wave)

    assert (words.rule.is_shown, words.questions) == (False, ())


def test_words_of_a_named_sheet_are_gone_with_the_consent(curator):
    wave = WaveFactory(version__questionnaire__organisation=curator.organisation, reader=curator.user)
    kept, gone = (SheetFactory(invitation__wave=wave) for _ in range(2))
    consents(kept.person)
    said(wave, "остаётся", sheet=kept)
    said(wave, "уходит", sheet=gone)

    (question,) = wave_words(curator.access, wave).questions

    assert [each.answer.text for each in question.pending] == ["остаётся"]


def test_reader_releases_into_a_group_and_takes_back(curator):
    answer = said(counted_wave(curator, BOTH), "мало времени")
    which = {"wave_id": answer.wave_id, "text_id": answer.pk}

    release_text(curator.access, **which, group="  Не хватает \n времени ")
    released = again(answer)
    group_text(curator.access, **which, group="")
    ungrouped = again(answer)
    withhold_text(curator.access, **which)

    assert released == ("released", "Не хватает времени")
    assert ungrouped == ("released", "")
    assert again(answer) == ("withheld", "")


def test_only_released_words_are_grouped(curator):
    answer = said(counted_wave(curator, BOTH), "мало времени")

    with pytest.raises(RefusedError, match=r"^Сначала покажите этот ответ: собирают в группы только показанные.$"):
        group_text(curator.access, wave_id=answer.wave_id, text_id=answer.pk, group="Время")


def test_another_curator_does_not_judge_words(curator, other_curator):
    answer = said(counted_wave(curator, BOTH), "мало времени", state="released")

    for operation in (release_text, withhold_text):
        with pytest.raises(RefusedError, match=OTHERS):
            operation(other_curator.access, wave_id=answer.wave_id, text_id=answer.pk)


def test_words_that_another_may_not_read_do_not_exist_for_them(curator, other_curator, stranger):
    answer = said(counted_wave(curator, BOTH), "мало времени")

    for persona in (other_curator, stranger):
        with pytest.raises(OpenAnswer.DoesNotExist):
            release_text(persona.access, wave_id=answer.wave_id, text_id=answer.pk)


def test_words_of_another_wave_do_not_exist(curator):
    answer, wave = said(counted_wave(curator, BOTH), "мало времени"), counted_wave(curator, BOTH)

    with pytest.raises(OpenAnswer.DoesNotExist):
        release_text(curator.access, wave_id=wave.pk, text_id=answer.pk)


def test_director_judges_no_words(curator, director):
    answer = said(counted_wave(curator, BOTH, reader=director.user), "мало времени")

    with pytest.raises(PermissionDenied):
        release_text(director.access, wave_id=answer.wave_id, text_id=answer.pk)


def lines(persona: Persona, wave) -> dict[str, list[str]]:
    return {box.quadrant: [point.text for point in box.points] for box in swot_boxes(persona.access, wave)}


def test_swot_is_filled_by_hand_and_from_released_words(curator, director):
    wave = counted_wave(curator, BOTH)
    answer = said(wave, "много " * 100, state="released")

    add_swot_point(curator.access, wave_id=wave.pk, quadrant="strength", text=" Сильная \n команда ")
    add_swot_answer(curator.access, wave_id=wave.pk, quadrant="threat", text_id=answer.pk)

    found = lines(director, wave)
    assert (found["strength"], found["weakness"], found["opportunity"]) == (["Сильная команда"], [], [])
    assert [(len(text), text[-6:]) for text in found["threat"]] == [(300, "много…")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Команда", "Такая строка уже есть."),
        (" \n ", "Напишите строку."),
        ("д" * 301, "Строка длиннее 300 знаков: сократите её."),
    ],
)
def test_swot_line_is_refused(curator, text, words):
    wave = counted_wave(curator, BOTH)
    add_swot_point(curator.access, wave_id=wave.pk, quadrant="strength", text="Команда")

    with pytest.raises(RefusedError, match=f"^{words}$"):
        add_swot_point(curator.access, wave_id=wave.pk, quadrant="strength", text=text)


def test_swot_takes_no_words_that_are_not_released(curator):
    answer = said(counted_wave(curator, BOTH), "мало времени")

    with pytest.raises(OpenAnswer.DoesNotExist):
        add_swot_answer(curator.access, wave_id=answer.wave_id, quadrant="threat", text_id=answer.pk)


def test_swot_line_is_removed_once_and_of_its_wave_only(curator, stranger):
    wave, other = counted_wave(curator, BOTH), counted_wave(curator, BOTH)
    point = add_swot_point(curator.access, wave_id=wave.pk, quadrant="strength", text="Команда")

    remove_swot_point(curator.access, wave_id=other.pk, point_id=point.pk)
    kept = SwotPoint.objects.count()
    for _ in range(2):
        remove_swot_point(curator.access, wave_id=wave.pk, point_id=point.pk)

    assert (kept, SwotPoint.objects.count()) == (1, 0)


def test_swot_is_for_who_runs_waves(curator, psychologist):
    wave = counted_wave(curator, BOTH)

    with pytest.raises(PermissionDenied):
        add_swot_point(psychologist.access, wave_id=wave.pk, quadrant="strength", text="Команда")
