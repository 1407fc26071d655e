"""Forms of the district's bank: asking for a mentor, answering that."""

from django import forms

from mentoring.models import SharingRequest
from people.access import Access
from people.forms.persons import helper

MOST_TOPICS = SharingRequest._meta.get_field("topics").max_length
MOST_ANSWER = SharingRequest._meta.get_field("answer").max_length


class SharingAskForm(forms.Form):
    """What help is wanted; it names no mentee."""

    topics = forms.CharField(
        label="С чем помочь",
        max_length=MOST_TOPICS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="темы, предмет, удобное время. Имён наставляемых не пишите: их увидит другая школа",
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper()

    def clean_topics(self) -> str:
        return " ".join(self.cleaned_data["topics"].split())


class SharingAnswerForm(forms.Form):
    """How many places are lent, and words for who asks; a refusal has words alone."""

    places = forms.IntegerField(
        label="Сколько мест отдать",
        min_value=1,
        max_value=30,
        initial=1,
        help_text="сколько наставляемых другой школы он сможет вести одновременно",
    )
    answer = forms.CharField(
        label="Ответ",
        max_length=MOST_ANSWER,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="прочитает куратор, который просит. Можно не заполнять",
    )

    def __init__(self, *args: object, access: Access, has_places: bool = True, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        if not has_places:
            del self.fields["places"]
        self.helper = helper()

    def clean_answer(self) -> str:
        return " ".join(self.cleaned_data["answer"].split())
