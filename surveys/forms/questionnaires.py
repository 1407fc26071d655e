"""Forms about a questionnaire as a whole and its sections."""

import re

from crispy_forms.layout import Column, Layout, Row
from django import forms

from people.access import Access
from people.forms.persons import helper
from surveys.domain.checking import LONGEST_INTRO, LONGEST_LABEL, LONGEST_TITLE
from surveys.domain.questionnaire import PURPOSE_LABELS, SIDE_LABELS, Level, Purpose, Questionnaire, Section, Side
from surveys.operations.questionnaires import Description

LARGEST_FILE = 2 * 1024 * 1024
LEVEL_LINE = re.compile(r"(?:от\s+)?(\d{1,6})\s*[-–—:.]?\s*(\S.*)", re.IGNORECASE)
ANYBODY = "неважно"


def capitalised(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


PURPOSES = [(purpose.value, capitalised(label)) for purpose, label in PURPOSE_LABELS.items()]
SIDES = [(Side.NONE.value, ANYBODY), *((side.value, SIDE_LABELS[side]) for side in Side if side != Side.NONE)]


class PurposeFields(forms.Form):
    """What a questionnaire is for and from which side people answer."""

    purpose = forms.ChoiceField(
        label="Для чего",
        choices=PURPOSES,
        initial=Purpose.OTHER.value,
        help_text="от этого зависит, кто увидит ответы и какой банк они пополнят",
    )
    side = forms.ChoiceField(
        label="Кто отвечает", choices=SIDES, required=False, help_text="итоги обеих сторон показываются рядом"
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access

    @property
    def purpose_and_side(self) -> dict[str, object]:
        return {"purpose": Purpose(self.cleaned_data["purpose"]), "side": Side(self.cleaned_data["side"])}


class NewQuestionnaireForm(PurposeFields):
    """A questionnaire begun from nothing."""

    title = forms.CharField(
        label="Название", max_length=LONGEST_TITLE, help_text="его увидят те, кто отвечает: «Как вам работается в паре»"
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Layout("title", Row(Column("purpose"), Column("side"))))


class ImportForm(PurposeFields):
    """A questionnaire in a file."""

    file = forms.FileField(
        label="Файл",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.json"}),
        help_text="Excel (.xlsx), LibreOffice (.ods) или JSON из другого портала, не больше 2 МБ",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Layout("file", Row(Column("purpose"), Column("side"))))

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("Файл больше 2 МБ: анкета столько не занимает. Проверьте, тот ли это файл.")
        return file


class RevisedForm(forms.Form):
    """A form that remembers from which revision of the version it was made."""

    revision = forms.IntegerField(widget=forms.HiddenInput())


class LevelsField(forms.CharField):
    """Levels of a score, one a line, in any order: «15 высокий»."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: str) -> list[Level]:
        levels = []
        for line in filter(str.strip, super().clean(value).splitlines()):
            found = LEVEL_LINE.fullmatch(line.strip())
            if found is None:
                raise forms.ValidationError(f"«{line.strip()[:60]}»: напишите балл и название, например: 15 высокий.")
            levels.append(Level(int(found[1]), found[2].strip()))
        if any(len(level.label) > LONGEST_LABEL for level in levels):
            raise forms.ValidationError(f"Название уровня длиннее {LONGEST_LABEL} знаков.")
        if len({level.least for level in levels}) < len(levels):
            raise forms.ValidationError("Один балл у двух уровней: оставьте один из них.")
        return sorted(levels, key=lambda level: level.least, reverse=True)


class DescriptionForm(RevisedForm, PurposeFields):
    """Title, introduction, purpose; levels where the sum of points is a score."""

    title = forms.CharField(label="Название", max_length=LONGEST_TITLE)
    intro = forms.CharField(
        label="Вступление",
        max_length=LONGEST_INTRO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="стоит перед первым вопросом: зачем анкета и что будет с ответами",
    )
    levels = LevelsField(
        label="Уровни",
        required=False,
        help_text="сумма баллов по шкалам даёт уровень; каждый с новой строки: от скольких баллов и как называется, "
        "например: 15 высокий",
    )

    def __init__(self, *args: object, asked: Questionnaire, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].initial, self.fields["intro"].initial = asked.title, asked.intro
        self.fields["levels"].initial = "\n".join(f"{level.least} {level.label}" for level in asked.levels)
        if not asked.levels and self.initial.get("purpose") != Purpose.SELF_ASSESSMENT:
            del self.fields["levels"]
        names = [name for name in ("levels", "revision") if name in self.fields]
        self.helper = helper(Layout("title", "intro", Row(Column("purpose"), Column("side")), *names))

    def said(self) -> Description:
        values = self.cleaned_data
        levels = tuple(values.get("levels", ()))
        return Description(
            title=values["title"], intro=one_break(values["intro"]), levels=levels, **self.purpose_and_side
        )


class SectionForm(RevisedForm):
    """Title and note of a section."""

    title = forms.CharField(label="Название", max_length=LONGEST_TITLE, help_text="по разделам показываются итоги")
    note = forms.CharField(
        label="Пояснение",
        max_length=LONGEST_INTRO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="стоит под названием: например, как понимать шкалу",
    )

    def __init__(self, *args: object, access: Access, section: Section | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        if section:
            self.fields["title"].initial, self.fields["note"].initial = section.title, section.note
        self.helper = helper()

    def words(self) -> dict[str, str]:
        return {"title": self.cleaned_data["title"], "note": one_break(self.cleaned_data["note"])}


def one_break(text: str) -> str:
    """The text with line breaks as files and pages have them; forms send two characters for one."""
    return text.replace("\r\n", "\n").strip()
