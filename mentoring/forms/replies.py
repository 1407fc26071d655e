"""Why somebody refuses a proposed pairing."""

from django import forms

from people.access import Access


class RefusalForm(forms.Form):
    """A refusal with a reason, which may stay blank."""

    reason = forms.CharField(
        label="Почему",
        max_length=300,
        required=False,
        error_messages={"max_length": "Напишите причину короче: до 300 знаков."},
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access

    def fault(self) -> str:
        """What is wrong with the reason, as a sentence."""
        return str(self.errors["reason"][0])
