"""What a questionnaire is, and the JSON it is kept in."""

from dataclasses import replace

from surveys.domain.questionnaire import (
    FEED_LABELS,
    FEEDING_KINDS,
    KIND_LABELS,
    PURPOSE_LABELS,
    SIDE_LABELS,
    Feed,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
    Side,
)
from tests.surveys.every_kind import EVERY_KIND


def test_vocabulary_has_a_label_for_every_word():
    assert list(KIND_LABELS) == list(QuestionKind)
    assert list(PURPOSE_LABELS) == list(Purpose)
    assert list(SIDE_LABELS) == list(Side)
    assert list(FEED_LABELS) == list(Feed)
    assert list(FEEDING_KINDS) == list(Feed)


def test_questionnaire_comes_back_from_its_json():
    assert Questionnaire.from_json(EVERY_KIND.as_json()) == EVERY_KIND


def test_json_leaves_out_what_has_its_default():
    question = Question("name", QuestionKind.SHORT, "Как вас зовут?")

    stored = Questionnaire("Знакомство", (Section("", (question,)),)).as_json()

    assert stored == {
        "title": "Знакомство",
        "sections": [{"title": "", "questions": [{"code": "name", "kind": "short", "text": "Как вас зовут?"}]}],
    }


def test_answers_have_their_keys():
    keys = {question.code: question.keys for question in EVERY_KIND.questions}

    assert keys == {
        "hello": (),
        "ready": ("ready",),
        "often": ("often",),
        "comfort": ("comfort",),
        "form": ("form", "form.other"),
        "topics": ("topics", "topics.other"),
        "areas": ("areas.theory", "areas.practice"),
        "hours": ("hours",),
        "since": ("since",),
        "name": ("name",),
        "more": ("more",),
        "people": ("people", "people.avoid"),
    }


def test_choices_end_with_other():
    topics = EVERY_KIND.question("topics")

    assert [option.code for option in topics.choices] == ["plan", "talk", "hard", "other"]
    assert replace(topics, has_other=False).choices == topics.options
    assert [option.code for option in EVERY_KIND.question("ready").choices] == ["yes", "no"]


def test_notice_is_not_asked():
    assert [question.code for question in EVERY_KIND.asked] == [each.code for each in EVERY_KIND.questions][1:]
    assert EVERY_KIND.question("nothing") is None


def test_minutes_grow_with_words_and_rows():
    rows = tuple(Option(f"row_{number}", "строка") for number in range(10))
    matrix = Question("areas", QuestionKind.MATRIX, "Оцените", rows=rows)
    words = Question("more", QuestionKind.LONG, "Что ещё?")

    # 10 rows × 8 s = 80 s are two minutes begun; 80 + 40 = 120 s are two whole ones; nothing asked is one.
    assert Questionnaire("", (Section("", (matrix,)),)).minutes == 2
    assert Questionnaire("", (Section("", (matrix, words)),)).minutes == 2
    assert Questionnaire("", ()).minutes == 1
