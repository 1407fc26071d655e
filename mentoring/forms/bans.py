"""The form of a ban."""

from crispy_forms.layout import Column, Layout, Row
from django import forms

from mentoring.models import MenteeProfile, MentorProfile, PairBan
from people.access import Access
from people.forms.persons import helper
from people.models import Person


def _in_bank(access: Access, profile: type[MentorProfile] | type[MenteeProfile]) -> object:
    there = profile.objects.visible_to(access).in_bank(access.today).values("person_id")
    return Person.objects.visible_to(access).filter(pk__in=there).order_by("sort_key", "pk")


class BanForm(forms.Form):
    """Which mentor must not be given to whom, and why."""

    mentor = forms.ModelChoiceField(queryset=Person.objects.none(), label="Наставник", empty_label="выберите")
    mentee = forms.ModelChoiceField(queryset=Person.objects.none(), label="Наставляемый", empty_label="выберите")
    ground = forms.ChoiceField(label="Основание", choices=PairBan.Ground.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Причина",
        max_length=300,
        required=False,
        help_text="для решения куратора — обязательно; сами люди её не видят",
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["mentor"].queryset = _in_bank(access, MentorProfile)
        self.fields["mentee"].queryset = _in_bank(access, MenteeProfile)
        self.helper = helper(Layout(Row(Column("mentor"), Column("mentee")), "ground", "reason"))
