"""Forms about a person: the card, the cases of the name, consents, who is meant."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from people.access import Access
from people.domain.consent import PURPOSE_LABELS, Purpose
from people.domain.declension.cases import Case, Forms
from people.forms.fields import DayField
from people.forms.unchanged import UnchangedForm
from people.models import Person
from people.operations.persons import PERSON_FIELDS


def helper(layout: Layout | None = None) -> FormHelper:
    """A form without its own <form> tag: the page has the one button."""
    made = FormHelper()
    made.form_tag = False
    made.layout = layout
    return made


class PersonForm(UnchangedForm):
    """A person's card."""

    is_namesake = forms.BooleanField(label="это тёзка: такой человек уже есть, но это другой", required=False)

    class Meta:
        model = Person
        fields = PERSON_FIELDS
        field_classes = {"hired_on": DayField, "left_on": DayField}
        widgets = {
            "note": forms.Textarea(attrs={"rows": 2}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper(
            Layout(
                Row(Column("surname"), Column("given"), Column("patronymic")),
                Row(Column("kind"), Column("gender"), Column("birth_year")),
                Row(Column("post"), Column("subject"), Column("class_name")),
                Row(Column("category"), Column("category_year"), Column("experience_years")),
                Row(Column("hired_on"), Column("left_on")),
                Row(Column("email"), Column("phone")),
                "note",
                "is_namesake",
                "seen",
            )
        )
        if self.instance.pk:
            del self.fields["is_namesake"]
            self.helper.layout.pop(-2)

    def clean(self) -> dict[str, object]:
        values = super().clean()
        for part in ("surname", "given", "patronymic"):
            values[part] = " ".join((values.get(part) or "").split())
        hired, left = values.get("hired_on"), values.get("left_on")
        if hired and left and left < hired:
            self.add_error("left_on", "Выбыл раньше, чем принят.")
        return values


CASE_QUESTIONS = {
    Case.GEN: "родительный (нет кого?)",
    Case.DAT: "дательный (дать кому?)",
    Case.ACC: "винительный (вижу кого?)",
    Case.INS: "творительный (доволен кем?)",
    Case.PRE: "предложный (думаю о ком?)",
}


class CasesForm(forms.Form):
    """Five cases of one part of a card; the nominative stands on the card itself."""

    def __init__(self, *args: object, access: Access, forms_now: Forms, prefix: str, **kwargs: object) -> None:
        super().__init__(*args, prefix=prefix, **kwargs)
        self.access = access
        for case, question in CASE_QUESTIONS.items():
            self.fields[case.value] = forms.CharField(
                label=question, max_length=320, initial=forms_now.get(case), required=True
            )
        self.helper = helper()

    def texts(self) -> dict[Case, str]:
        return {case: " ".join(self.cleaned_data[case.value].split()) for case in CASE_QUESTIONS}


class ConsentForm(forms.Form):
    """A consent signed on paper."""

    purpose = forms.ChoiceField(
        label="Согласие на", choices=[(purpose.value, label) for purpose, label in PURPOSE_LABELS.items()]
    )
    signed_on = DayField(label="Дата подписания")
    valid_until = DayField(label="Действует по", required=False)
    signer_name = forms.CharField(label="Кто подписал", max_length=320)
    signer_relation = forms.CharField(
        label="Кем приходится и по какому документу",
        max_length=200,
        required=False,
        help_text="заполняется, если подписал законный представитель: «мать, свидетельство о рождении»",
    )

    def __init__(self, *args: object, access: Access, person: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.person = access, person
        self.fields["signed_on"].initial = access.today
        if person.is_minor(access.today):
            self.fields["signer_relation"].required = True
        else:
            self.fields["signer_name"].initial = person.full_name
        self.helper = helper(
            Layout(
                "purpose",
                Row(Column("signed_on"), Column("valid_until")),
                "signer_name",
                "signer_relation",
            )
        )

    def clean(self) -> dict[str, object]:
        values = super().clean()
        signed, until = values.get("signed_on"), values.get("valid_until")
        if signed and until and until < signed:
            self.add_error("valid_until", "Срок заканчивается раньше подписания.")
        return values

    @property
    def chosen_purpose(self) -> Purpose:
        return Purpose(self.cleaned_data["purpose"])
