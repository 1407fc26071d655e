"""The form of one question: only the fields that its kind needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms

from people.access import Access
from people.forms.persons import helper
from surveys import catalogue
from surveys.domain.checking import (
    CONDITIONS,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_PERSONS,
    faults_of,
)
from surveys.domain.editing import free_code
from surveys.domain.questionnaire import (
    FEED_LABELS,
    FEEDING_KINDS,
    Feed,
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    Scale,
    Section,
    ShowIf,
)
from surveys.domain.relabelling import relabelled
from surveys.forms.questionnaires import RevisedForm, capitalised, one_break

Q = QuestionKind

ALL_TOPICS = "*"
USUAL_PERSONS = 3

OWN_FIELDS: dict[QuestionKind, tuple[str, ...]] = {
    Q.SCALE: ("low", "high", "low_label", "high_label"),
    Q.YES_NO: (),
    Q.FREQUENCY: (),
    Q.ONE: ("options", "topics", "has_other"),
    Q.SEVERAL: ("options", "topics", "has_other", "most"),
    Q.MATRIX: ("rows", "topics", "low", "high", "low_label", "high_label"),
    Q.NUMBER: ("least", "most"),
    Q.DATE: (),
    Q.SHORT: (),
    Q.LONG: (),
    Q.PERSONS: ("most", "has_avoid"),
    Q.NOTICE: (),
}
"""What each kind has beside text, help, whether it is required, when it is shown and what it feeds."""

MOST_LABELS = {
    Q.SEVERAL: ("Сколько можно выбрать", "пусто — сколько угодно"),
    Q.NUMBER: ("Не больше", ""),
    Q.PERSONS: ("Сколько человек можно назвать", "по порядку: первый — самый желанный"),
}

LINES_HELP = (
    "каждый ответ с новой строки. Уточните слова на прежнем месте — итоги сложатся с прежними; "
    "ответ с другим смыслом пишите новой строкой"
)

TOPICS_FRAGMENT = '{% include "surveys/_topics.html" with boxes=form.topic_boxes errors=form.topics.errors only %}'


@dataclass(frozen=True, slots=True)
class KindExample:
    """A kind of question as it is offered: its name and what it looks like."""

    kind: QuestionKind
    name: str
    icon: str
    example: str


EXAMPLES = (
    KindExample(Q.SCALE, "Шкала", "sliders", "Насколько вам комфортно в паре? 1 2 3 4 5 6 7 8 9 10"),
    KindExample(Q.YES_NO, "Да – нет", "toggle2-on", "Хотите ли вы продолжить?"),
    KindExample(Q.FREQUENCY, "Как часто", "clock-history", "Встречаетесь ли вы вне уроков? Очень часто … никогда"),
    KindExample(Q.ONE, "Один из списка", "record-circle", "Какая форма вам ближе? Один ответ из ваших"),
    KindExample(Q.SEVERAL, "Несколько из списка", "check2-square", "Какие темы важны? Сколько угодно ответов"),
    KindExample(Q.MATRIX, "Таблица", "table", "Несколько строк, и каждая оценивается по одной шкале"),
    KindExample(Q.SHORT, "Короткий ответ", "input-cursor-text", "Какой предмет вы ведёте? Одна строка"),
    KindExample(Q.LONG, "Развёрнутый ответ", "text-paragraph", "Чего вам не хватило? Несколько предложений"),
    KindExample(Q.NUMBER, "Число", "123", "Сколько часов в неделю вы готовы уделять?"),
    KindExample(Q.DATE, "Дата", "calendar-date", "Когда вы начали работать вместе?"),
    KindExample(
        Q.PERSONS, "Выбор людей", "people", "С кем вы хотели бы работать? Первый, второй, третий. Только с именами"
    ),
    KindExample(Q.NOTICE, "Пояснение", "info-circle", "Текст без ответа: например, зачем задан следующий вопрос"),
)


class LinesField(forms.CharField):
    """Answers one a line, no two alike."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 6}), **kwargs)

    def clean(self, value: str) -> list[str]:
        lines = [line for line in (" ".join(line.split()) for line in super().clean(value).splitlines()) if line]
        if any(len(line) > LONGEST_LABEL for line in lines):
            raise forms.ValidationError(f"Строка длиннее {LONGEST_LABEL} знаков. Сократите.")
        twice = next((line for place, line in enumerate(lines) if line in lines[:place]), None)
        if twice is not None:
            raise forms.ValidationError(f"«{twice[:60]}» написано дважды: оставьте один раз.")
        return lines


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """An earlier question and the answers to it that a condition may name: (value, label, whether it is chosen)."""

    number: int
    text: str
    answers: tuple[tuple[str, str, bool], ...]

    @property
    def is_chosen(self) -> bool:
        return any(chosen for _, _, chosen in self.answers)


class QuestionForm(RevisedForm):
    """One question of a kind. `question` is None for a new one; `earlier` come before it, `others` are all but it."""

    text = forms.CharField(label="Вопрос", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2}))
    help = forms.CharField(
        label="Пояснение",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="мелким шрифтом под вопросом",
    )
    options = LinesField(label="Ответы", help_text=LINES_HELP)
    rows = LinesField(label="Строки таблицы", help_text=LINES_HELP)
    topics = forms.MultipleChoiceField(label="Темы из каталога", required=False)
    has_other = forms.BooleanField(label="есть ответ «другое» с полем для слов", required=False)
    low = forms.IntegerField(label="Шкала от", initial=1)
    high = forms.IntegerField(label="до", initial=10)
    low_label = forms.CharField(
        label="Что значит нижний конец", max_length=LONGEST_LABEL, required=False, help_text="«совсем не согласен»"
    )
    high_label = forms.CharField(
        label="Что значит верхний конец", max_length=LONGEST_LABEL, required=False, help_text="«полностью согласен»"
    )
    least = forms.IntegerField(label="Не меньше", required=False)
    most = forms.IntegerField(required=False)
    has_avoid = forms.BooleanField(label="спросить и «лучше не»: увидит только куратор", required=False)
    is_required = forms.BooleanField(label="обязательный: без ответа анкету не отправить", required=False)
    feed = forms.ChoiceField(
        label="Что заполнит в банке",
        required=False,
        help_text="только когда отвечают с именами, и только после вашего подтверждения",
    )
    show_if = forms.MultipleChoiceField(label="Показывать не всем", required=False)

    def __init__(
        self, *args: object, access: Access, kind: QuestionKind, asked: Questionnaire, index: int, code: str, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.kind = access, kind
        self.question = asked.question(code) if code else None
        self.earlier = _earlier(asked, index, code)
        self.others = [question for question in asked.questions if question.code != code]
        self._fit()
        self.initial = (_shown(self.question) if self.question else {}) | self.initial
        self.helper = helper(self._layout())

    def _fit(self) -> None:
        """Leave the fields of the kind, under the names they have there."""
        common = {"revision", "text", "help", "show_if", *(("is_required",) if self.kind != Q.NOTICE else ())}
        feeds = [feed for feed, kinds in FEEDING_KINDS.items() if self.kind in kinds]
        kept = {*common, *OWN_FIELDS[self.kind], *(("feed",) if len(feeds) > 1 else ())}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        if self.kind == Q.NOTICE:
            self.fields["text"].label = "Текст"
        if "feed" in self.fields:
            self.fields["feed"].choices = [(feed.value, capitalised(FEED_LABELS[feed])) for feed in feeds]
        if "topics" in self.fields:
            labels = [(topic.code, topic.label) for topic in catalogue.topics()]
            self.fields["topics"].choices = [(ALL_TOPICS, f"все {len(labels)} сразу"), *labels]
        if "most" in self.fields:
            self.fields["most"].label, self.fields["most"].help_text = MOST_LABELS[self.kind]
        if self.kind == Q.PERSONS:
            self.fields["most"] = forms.IntegerField(
                label=MOST_LABELS[Q.PERSONS][0],
                help_text=MOST_LABELS[Q.PERSONS][1],
                min_value=1,
                max_value=MOST_PERSONS,
                initial=USUAL_PERSONS,
            )
        self.fields["show_if"].choices = [(value, value) for group in self._groups([]) for value, _, _ in group.answers]

    def _layout(self) -> Layout:
        """Topics stand folded away under the answers they add to; conditions are the page's, below all the rest."""
        rows = [("low", "high"), ("low_label", "high_label"), ("least", "most")]
        paired = [row for row in rows if all(name in self.fields for name in row)]
        placed = {name for row in paired for name in row}
        single = [
            name
            for name in ("options", "rows", "has_other", "most", "has_avoid")
            if name in self.fields and name not in placed
        ]
        last = [name for name in ("is_required", "feed", "revision") if name in self.fields]
        columns = [Row(*(Column(name) for name in row)) for row in paired]
        topics = [HTML(TOPICS_FRAGMENT)] if "topics" in self.fields else []
        return Layout("text", "help", *single[:1], *topics, *single[1:], *columns, *last)

    @property
    def condition_groups(self) -> list[ConditionGroup]:
        """The earlier questions that may decide whether this one is shown, with what is chosen now."""
        return self._groups(self["show_if"].value() or [])

    def _groups(self, chosen: Sequence[str]) -> list[ConditionGroup]:
        return [
            ConditionGroup(
                number,
                question.text,
                tuple(
                    (value, label, value in chosen)
                    for value, label in ((f"{question.code}:{code}", label) for code, label in _answers(question))
                ),
            )
            for number, question in self.earlier
            if question.kind in CONDITIONS
        ]

    @property
    def topic_boxes(self) -> list[tuple[str, str, bool]]:
        """The topics of the catalogue with what is ticked; nothing where the kind has no answers of its own."""
        if "topics" not in self.fields:
            return []
        ticked = self["topics"].value() or []
        return [(value, label, value in ticked) for value, label in self.fields["topics"].choices]

    def clean_text(self) -> str:
        return one_break(self.cleaned_data["text"])

    def clean_help(self) -> str:
        return one_break(self.cleaned_data["help"])

    def clean_show_if(self) -> ShowIf | None:
        chosen = [value.split(":", 1) for value in self.cleaned_data["show_if"]]
        codes = {code for code, _ in chosen}
        if len(codes) > 1:
            raise forms.ValidationError("Отметьте ответы только одного вопроса.")
        return ShowIf(codes.pop(), tuple(answer for _, answer in chosen)) if chosen else None

    def clean_feed(self) -> Feed:
        feed = Feed(self.cleaned_data["feed"])
        if feed != Feed.NOTHING and any(question.feed == feed for question in self.others):
            raise forms.ValidationError("Это уже заполняет другой вопрос анкеты. Оставьте один.")
        return feed

    def clean(self) -> dict[str, object]:
        values = super().clean()
        if not self.errors:
            for message in self._faults(self.asked_question()):
                self.add_error(None, message)
        return values

    def _faults(self, question: Question) -> list[str]:
        """What the checks of a whole questionnaire say about this question where it stands."""
        before = tuple(each for _, each in self.earlier)
        probe = Questionnaire("…", (Section("", (*before, question)),))
        return [fault.message for fault in faults_of(probe) if fault.question == len(before)]

    def asked_question(self) -> Question:
        """The question as typed; a new one has a code of its own only once it is written."""
        values, old = self.cleaned_data, self.question
        return Question(
            code=old.code if old else free_code(values["text"], {each.code for each in self.others}),
            kind=self.kind,
            text=values["text"],
            help=values["help"],
            is_required=values.get("is_required", False),
            options=self._listed("options", old.options if old else ()),
            rows=self._listed("rows", old.rows if old else ()),
            scale=self._scale(),
            has_other=values.get("has_other", False),
            has_avoid=values.get("has_avoid", False),
            least=values.get("least"),
            most=values.get("most"),
            show_if=values["show_if"],
            feed=values.get("feed", Feed.NOTHING),
        )

    def _listed(self, name: str, old: tuple[Option, ...]) -> tuple[Option, ...]:
        """The typed lines, and the ticked topics that are not among them, after them."""
        if name not in self.fields:
            return ()
        known = {topic.label: topic.code for topic in catalogue.topics()}
        ticked = self.cleaned_data["topics"]
        added = [label for label, code in known.items() if ALL_TOPICS in ticked or code in ticked]
        return relabelled(old, list(dict.fromkeys([*self.cleaned_data[name], *added])), known)

    def _scale(self) -> Scale:
        names = ("low", "high", "low_label", "high_label")
        return Scale(*(self.cleaned_data[name] for name in names)) if "low" in self.fields else Scale()


def _earlier(asked: Questionnaire, index: int, code: str) -> list[tuple[int, Question]]:
    """The questions before this one with their numbers; before a new one all down to the end of its section."""
    if not code:
        sections = asked.sections[: index + 1]
        return list(enumerate((question for section in sections for question in section.questions), 1))
    found = []
    for number, question in enumerate(asked.questions, 1):
        if question.code == code:
            break
        found.append((number, question))
    return found


def _answers(question: Question) -> Iterator[tuple[str, str]]:
    if question.kind == Q.SCALE:
        yield from ((str(point), str(point)) for point in question.scale.values)
    else:
        yield from ((option.code, option.label) for option in question.choices)


def _shown(question: Question) -> dict[str, object]:
    """The question as its form shows it."""
    condition, scale = question.show_if, question.scale
    return {
        "text": question.text,
        "help": question.help,
        "is_required": question.is_required,
        "options": "\n".join(option.label for option in question.options),
        "rows": "\n".join(row.label for row in question.rows),
        "low": scale.low,
        "high": scale.high,
        "low_label": scale.low_label,
        "high_label": scale.high_label,
        "has_other": question.has_other,
        "has_avoid": question.has_avoid,
        "least": question.least,
        "most": question.most,
        "feed": question.feed.value,
        "show_if": [f"{condition.code}:{answer}" for answer in condition.answers] if condition else [],
    }
