"""A questionnaire with a question of every kind and every setting, sound as it stands."""

from surveys.domain.questionnaire import (
    Feed,
    Level,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    Scale,
    Section,
    ShowIf,
)

EVERY_KIND = Questionnaire(
    title="Анкета «Всё сразу»",
    intro="=1+1\nВторая строка вступления",
    levels=(Level(15, "высокий"), Level(0, "=низкий")),
    sections=(
        Section(
            title="О вас",
            note="Первый раздел",
            questions=(
                Question("hello", QuestionKind.NOTICE, "Прочитайте <b>это</b> 🙂", help="Без ответа"),
                Question("ready", QuestionKind.YES_NO, "Вы готовы?", is_required=True, feed=Feed.READY),
                Question("often", QuestionKind.FREQUENCY, "Как часто?", help="Примерно"),
                Question(
                    "comfort",
                    QuestionKind.SCALE,
                    "Насколько удобно?",
                    is_required=True,
                    scale=Scale(-2, 2, "совсем нет", "=да"),
                ),
                Question(
                    "form",
                    QuestionKind.ONE,
                    "Какая форма?",
                    options=(Option("peer", "ученик – ученик"), Option("2nd", "a = b")),
                    has_other=True,
                    feed=Feed.FORM,
                ),
                Question(
                    "topics",
                    QuestionKind.SEVERAL,
                    "Какие темы?",
                    is_required=True,
                    options=(Option("plan", "план"), Option("talk", "речь, слово"), Option("hard", "@sum")),
                    has_other=True,
                    most=2,
                    feed=Feed.TOPICS,
                ),
            ),
        ),
        Section(
            title="=2+2",
            questions=(
                Question(
                    "areas",
                    QuestionKind.MATRIX,
                    "Оцените",
                    is_required=True,
                    rows=(Option("theory", "теория"), Option("practice", "практика")),
                    scale=Scale(1, 5),
                    show_if=ShowIf("topics", ("plan", "other")),
                    feed=Feed.TOPICS_BY_WEIGHT,
                ),
                Question(
                    "hours", QuestionKind.NUMBER, "Часов?", least=0, most=40, show_if=ShowIf("comfort", ("-1", "2"))
                ),
                Question(
                    "since", QuestionKind.DATE, "С какого дня?", is_required=True, show_if=ShowIf("ready", ("no",))
                ),
                Question("name", QuestionKind.SHORT, "Как назвать?", feed=Feed.INTERESTS),
                Question("more", QuestionKind.LONG, "=cmd|' /C calc'!A0", show_if=ShowIf("often", ("seldom", "never"))),
                Question(
                    "people", QuestionKind.PERSONS, "Кого выберете?", has_avoid=True, most=3, feed=Feed.PREFERENCES
                ),
            ),
        ),
    ),
)
