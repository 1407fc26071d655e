"""Forms of pairs and of what orders do to them."""

from crispy_forms.layout import Column, Layout, Row
from django import forms

from mentoring.domain.bank_sheet.values import MentoringForm
from mentoring.domain.vocabulary import FORM_LABELS, GROUND_LABELS, KIND_LABELS, EndGround, MentoringKind
from mentoring.models import MenteeProfile, MentorProfile, Pairing
from mentoring.operations.pairings import PairingTerms
from people.access import Access
from people.domain.consent import NEEDED_TO_PROPOSE
from people.domain.school_year import SchoolYear
from people.forms.fields import DayField
from people.forms.persons import helper
from people.models import Person

REASON_HELP = "заполняется, только если наставляемых больше, чем мест у наставника"


def _mentors(access: Access) -> object:
    in_bank = MentorProfile.objects.visible_to(access).in_bank(access.today).values("person_id")
    people = Person.objects.visible_to(access).consenting(*NEEDED_TO_PROPOSE, on=access.today)
    return people.filter(pk__in=in_bank).order_by("sort_key", "pk")


class PairingForm(forms.Form):
    """A new pair or group. Only people whose consent is in force can be chosen."""

    mentor = forms.ModelChoiceField(queryset=Person.objects.none(), label="Наставник", empty_label="выберите")
    mentees = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        label="Наставляемые",
        widget=forms.CheckboxSelectMultiple(),
        help_text="один — пара, несколько — группа",
    )
    form = forms.ChoiceField(label="Форма", choices=[(form.value, label) for form, label in FORM_LABELS.items()])
    kind = forms.ChoiceField(label="Вид", choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    goal = forms.CharField(label="Цель", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    first_day = DayField(label="С")
    last_day = DayField(label="По")
    over_capacity_reason = forms.CharField(
        label="Почему больше, чем мест", max_length=300, required=False, help_text=REASON_HELP
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["mentor"].queryset = _mentors(access)
        in_bank = MenteeProfile.objects.visible_to(access).in_bank(access.today).values("person_id")
        people = Person.objects.visible_to(access).consenting(*NEEDED_TO_PROPOSE, on=access.today)
        self.fields["mentees"].queryset = people.filter(pk__in=in_bank).order_by("sort_key", "pk")
        self.fields["first_day"].initial = access.today
        self.fields["last_day"].initial = SchoolYear.of(access.today).last_day
        self.helper = helper(
            Layout(
                "mentor",
                "mentees",
                Row(Column("form"), Column("kind")),
                Row(Column("first_day"), Column("last_day")),
                "goal",
                "over_capacity_reason",
            )
        )

    def clean(self) -> dict[str, object]:
        values = super().clean()
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Период заканчивается раньше, чем начинается.")
        if values.get("mentor") and values["mentor"] in (values.get("mentees") or ()):
            self.add_error("mentees", "Человек не может быть наставником самому себе.")
        if values.get("kind") == MentoringKind.GROUP and len(values.get("mentees") or ()) == 1:
            self.add_error("kind", "Групповое наставничество — от двух наставляемых: добавьте ещё или смените вид.")
        return values

    def terms(self) -> PairingTerms:
        values = self.cleaned_data
        return PairingTerms(
            form=MentoringForm(values["form"]),
            kind=MentoringKind(values["kind"]),
            goal=values["goal"],
            first_day=values["first_day"],
            last_day=values["last_day"],
            over_capacity_reason=values["over_capacity_reason"].strip(),
        )


class EndingForm(forms.Form):
    """When and why a pairing ends."""

    last_day = DayField(label="Последний день")
    ground = forms.ChoiceField(
        label="Основание",
        choices=[(ground.value, label) for ground, label in GROUND_LABELS.items() if ground != EndGround.REPLACEMENT],
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["last_day"].initial = access.today
        self.helper = helper()


class ExtensionForm(forms.Form):
    """Until when a pairing is prolonged."""

    last_day = DayField(label="Новый последний день")

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper()


class ReplacementForm(forms.Form):
    """Who takes over, and from when."""

    mentor = forms.ModelChoiceField(queryset=Person.objects.none(), label="Новый наставник", empty_label="выберите")
    last_day = DayField(label="Последний день прежнего наставника")
    over_capacity_reason = forms.CharField(
        label="Почему больше, чем мест", max_length=300, required=False, help_text=REASON_HELP
    )

    def __init__(self, *args: object, access: Access, pairing: Pairing, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["mentor"].queryset = _mentors(access).exclude(pk=pairing.mentor_id)
        self.fields["last_day"].initial = access.today
        self.helper = helper()
