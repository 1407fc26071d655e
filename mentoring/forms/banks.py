"""Forms of both banks: filter, profile, upload, mapping of columns."""

import re
from datetime import date

from crispy_forms.layout import Column, Layout, Row
from django import forms

from mentoring.domain.bank_sheet.columns import labels
from mentoring.domain.bank_sheet.fields import Bank
from mentoring.models import BankImport, MenteeProfile, MentorProfile
from mentoring.queries.banks import BankFilter, years_of_bank
from people.access import Access
from people.domain.school_year import SchoolYear
from people.forms.fields import DayField
from people.forms.persons import helper
from people.forms.unchanged import UnchangedForm
from people.models import Person
from people.queries.persons import person_list

LARGEST_UPLOAD = 20 * 1024 * 1024
STANDINGS = [("", "любая"), ("approved", "утверждены"), ("candidate", "кандидаты"), ("untrained", "без подготовки")]


class BankFilterForm(forms.Form):
    """What a list is narrowed by; any value out of range is simply not applied."""

    q = forms.CharField(label="Имя", required=False, max_length=100)
    year = forms.ChoiceField(label="Учебный год", required=False)
    consent = forms.ChoiceField(
        label="Согласие",
        required=False,
        choices=[("", "любое"), ("yes", "есть"), ("no", "нет"), ("wanted", "нет, нужно получить")],
    )
    load = forms.ChoiceField(label="Занятость", required=False)
    standing = forms.ChoiceField(label="Готовность", required=False, choices=STANDINGS)
    sort = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: object, access: Access, bank: Bank, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        years = years_of_bank(access, bank)
        self.fields["year"].choices = [(str(year.start), str(year)) for year in years]
        free, busy = ("есть места", "мест нет") if bank == Bank.MENTORS else ("без наставника", "с наставником")
        self.fields["load"].choices = [("", "любая"), ("free", free), ("busy", busy)]
        if bank == Bank.MENTEES:
            del self.fields["standing"]

    def wanted(self) -> BankFilter:
        self.full_clean()
        values = self.cleaned_data
        year = values.get("year")
        return BankFilter(
            search=values.get("q", ""),
            year=SchoolYear(int(year)) if year else None,
            consent=values.get("consent", ""),
            load=values.get("load", ""),
            sort=values.get("sort") or "name",
            standing=values.get("standing", ""),
        )


class TopicsField(forms.CharField):
    """Topics one a line, or divided by semicolons."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="каждая тема с новой строки",
            **kwargs,
        )

    def clean(self, value: str) -> list[str]:
        topics = [" ".join(topic.split()) for topic in re.split(r"[;\n]", super().clean(value))]
        if any(len(topic) > 200 for topic in topics):
            raise forms.ValidationError("Тема длиннее 200 знаков.")
        return list(dict.fromkeys(topic for topic in topics if topic))


def _case_url() -> forms.URLField:
    return forms.URLField(label="ссылка на кейс или отзыв", max_length=200, required=False, assume_scheme="https")


class MentorForm(UnchangedForm):
    """A mentor's profile."""

    capacity = forms.IntegerField(label="наставляемых не более", min_value=1, max_value=30, required=False)
    topics = TopicsField(label="компетенции")
    case_url = _case_url()

    class Meta:
        model = MentorProfile
        fields = (
            "entered_on",
            "capacity",
            "hours",
            "standing",
            "trained_on",
            "achievements",
            "interests",
            "desired_age",
            "outcome",
            "case_url",
        )
        field_classes = {"entered_on": DayField, "trained_on": DayField}
        widgets = {"achievements": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["standing"].required = False
        self.helper = helper(
            Layout(
                Row(Column("entered_on"), Column("capacity"), Column("hours")),
                Row(Column("standing"), Column("trained_on")),
                "topics",
                "achievements",
                Row(Column("interests"), Column("desired_age")),
                Row(Column("outcome"), Column("case_url")),
                "seen",
            )
        )

    def clean_standing(self) -> str:
        return self.cleaned_data["standing"] or self.instance.standing

    def clean_trained_on(self) -> date | None:
        day = self.cleaned_data["trained_on"]
        if day and day > self.access.today:
            raise forms.ValidationError("Этот день ещё не наступил.")
        return day


class MenteeForm(UnchangedForm):
    """A mentee's profile."""

    topics = TopicsField(label="запросы")
    case_url = _case_url()

    class Meta:
        model = MenteeProfile
        fields = ("entered_on", "category", "form", "expectations", "outcome", "case_url")
        field_classes = {"entered_on": DayField}
        widgets = {"expectations": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper(
            Layout(
                Row(Column("entered_on"), Column("category"), Column("form")),
                "topics",
                "expectations",
                Row(Column("outcome"), Column("case_url")),
                "seen",
            )
        )


PROFILE_FORMS = {Bank.MENTORS: MentorForm, Bank.MENTEES: MenteeForm}


class WhoForm(forms.Form):
    """Which person enters a bank."""

    person = forms.ModelChoiceField(queryset=Person.objects.none(), label="Человек", empty_label="выберите")

    def __init__(self, *args: object, access: Access, bank: Bank, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        model = MentorProfile if bank == Bank.MENTORS else MenteeProfile
        there = model.objects.visible_to(access).filter(left_on__isnull=True).values("person_id")
        self.fields["person"].queryset = person_list(access).present(access.today).exclude(pk__in=there)
        self.helper = helper()


class UploadForm(forms.Form):
    """A bank's spreadsheet."""

    file = forms.FileField(
        label="Файл",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        help_text="Excel (.xlsx, .xls), LibreOffice (.ods) или .csv, не больше 20 МБ",
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper()

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            size = file.size / 1024 / 1024
            raise forms.ValidationError(f"Файл занимает {size:.0f} МБ, а можно не больше 20 МБ.")
        return file


class MappingForm(forms.Form):
    """Which column tells what."""

    def __init__(self, *args: object, access: Access, upload: BankImport, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        choices = [("", "не читать"), *((name.value, label) for name, label in labels(Bank(upload.bank)).items())]
        for column in upload.columns:
            self.fields[f"column_{column['index']}"] = forms.ChoiceField(
                label=f"{column['letter']}: {column['header'] or 'без заголовка'}",
                choices=choices,
                required=False,
                initial=column["field"],
            )
        self.helper = helper()

    def mapping(self) -> dict[int, str]:
        return {int(name.removeprefix("column_")): value for name, value in self.cleaned_data.items()}
