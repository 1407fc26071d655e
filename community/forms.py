"""Forms of meetings: what, when and where; whom to invite; until when to ask afterwards."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crispy_forms.layout import Column, Layout, Row
from django import forms

from community.domain.vocabulary import GROUP_LABELS, GuestGroup
from community.models import Event
from community.operations.events import EVENT_FIELDS
from community.queries.guests import group_sizes, people_to_invite
from people.access import Access
from people.forms.fields import DayField
from people.forms.persons import helper
from people.forms.unchanged import UnchangedForm
from people.models import Person

USUAL_TITLE = "Знакомство наставников и наставляемых"
USUAL_HOUR = "15:00"
USUAL_DAYS = timedelta(days=3)
"""So long people are asked after a meeting, while they remember it."""


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class EventForm(UnchangedForm):
    """A meeting: what it is called, when and where."""

    day = DayField(label="День")
    time = forms.TimeField(label="Начало", widget=TimeInput)

    class Meta:
        model = Event
        fields = ("title", "minutes", "place", "agenda")
        widgets = {"agenda": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["agenda"].help_text = "коротко: попадёт в приглашение"
        self.fields["place"].help_text = "кабинет или адрес: попадёт в приглашение и на плакат"
        if self.instance.pk:
            start = self.instance.starts_here
            self.fields["day"].initial, self.fields["time"].initial = start.date(), start.time()
        else:
            self.fields["title"].initial = USUAL_TITLE
            self.fields["time"].initial = USUAL_HOUR
        self.helper = helper(
            Layout("title", Row(Column("day"), Column("time"), Column("minutes")), "place", "agenda", "seen")
        )

    def values(self) -> dict[str, object]:
        """Clean values of EVENT_FIELDS; the hour is one of the organisation's clock."""
        values = self.cleaned_data
        zone = ZoneInfo(self.access.organisation.time_zone)
        start = datetime.combine(values["day"], values["time"], zone)
        return {name: start if name == "starts_at" else values[name] for name in EVENT_FIELDS}


class InviteForm(forms.Form):
    """Whom to invite: whole groups, and people by hand. Who is invited already is not offered."""

    groups = forms.MultipleChoiceField(
        label="Кого", required=False, widget=forms.CheckboxSelectMultiple, choices=list(GROUP_LABELS.items())
    )
    persons = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        label="Кого ещё",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="люди из банков с действующим согласием на обработку данных",
    )

    def __init__(self, *args: object, access: Access, event: Event, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["persons"].queryset = people_to_invite(access, event)
        sizes = group_sizes(access, event)
        self.fields["groups"].choices = [
            (group.value, f"{GROUP_LABELS[group]}: ещё не приглашены {sizes[group]}") for group in GuestGroup
        ]
        self.helper = helper(Layout("groups", "persons"))

    def clean(self) -> dict[str, object]:
        values = super().clean()
        if not self.errors and not values.get("groups") and not values.get("persons"):
            raise forms.ValidationError("Отметьте, кого пригласить.")
        return values

    def chosen(self) -> tuple[list[GuestGroup], list[int]]:
        """The groups, and the numbers of people picked by hand."""
        values = self.cleaned_data
        return [GuestGroup(each) for each in values["groups"]], [person.pk for person in values["persons"]]


class AskForm(forms.Form):
    """Until when those who came are asked."""

    closes_on = DayField(label="Последний день ответов")

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["closes_on"].initial = access.today + USUAL_DAYS
        self.helper = helper()
