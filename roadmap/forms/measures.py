"""Forms about stages, measures, their dates, and whom words for a responsible mean."""

import re
from datetime import date

from crispy_forms.layout import Column, Layout, Row
from django import forms

from people.access import Access
from people.domain.days import is_plausible
from people.forms.persons import helper
from people.forms.unchanged import UnchangedForm
from people.models import Person
from people.queries.persons import person_list
from roadmap.domain.capability_keys import LABELS
from roadmap.domain.document.documents_named import documents_in
from roadmap.domain.duty_words import DUTY_LABELS
from roadmap.domain.plan import Window
from roadmap.domain.wording import named_words
from roadmap.intake.rows import document_json
from roadmap.models import Measure, Roadmap, Stage
from roadmap.operations.measures import FIELDS, MeasureWords

DAY = r"(\d{1,2})\.(\d{1,2})\.(\d{4})"
DUE = re.compile(rf"^до\s+{DAY}$", re.IGNORECASE)
WINDOW = re.compile(rf"^(?:(\d{{1,2}})\.(\d{{1,2}})(?:\.(\d{{4}}))?\s*[-–—]\s*)?{DAY}$")
MOST_LINES = 60


class LinesField(forms.CharField):
    """Texts one a line."""

    def __init__(self, *, longest: int, rows: int = 3, **kwargs: object) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.longest = longest

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: str) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        lines = [line for line in lines if line]
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(f"Строка длиннее {self.longest} знаков.")
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Строк больше {MOST_LINES}.")
        return lines


class DocumentsField(LinesField):
    """Documents that the plan names, one a line: «приказ № 32 от 04.09.2024»."""

    def prepare_value(self, value: object) -> object:
        return "\n".join(map(named_words, value)) if isinstance(value, list) else value

    def clean(self, value: str) -> list[dict[str, str | None]]:
        named = []
        for line in super().clean(value):
            found = documents_in(line, is_result=True)
            if not found:
                raise forms.ValidationError(f"Не понят документ «{line[:60]}»: напишите «приказ № 32 от 04.09.2024».")
            named += [document_json(each) for each in found]
        return named


def _stage_label(stage: Stage) -> str:
    return f"{stage.number}. {stage.title}"[:140] if stage.number else stage.title[:140]


class StageChoice(forms.ModelChoiceField):
    """A stage by its number and title."""

    def label_from_instance(self, stage: Stage) -> str:
        return _stage_label(stage)


class MeasureForm(UnchangedForm):
    """What a measure says and by which capabilities it is carried out."""

    details = LinesField(label="Подробности", longest=2000, rows=4, help_text="каждый пункт с новой строки")
    responsible = LinesField(
        label="Ответственные", longest=300, help_text="каждый с новой строки, словами плана: «заместитель директора»"
    )
    documents = DocumentsField(
        label="Названные документы",
        longest=300,
        rows=2,
        help_text="каждый с новой строки: «приказ № 32 от 04.09.2024». Подписанный в портале отметит мероприятие",
    )
    capabilities = forms.MultipleChoiceField(
        label="Чем выполняется",
        choices=[(key, f"{label[0].upper()}{label[1:]}") for key, label in LABELS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="по этому портал ищет подтверждение и ведёт туда, где работа делается",
    )
    stage = StageChoice(queryset=Stage.objects.none(), label="Раздел", required=False, empty_label="без раздела")

    class Meta:
        model = Measure
        fields = (
            *("stage", "number", "title", "details", "term_text", "responsible", "result"),
            *("documents", "capabilities"),
        )
        widgets = {"title": forms.Textarea(attrs={"rows": 3}), "result": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"term_text": "словами, как в плане: «до 1 октября», «ежегодно, май», «в течение года»"}

    def __init__(self, *args: object, access: Access, roadmap: Roadmap, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        stages = Stage.objects.visible_to(access).filter(roadmap=roadmap)
        self.fields["stage"].queryset = stages.order_by("position", "pk")
        self.helper = helper(
            Layout(
                Row(Column("number", css_class="col-md-3"), Column("stage", css_class="col-md-9")),
                "title",
                "details",
                Row(Column("term_text"), Column("responsible")),
                Row(Column("result"), Column("documents")),
                "capabilities",
                "seen",
            )
        )

    def words(self) -> MeasureWords:
        values = self.cleaned_data
        stage = values["stage"]
        return MeasureWords(**{name: values[name] for name in FIELDS}, stage_id=stage.pk if stage else None)


class StageForm(UnchangedForm):
    """A section of a plan."""

    parent = StageChoice(queryset=Stage.objects.none(), label="Входит в", required=False, empty_label="верхний уровень")

    class Meta:
        model = Stage
        fields = ("number", "title", "parent", "task", "result")
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ("title", "task", "result")}

    def __init__(self, *args: object, access: Access, roadmap: Roadmap, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        others = Stage.objects.visible_to(access).filter(roadmap=roadmap).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = others.order_by("position", "pk")
        self.helper = helper()


class DatesForm(forms.Form):
    """The dates of a measure, one window a line."""

    windows = forms.CharField(
        label="Сроки",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="каждый срок с новой строки: 01.09.2026 – 30.09.2026, до 01.10.2026 или 15.09.2026. "
        "Пустое поле — прочитать срок из слов плана заново.",
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper()

    def clean_windows(self) -> list[Window]:
        lines = [line.strip() for line in self.cleaned_data["windows"].splitlines()]
        found, faults = [], []
        for number, line in enumerate(lines, 1):
            if not line:
                continue
            try:
                found.append(window_typed(line))
            except ValueError as fault:
                faults.append(f"Строка {number}: {fault}")
        if faults:
            raise forms.ValidationError(faults)
        return found


def window_typed(line: str) -> Window:
    """A window as a curator types it; raises ValueError with a Russian sentence."""
    due, found = DUE.match(line), WINDOW.match(line)
    if due:
        return Window(None, _day(*due.groups()))
    if found is None:
        raise ValueError(f"«{line[:60]}» — не срок. Напишите, например: 01.09.2026 – 30.09.2026.")
    day, month, year, *end = found.groups()
    last = _day(*end)
    first = _day(day, month, year or end[2]) if day else last
    if last < first:
        raise ValueError("срок заканчивается раньше, чем начинается.")
    return Window(first, last)


def _day(day: str, month: str, year: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"дня {day}.{month}.{year} не бывает.") from None
    if not is_plausible(found):
        raise ValueError(f"проверьте год: {year}.")
    return found


class DutyForm(forms.Form):
    """Whom words for a responsible mean."""

    roles = forms.MultipleChoiceField(
        label="Роли",
        required=False,
        choices=list(DUTY_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    persons = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(), label="Люди", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["persons"].queryset = person_list(access).present(access.today).filter(kind=Person.Kind.STAFF)
        self.helper = helper()


class OrderForm(forms.Form):
    """An order that carries out a measure, as a first draft."""

    heading = forms.CharField(label="О чём приказ", max_length=300, help_text="отвечает на вопрос «о чём?», без точки")
    points = LinesField(label="Пункты", longest=3000, rows=6, help_text="каждый пункт с новой строки, без номера")

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["points"].required = True
        self.helper = helper()
