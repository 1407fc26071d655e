"""Forms of an organisation's settings."""

from crispy_forms.layout import Column, Layout, Row
from django import forms

from people.access import Access
from people.forms.fields import DayField
from people.forms.persons import helper
from people.forms.unchanged import UnchangedForm
from people.models import Head, Organisation
from people.queries.persons import person_list


class OrganisationForm(UnchangedForm):
    """What papers and rules need to know of an organisation."""

    class Meta:
        model = Organisation
        fields = (
            "full_name",
            "short_name",
            "short_name_gen",
            "place",
            "address",
            "inn",
            "ogrn",
            "places_per_mentor",
            "regulation",
            "electronic_flow_act",
        )
        widgets = {"full_name": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "electronic_flow_act": "номер и дата приказа; пока пусто, участники подписывают согласия на бумаге",
        }

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper(
            Layout(
                "full_name",
                Row(Column("short_name"), Column("short_name_gen")),
                Row(Column("place"), Column("address")),
                Row(Column("inn"), Column("ogrn"), Column("places_per_mentor")),
                "regulation",
                "electronic_flow_act",
                "seen",
            )
        )

    def clean(self) -> dict[str, object]:
        """Each text on one line: names stand in subjects of letters and heads of papers."""
        values = super().clean()
        return {name: " ".join(text.split()) if isinstance(text, str) else text for name, text in values.items()}


class HeadForm(forms.ModelForm):
    """Who signs from when on."""

    class Meta:
        model = Head
        fields = ("person", "title", "is_acting", "since", "until")
        field_classes = {"since": DayField, "until": DayField}

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["person"].queryset = person_list(access).present(access.today)
        self.fields["since"].initial = access.today
        self.helper = helper(
            Layout(Row(Column("person"), Column("title")), Row(Column("since"), Column("until")), "is_acting")
        )
