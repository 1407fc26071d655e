"""The built-in questionnaires: that they are whole, in order, comparable, and in the portal's own words."""

import json
from collections.abc import Iterator

import pytest

from config.demo.people import WORDS
from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.vocabulary import FORM_LABELS, KIND_LABELS, MentoringKind
from surveys.catalogue import FOLDER, KEYS, TOPICS_FILE, template, templates, topics
from surveys.domain.checking import faults_for_opening, faults_of
from surveys.domain.questionnaire import SCALED, WRITTEN, Feed, Purpose, Question, QuestionKind, Questionnaire, Side

# Key: purpose, side, how many questions take an answer (domain reference 5.1-5.16).
EXPECTED = {
    "request": (Purpose.REQUESTS, Side.MENTEE, 10),
    "difficulties": (Purpose.DIFFICULTIES, Side.MENTEE, 6),
    "candidate": (Purpose.CANDIDATE, Side.MENTOR, 18),
    "statement": (Purpose.STATEMENT, Side.NONE, 10),
    "mentee-preferences": (Purpose.PREFERENCES, Side.MENTEE, 3),
    "mentor-preferences": (Purpose.PREFERENCES, Side.MENTOR, 3),
    "teacher-before-mentee": (Purpose.IMPACT, Side.MENTEE, 16),
    "teacher-before-mentor": (Purpose.IMPACT, Side.MENTOR, 15),
    "teacher-after-mentee": (Purpose.IMPACT, Side.MENTEE, 23),
    "teacher-after-mentor": (Purpose.IMPACT, Side.MENTOR, 18),
    "pupil-before-mentee": (Purpose.IMPACT, Side.MENTEE, 13),
    "pupil-before-mentor": (Purpose.IMPACT, Side.MENTOR, 14),
    "pupil-after-mentee": (Purpose.IMPACT, Side.MENTEE, 20),
    "pupil-after-mentor": (Purpose.IMPACT, Side.MENTOR, 17),
    "impact-teacher": (Purpose.IMPACT, Side.MENTEE, 8),
    "impact-pupil": (Purpose.IMPACT, Side.MENTEE, 8),
    "satisfaction": (Purpose.FEEDBACK, Side.NONE, 7),
    "self-assessment": (Purpose.SELF_ASSESSMENT, Side.NONE, 9),
}

TEACHER_SCALES = ["effectiveness", "comfort", "onboarding", "adaptation"]
PUPIL_MENTOR_SCALES = [
    "effectiveness",
    "comfort",
    "personal_meetings",
    "group_meetings",
    "plan",
    "support",
    "involvement",
    "joint_work",
]
# Two questionnaires, and the scales that are compared between them, in the order of the first one.
COMPARED = [
    (
        "teacher-before-mentee",
        "teacher-after-mentee",
        [*TEACHER_SCALES, "skill_events", "theory", "practice", "programme", "support", "joint_work"],
    ),
    (
        "teacher-before-mentor",
        "teacher-after-mentor",
        [*TEACHER_SCALES, "theory", "practice", "programme", "involvement", "joint_work"],
    ),
    (
        "pupil-before-mentee",
        "pupil-after-mentee",
        ["comfort", "personal_meetings", "group_meetings", "support", "help", "mentor_expects", "ending", "joint_work"],
    ),
    ("pupil-before-mentor", "pupil-after-mentor", PUPIL_MENTOR_SCALES),
    (
        "teacher-after-mentee",
        "teacher-after-mentor",
        [*TEACHER_SCALES, "theory", "practice", "programme", "joint_work", "expectations_met"],
    ),
    (
        "pupil-after-mentee",
        "pupil-after-mentor",
        [
            "comfort",
            "personal_meetings",
            "group_meetings",
            "support",
            "plan",
            "joint_work",
            "result",
            "expectations_met",
        ],
    ),
]

FEEDS = {
    "request": {
        "ready": Feed.READY,
        "topics": Feed.TOPICS,
        "main_topic": Feed.MAIN_TOPIC,
        "expectations": Feed.EXPECTATIONS,
        "form": Feed.FORM,
    },
    "difficulties": {"areas": Feed.TOPICS_BY_WEIGHT},
    "candidate": {
        "ready": Feed.READY,
        "achievements": Feed.ACHIEVEMENTS,
        "topics": Feed.TOPICS,
        "interests": Feed.INTERESTS,
        "forms": Feed.FORMS,
        "capacity": Feed.CAPACITY,
        "hours": Feed.HOURS,
        "desired_age": Feed.DESIRED_AGE,
    },
    "mentee-preferences": {"preferred": Feed.PREFERENCES},
    "mentor-preferences": {"preferred": Feed.PREFERENCES},
}


def every_question() -> Iterator[tuple[str, Question]]:
    """All questions of the library with the keys of their questionnaires."""
    return ((each.key, question) for each in templates() for question in each.questionnaire.questions)


def question(key: str, code: str) -> Question:
    found = template(key).questionnaire.question(code)
    assert found is not None
    return found


def scales(key: str) -> dict[str, range]:
    asked = template(key).questionnaire.asked
    return {each.code: each.scale.values for each in asked if each.kind == QuestionKind.SCALE}


def every_text() -> Iterator[str]:
    """Whatever a person reads in the library, codes and keys left out."""
    yield from (each.label for each in topics())
    for each in templates():
        yield from (each.about, each.source, each.questionnaire.title, each.questionnaire.intro)
        yield from (level.label for level in each.questionnaire.levels)
        for section in each.questionnaire.sections:
            yield from (section.title, section.note)
    for _, asked in every_question():
        yield from (asked.text, asked.help, asked.scale.low_label, asked.scale.high_label)
        yield from (option.label for option in (*asked.options, *asked.rows))


def test_library_holds_the_known_questionnaires_in_their_order():
    found = {each.key: (each.purpose, each.side, len(each.questionnaire.asked)) for each in templates()}

    assert list(found) == list(KEYS)
    assert found == EXPECTED
    assert {path.name for path in FOLDER.iterdir()} == {TOPICS_FILE, *(f"{key}.json" for key in KEYS)}


def test_unknown_key_has_no_template():
    with pytest.raises(KeyError):
        template("horoscope")


@pytest.mark.parametrize("key", KEYS)
def test_file_is_written_as_the_portal_keeps_it(key: str):
    stored = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))

    again = Questionnaire.from_json(stored["questionnaire"]).as_json()

    assert again == stored["questionnaire"]
    assert list(stored) == ["key", "version", "purpose", "side", "about", "source", "questionnaire"]
    assert (stored["key"], stored["version"]) == (key, 1)


def test_questionnaires_can_be_opened_as_they_are():
    faults = [
        (each.key, fault)
        for each in templates()
        for fault in (
            *faults_of(each.questionnaire),
            *faults_for_opening(each.questionnaire, is_anonymous=False, purpose=each.purpose),
        )
    ]

    assert faults == []


def test_conditions_refer_to_questions_asked_earlier():
    late = []
    for each in templates():
        asked: set[str] = set()
        for current in each.questionnaire.questions:
            if current.show_if and current.show_if.code not in asked:
                late.append((each.key, current.code))
            asked.add(current.code)

    assert late == []


@pytest.mark.parametrize(("first", "second", "compared"), COMPARED)
def test_both_questionnaires_ask_the_scales_that_are_compared(first: str, second: str, compared: list[str]):
    one, other = scales(first), scales(second)

    shared = [code for code in one if code in other]

    assert shared == compared
    assert [one[code] for code in shared] == [other[code] for code in shared] == [range(1, 11)] * len(compared)


def test_a_code_is_answered_in_one_way_all_over_the_library():
    ways: dict[str, set[tuple[QuestionKind, range]]] = {}
    for _, each in every_question():
        ways.setdefault(each.code, set()).add((each.kind, each.scale.values))

    assert {code: found for code, found in ways.items() if len(found) > 1} == {}


def test_answers_feed_the_banks_where_they_should():
    feeds: dict[str, dict[str, Feed]] = {}
    for key, each in every_question():
        if each.feed:
            feeds.setdefault(key, {})[each.code] = each.feed

    assert feeds == FEEDS


def test_topics_are_the_same_wherever_they_are_asked():
    asked = [
        question("request", "topics").options,
        question("request", "main_topic").options,
        question("candidate", "topics").options,
        question("difficulties", "areas").rows,
    ]

    assert asked == [topics()] * 4
    assert len({each.code for each in topics()}) == len({each.label for each in topics()}) == 22


def test_topics_keep_the_words_the_banks_already_use():
    labels = {each.label for each in topics()}

    assert [word for word in WORDS["topics"] if word not in labels] == []


def test_forms_and_kinds_carry_their_usual_names():
    candidate = {each.code: each.label for each in question("candidate", "forms").options}
    request = {each.code: each.label for each in question("request", "form").options}
    kinds = {each.code: each.label for each in question("candidate", "kinds").options}

    assert candidate == {form.value: label for form, label in FORM_LABELS.items()}
    assert request == {code: FORM_LABELS[MentoringForm(code)] for code in request}
    assert kinds == {kind.value: KIND_LABELS[kind] for kind in MentoringKind}


def test_self_assessment_gives_eighteen_points_and_three_levels():
    asked = template("self-assessment").questionnaire

    assert sum(each.scale.high for each in asked.asked) == 18
    assert [len(section.questions) for section in asked.sections] == [5, 2, 2]
    assert [(level.least, level.label) for level in asked.levels] == [
        (15, "оптимальный"),
        (9, "допустимый"),
        (0, "недопустимый"),
    ]


def test_only_the_notice_of_a_statement_speaks_of_health():
    words = ("здоров", "диагноз", "инвалид", "болезн", "лечени")

    found = [each.code for _, each in every_question() if any(word in f"{each.text} {each.help}" for word in words)]

    assert found == ["no_health"]
    assert question("statement", "no_health").kind == QuestionKind.NOTICE


def test_words_are_never_demanded_and_scales_always_are():
    demanded = [(key, each.code) for key, each in every_question() if each.kind in WRITTEN and each.is_required]
    optional = [(key, each.code) for key, each in every_question() if each.kind in SCALED and not each.is_required]

    assert (demanded, optional) == ([], [])


def test_ends_of_scales_are_said_in_words():
    silent = [
        (key, each.code)
        for key, each in every_question()
        if each.kind in SCALED and not (each.scale.low_label and each.scale.high_label)
    ]

    assert silent == []


def test_texts_are_short_and_set_as_russian_is():
    texts = [text for text in every_text() if text]

    assert [text for text in texts if len(text) > 200] == []
    assert [each.text for _, each in every_question() if len(each.text) > 110] == []
    assert [text for text in texts if "  " in text or text != text.strip()] == []
    assert [text for text in texts if '"' in text or "'" in text or " - " in text] == []
    assert [text for text in texts if "аноним" in text.lower() or "№ " in text] == []
