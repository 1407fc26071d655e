"""Untrusted input of matching: how to start a run, on what terms its pairs are proposed."""

from crispy_forms.layout import Column, Layout, Row
from django import forms

from mentoring.domain.matching.values import OBJECTIVE_LABELS, Objective
from mentoring.operations.proposals import Terms
from people.access import Access
from people.domain.school_year import SchoolYear
from people.forms.fields import DayField
from people.forms.persons import helper


class StartForm(forms.Form):
    """What a run is the best by, and whether mentors of the district take part."""

    objective = forms.ChoiceField(
        label="Что важнее", choices=[(each.value, OBJECTIVE_LABELS[each]) for each in Objective]
    )
    has_district = forms.BooleanField(label="С наставниками района", required=False)

    def objective_chosen(self) -> Objective:
        return Objective(self.cleaned_data["objective"])


class TermsForm(forms.Form):
    """From when to when the proposed pairs work, whether in groups, whether people are asked at once."""

    first_day = DayField(label="С")
    last_day = DayField(label="По")
    in_groups = forms.BooleanField(label="Наставляемых с похожими запросами объединить в группы", required=False)
    is_asked = forms.BooleanField(label="Сразу спросить согласия у обеих сторон", required=False, initial=True)

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        year = SchoolYear.of(access.today)
        self.fields["first_day"].initial = max(access.today, year.first_day)
        self.fields["last_day"].initial = year.last_day
        self.helper = helper(Layout(Row(Column("first_day"), Column("last_day")), "in_groups", "is_asked"))

    def clean(self) -> dict[str, object]:
        found = super().clean()
        first, last = found.get("first_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Период заканчивается раньше, чем начинается.")
        return found

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)
