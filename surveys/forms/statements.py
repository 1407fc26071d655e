"""Form of a question to somebody about a mentee."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from people.access import Access
from people.forms.persons import helper
from people.models import Person
from surveys.operations.statements import Newcomer
from surveys.queries.statements import informants

RELATIONS = ("классный руководитель", "педагог-психолог", "социальный педагог", "родитель (законный представитель)")
OWN_WORDS = "own"


class StatementForm(forms.Form):
    """Who is asked about a mentee, and who they are to the mentee."""

    informant = forms.ModelChoiceField(
        queryset=Person.objects.none(), label="Кто расскажет", required=False, empty_label="выберите или впишите ниже"
    )
    surname = forms.CharField(label="Фамилия", max_length=100, required=False)
    given = forms.CharField(label="Имя", max_length=100, required=False)
    patronymic = forms.CharField(label="Отчество", max_length=100, required=False)
    email = forms.EmailField(label="Эл. почта", required=False, help_text="если есть: туда уйдёт ссылка")
    is_namesake = forms.BooleanField(label="это тёзка: такой человек уже есть в портале, но это другой", required=False)
    relation = forms.ChoiceField(
        label="Кем приходится наставляемому",
        choices=[("", "выберите"), *((each, each) for each in RELATIONS), (OWN_WORDS, "другое")],
    )
    own_relation = forms.CharField(label="Другое: кем именно", max_length=100, required=False)

    def __init__(self, *args: object, access: Access, about: Person, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["informant"].queryset = informants(access, about)
        self.helper = helper(
            Layout(
                "informant",
                Fieldset(
                    "Если человека нет в списке",
                    Row(Column("surname"), Column("given"), Column("patronymic")),
                    "email",
                    "is_namesake",
                ),
                Row(Column("relation"), Column("own_relation")),
            )
        )

    def clean(self) -> dict[str, object]:
        values = super().clean()
        for part in ("surname", "given", "patronymic"):
            values[part] = " ".join((values.get(part) or "").split())
        if "informant" not in self.errors:
            if values.get("informant") and values["surname"]:
                self.add_error("surname", "Человек уже выбран в списке: оставьте что-то одно.")
            elif not values.get("informant") and not values["surname"]:
                self.add_error("informant", "Выберите человека или впишите его фамилию ниже.")
        own = " ".join((values.get("own_relation") or "").split())
        if values.get("relation") == OWN_WORDS:
            values["relation"] = own
            if not own and "own_relation" not in self.errors:
                self.add_error("own_relation", "Напишите, кем приходится.")
        return values

    def wanted(self) -> dict[str, object]:
        """The clean values as the operation takes them."""
        values = self.cleaned_data
        if values["informant"]:
            return {"informant_id": values["informant"].pk, "relation": values["relation"]}
        parts = ("surname", "given", "patronymic", "email", "is_namesake")
        return {"newcomer": Newcomer(**{part: values[part] for part in parts}), "relation": values["relation"]}
