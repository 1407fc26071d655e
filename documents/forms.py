"""Forms about documents."""

import hashlib
import json
from dataclasses import replace

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import Q

from documents.domain.paper import Annex, OrderPaper, annexes_from_json, content_hash
from documents.models import Document, Journal
from people.access import Access
from people.forms.fields import DayField
from people.forms.persons import helper
from people.forms.unchanged import UnchangedForm
from people.models import Person

MOST_TEXT = 200_000
ANNEX_HELP = "каждый абзац с новой строки; заголовок части начинается с ##; если стереть всё, приложения не будет"


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


class ActForm(DraftForm):
    """A general order: its text, its text annexes, whom it names. A table annex is kept as it is.

    A new order has no journal to choose yet: it starts in the organisation's first one.
    """

    named = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        label="Кого ознакомить под подпись",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text="составитель стоит на листе ознакомления всегда: он отвечает за исполнение",
    )

    def __init__(self, *args: object, access: Access, instance: Document | None = None, **kwargs: object) -> None:
        self.kept = annexes_from_json(instance.annexes) if instance else ()
        self.named_ids = sorted(instance.acquaintances.values_list("person_id", flat=True)) if instance else []
        super().__init__(*args, access=access, instance=instance, **kwargs)
        staff = Q(kind=Person.Kind.STAFF) & (Q(left_on__isnull=True) | Q(left_on__gt=access.today))
        people = Person.objects.visible_to(access).filter(staff | Q(pk__in=self.named_ids))
        self.fields["named"].queryset = people.order_by("sort_key", "pk")
        self.fields["named"].initial = self.named_ids
        if instance is None:
            del self.fields["journal"]
        written = [self._annex_fields(number) for number in (*self._text_annexes(), len(self.kept) + 1)]
        texts = [name for name in ("heading", "preamble", "points", "journal") if name in self.fields]
        self.helper = helper(Layout(*texts, *written, Div("named", css_class="checks"), "seen"))

    @property
    def tables(self) -> list[tuple[int, Annex]]:
        """The annexes that are edited elsewhere, with their numbers."""
        return [(number, annex) for number, annex in enumerate(self.kept, 1) if annex.table]

    def _text_annexes(self) -> list[int]:
        return [number for number, annex in enumerate(self.kept, 1) if annex.table is None]

    def _annex_fields(self, number: int) -> Fieldset:
        annex = self.kept[number - 1] if number <= len(self.kept) else Annex("")
        self.fields[f"title_{number}"] = forms.CharField(
            label="Название приложения", max_length=300, required=False, initial=annex.title
        )
        self.fields[f"text_{number}"] = forms.CharField(
            label="Текст приложения",
            max_length=MOST_TEXT,
            required=False,
            initial="\n".join(annex.paragraphs),
            widget=forms.Textarea(attrs={"rows": 12 if annex.paragraphs else 5}),
            help_text=ANNEX_HELP,
        )
        return Fieldset(f"Приложение № {number}", f"title_{number}", f"text_{number}")

    def _fingerprint(self) -> str:
        rest = json.dumps([self.instance.annexes, self.named_ids], ensure_ascii=False)
        return super()._fingerprint() + hashlib.sha256(rest.encode()).hexdigest()[:16]

    def clean(self) -> dict[str, object]:
        values = super().clean()
        for number in (*self._text_annexes(), len(self.kept) + 1):
            title, text = values.get(f"title_{number}"), values.get(f"text_{number}")
            if title and not text:
                self.add_error(f"text_{number}", "У приложения есть название, но нет текста.")
            if text and not title:
                self.add_error(f"title_{number}", "Назовите приложение: «Положение о …».")
        return values

    def annexes(self) -> tuple[Annex, ...]:
        """The annexes as they are to be: reworded, without those wiped out, with the new one at the end."""
        written = set(self._text_annexes())
        made = []
        for number, annex in enumerate((*self.kept, Annex("")), 1):
            if number in written or number > len(self.kept):
                lines = [line.strip() for line in self.cleaned_data[f"text_{number}"].splitlines()]
                paragraphs = tuple(line for line in lines if line)
                made.append(replace(annex, title=self.cleaned_data[f"title_{number}"], paragraphs=paragraphs))
            else:
                made.append(annex)
        return tuple(annex for annex in made if annex.title or annex.table)

    def words(self) -> dict[str, object]:
        """What the operations on general orders take, but for the journal."""
        texts = {name: self.cleaned_data[name] for name in ("heading", "preamble", "points")}
        return texts | {
            "annexes": self.annexes(),
            "named_person_ids": [person.pk for person in self.cleaned_data["named"]],
        }


class VisaForm(forms.Form):
    """What somebody says to a draft on agreement."""

    comment = forms.CharField(
        label="Что исправить", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SigningForm(forms.Form):
    """The director's simple signature: the password, asked again."""

    password = forms.CharField(
        label="Ваш пароль",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    effective_on = DayField(label="Вступает в силу")
    read = forms.CharField(widget=forms.HiddenInput())

    def __init__(self, *args: object, access: Access, paper: OrderPaper, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.words = access, paper.words
        self.fields["read"].initial = content_hash(paper.as_json())
        self.fields["effective_on"].initial = access.today
        self.helper = helper()

    def clean_effective_on(self) -> object:
        day = self.cleaned_data["effective_on"]
        if day < self.access.today:
            raise forms.ValidationError(
                f"{self.words.nominative.capitalize()} не может вступить в силу раньше дня подписания."
            )
        return day


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
