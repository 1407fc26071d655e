"""Forms about documents."""

from django import forms

from documents.models import Document, Journal
from people.access import Access
from people.forms.persons import helper
from people.forms.unchanged import UnchangedForm


class DraftForm(UnchangedForm):
    """The text of a draft."""

    class Meta:
        model = Document
        fields = ("heading", "preamble", "points", "journal")
        widgets = {
            "preamble": forms.Textarea(attrs={"rows": 4}),
            "points": forms.Textarea(attrs={"rows": 12}),
        }
        help_texts = {
            "heading": "отвечает на вопрос «о чём?», без точки",
            "points": "каждый пункт с новой строки, без номера; подпункт начинается с тире",
        }

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["journal"].queryset = Journal.objects.visible_to(access).order_by("pk")
        self.helper = helper()


class VisaForm(forms.Form):
    """What somebody says to a draft on agreement."""

    comment = forms.CharField(
        label="Что исправить", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class JournalForm(UnchangedForm):
    """A journal and the last number of this year."""

    last = forms.IntegerField(label="последний номер в этом году", min_value=0, max_value=999_999)

    class Meta:
        model = Journal
        fields = ("title", "pattern")

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper()

    def clean_pattern(self) -> str:
        pattern = self.cleaned_data["pattern"].strip()
        if pattern.count("{n}") != 1:
            raise forms.ValidationError("Один раз напишите {n} там, где стоит номер: {n}-од.")
        return pattern
