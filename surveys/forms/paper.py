"""Forms of paper: whose sheet is typed in, from which side."""

from django import forms

from people.access import Access
from people.forms.persons import helper
from surveys.domain.questionnaire import SIDE_LABELS, Side
from surveys.models import Invitation, Wave

GONE = "Этот человек уже ответил, или его нет в списке."


class InvitationChoice(forms.ModelChoiceField):
    """Somebody invited, by name."""

    def label_from_instance(self, invitation: Invitation) -> str:
        person = invitation.person
        return f"{person.full_name}, {person.post}" if person.post else person.full_name


class WhoseSheetForm(forms.Form):
    """Who filled a named sheet: somebody invited who has not answered yet."""

    invitation = InvitationChoice(
        queryset=Invitation.objects.none(),
        label="Чей это лист",
        empty_label="выберите",
        error_messages={"invalid_choice": "Этот человек уже ответил, или его нет в списке."},
    )

    def __init__(self, *args: object, access: Access, wave: Wave, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        rows = Invitation.objects.visible_to(access).usable().filter(wave=wave, is_answered=False)
        self.fields["invitation"].queryset = rows.select_related("person").order_by("person__sort_key", "pk")
        self.helper = helper()


class NamelessSheetForm(forms.Form):
    """What a sheet without a name says besides its answers; `typed` tells a second press from the next sheet."""

    side = forms.ChoiceField(label="Кто отвечал", required=False)
    secret = forms.CharField(
        label="Слово для сравнения", max_length=60, required=False, help_text="если оно написано на листе"
    )
    typed = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, *args: object, access: Access, wave: Wave, sides: list[Side], asks_secret: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["side"].choices = [(side.value, SIDE_LABELS[side]) for side in sides]
        self.fields["typed"].initial = wave.paper_typed
        if len(sides) == 1:
            self.fields["side"].widget = forms.HiddenInput()
            self.fields["side"].initial = sides[0].value
        if not asks_secret:
            del self.fields["secret"]
        self.helper = helper()
