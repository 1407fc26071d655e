"""Forms of a wave: whom it asks, when, with names or without; another last day."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from crispy_forms.layout import Column, Div, Field, Fieldset, Layout, Row
from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mentoring.domain.vocabulary import CATEGORY_LABELS, FORM_LABELS
from people.access import Access
from people.domain.roles import ROLE_LABELS, Role
from people.domain.school_year import SchoolYear
from people.forms.fields import DayField
from people.forms.persons import helper
from people.models import Person, User
from people.queries.persons import person_list
from surveys.domain.audience import STANDING_LABELS, Audience, Standing
from surveys.domain.audience_words import PERSON_KIND_LABELS
from surveys.domain.disclosure import LEAST_THRESHOLD, THRESHOLD
from surveys.domain.questionnaire import NAMED_ONLY, Purpose, Side
from surveys.forms.layouts import Folded, PeopleByLetter
from surveys.models import Questionnaire, Wave
from surveys.models.waves import default_reminders
from surveys.queries.readers import next_readers, possible_readers
from surveys.queries.waves import possible_entries

LARGEST_THRESHOLD = 20
MOST_REMINDERS = 5
USUAL_LENGTH = timedelta(days=14)
LONGEST_AHEAD = 60
"""Days; who is reminded earlier than that has forgotten again by the end."""

SIDES = [(Side.MENTOR.value, "наставники из банка"), (Side.MENTEE.value, "наставляемые из банка")]
STAGES = [
    (Wave.Stage.SINGLE, "разовое"),
    (Wave.Stage.ENTRY, "на входе, потом сравним с выходом"),
    (Wave.Stage.EXIT, "на выходе, сравнить с входом"),
]
NAMED, NAMELESS = "named", "nameless"


def _card(title: str, text: str) -> SafeString:
    return format_html("<strong>{}</strong><br>{}", title, text)


NAMING = [
    (
        NAMED,
        _card("С именами", "Куратор видит, кто что ответил, и может перенести ответы в банк."),
    ),
    (
        NAMELESS,
        _card(
            "Без имён",
            "Видно только, кто ответил. Ответы откроются все сразу после завершения, вперемешку и без имён.",
        ),
    ),
]


def _checks(label: str, choices: Iterable[tuple[str, str]], **more: object) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple, **more
    )


class DaysField(forms.CharField):
    """Several numbers of days: «7, 3, 1»."""

    def clean(self, value: str) -> list[int]:
        text = super().clean(value)
        found = re.findall(r"\d+", text)
        if re.sub(r"[\d\s,;]|и", "", text):
            raise forms.ValidationError("Напишите числа через запятую, например: 7, 3, 1.")
        days = sorted({int(each) for each in found if len(each) < 4}, reverse=True)
        if (
            len(days) > MOST_REMINDERS
            or any(len(each) > 3 for each in found)
            or any(day > LONGEST_AHEAD for day in days)
        ):
            raise forms.ValidationError(
                f"Не больше {MOST_REMINDERS} напоминаний и не раньше чем за {LONGEST_AHEAD} дней."
            )
        return days


class ReaderChoice(forms.ModelChoiceField):
    """A curator by the name of their account."""

    def label_from_instance(self, user: User) -> str:
        return user.get_full_name() or user.username


class ByLetter(ModelChoiceIterator):
    """People in the order of names, in groups by their first letter."""

    def __iter__(self) -> Iterator[tuple[str, list[tuple[object, str]]]]:
        for letter, people in groupby(self.queryset, key=lambda person: person.sort_key[:1].upper()):
            yield letter, [self.choice(person) for person in people]


class PersonChoices(forms.ModelMultipleChoiceField):
    """People by name, with the post that tells namesakes apart."""

    widget = forms.CheckboxSelectMultiple
    iterator = ByLetter

    def label_from_instance(self, person: Person) -> str:
        told = person.post or person.class_name
        return f"{person.full_name}, {told}" if told else person.full_name


class WaveForm(forms.Form):
    """A wave in preparation. `selected` are the people its audience selects now, to leave some of them out."""

    title = forms.CharField(label="Название", max_length=200, help_text="для вас, для итогов и карточек с QR-кодами")
    sides = _checks("Участники наставничества", SIDES)
    standing = forms.ChoiceField(
        label="Из банка",
        choices=[(each.value, label) for each, label in STANDING_LABELS.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    pair_forms = _checks(
        "Только этих форм (не отмечено — все)",
        [(form.value, label) for form, label in FORM_LABELS.items()],
    )
    categories = _checks(
        "Наставляемые только этих категорий (не отмечено — все)",
        [(each.value, label) for each, label in CATEGORY_LABELS.items()],
    )
    kinds = _checks("Все сразу", PERSON_KIND_LABELS.items())
    roles = _checks("По роли в портале", [(role.value, ROLE_LABELS[role]) for role in Role])
    persons = PersonChoices(queryset=Person.objects.none(), label="По именам", required=False)
    left_out = PersonChoices(queryset=Person.objects.none(), label="Из выбранных не спрашивать", required=False)
    opens_on = DayField(label="Первый день")
    closes_on = DayField(label="Последний день")
    remind_days = DaysField(
        label="Напомнить за столько дней до конца",
        required=False,
        help_text="через запятую; письмо получат те, кто ещё не ответил",
    )
    naming = forms.ChoiceField(label="Как отвечают", choices=NAMING, widget=forms.RadioSelect, initial=NAMED)
    threshold = forms.IntegerField(
        label="Сколько человек нужно, чтобы показать ответы",
        min_value=LEAST_THRESHOLD,
        max_value=LARGEST_THRESHOLD,
        required=False,
        help_text="ответы меньшего числа людей в итогах не появятся; ответы с именами куратор видит всегда",
    )
    stage = forms.ChoiceField(label="Какое это анкетирование", choices=STAGES, required=False)
    entry = forms.ModelChoiceField(
        queryset=Wave.objects.none(), label="С каким входом сравнить", required=False, empty_label="не сравнивать"
    )
    reader = ReaderChoice(
        queryset=User.objects.none(),
        label="Кто читает ответы своими словами",
        empty_label=None,
        help_text="другие увидят только то, что он разрешит показать",
    )

    def __init__(
        self,
        *args: object,
        access: Access,
        questionnaire: Questionnaire,
        selected: Iterable[Person] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.questionnaire = access, questionnaire
        people = person_list(access).present(access.today)
        self.fields["persons"].queryset = people
        self.fields["left_out"].queryset = people.filter(pk__in=[person.pk for person in selected])
        self.fields["entry"].queryset = possible_entries(access)
        self.fields["reader"].queryset = possible_readers(access)
        for name in self._unneeded():
            del self.fields[name]
        self.helper = helper(_layout(self.fields))

    def _unneeded(self) -> list[str]:
        """Fields that would offer nothing to choose."""
        found = [name for name in ("left_out", "entry") if not self.fields[name].queryset.exists()]
        found += ["naming", "threshold"] if Purpose(self.questionnaire.purpose) in NAMED_ONLY else []
        return found

    def clean(self) -> dict[str, object]:
        values = super().clean()
        if not any(values.get(name) for name in ("sides", "kinds", "roles", "persons")):
            self.add_error("sides", "Выберите, кого спрашивать: хотя бы одну группу или человека.")
        first, last = values.get("opens_on"), values.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "Последний день раньше первого.")
        elif last and last < self.access.today:
            self.add_error("closes_on", "Этот день уже прошёл.")
        self._check_entry(values)
        return values

    def _check_entry(self, values: dict[str, object]) -> None:
        if values.get("stage") != Wave.Stage.EXIT:
            return
        entry = values.get("entry")
        place = "entry" if "entry" in self.fields else "stage"
        if entry is None:
            self.add_error(place, "Выберите анкетирование на входе. Если его не было, сравнивать не с чем.")
        elif entry.is_anonymous != (values.get("naming") == NAMELESS):
            self.add_error(place, "Вход и выход должны быть оба с именами или оба без имён, иначе их не сравнить.")

    def values(self) -> dict[str, object]:
        """Clean values as `draft_wave` and `change_wave` take them."""
        values = self.cleaned_data
        entry = values.get("entry") if values["stage"] == Wave.Stage.EXIT else None
        return {
            "title": values["title"],
            "audience": self._audience().as_json(),
            "opens_on": values["opens_on"],
            "closes_on": values["closes_on"],
            "remind_days": values["remind_days"],
            "is_anonymous": values.get("naming") == NAMELESS,
            "threshold": values.get("threshold") or THRESHOLD,
            "stage": values["stage"],
            "entry_id": entry.pk if entry else None,
            "reader_id": values["reader"].pk,
        }

    def _audience(self) -> Audience:
        values = self.cleaned_data
        return Audience(
            sides=tuple(values["sides"]),
            standing=Standing(values["standing"]),
            forms=tuple(values["pair_forms"]),
            categories=tuple(values["categories"]),
            roles=tuple(values["roles"]),
            kinds=tuple(values["kinds"]),
            person_ids=tuple(person.pk for person in values["persons"]),
            left_out_ids=tuple(person.pk for person in values.get("left_out", ())),
        )


def _box(name: str) -> Div:
    return Div(name, css_class="checks mb-3")


def _layout(there: Iterable[str]) -> Layout:
    """The fields in their order on the page; those that are not there leave no gap."""
    there = set(there)

    def kept(*names: str) -> list[str]:
        return [name for name in names if name in there]

    naming = [Field("naming", wrapper_class="choice-cards"), "threshold"] if "naming" in there else []
    return Layout(
        "title",
        Fieldset(
            "Кого спросить",
            *("sides", "standing"),
            Folded("Только некоторые формы и категории", Row(Column(_box("pair_forms")), Column(_box("categories")))),
            Folded("Добавить других людей", Row(Column("kinds"), Column(_box("roles"))), PeopleByLetter("persons")),
            *(Folded("Кого не спрашивать", PeopleByLetter(name)) for name in kept("left_out")),
        ),
        Fieldset("Когда", Row(Column("opens_on"), Column("closes_on"), Column("remind_days"))),
        Fieldset("Как", *naming, Row(*(Column(name) for name in kept("stage", "entry"))), "reader"),
    )


def initial_for(access: Access, questionnaire: Questionnaire) -> dict[str, object]:
    """What a new wave begins with: the bank of the questionnaire's side, two weeks from today."""
    return {
        "title": f"{questionnaire.title}, {SchoolYear.of(access.today)}"[:200],
        "sides": [questionnaire.side] if questionnaire.side else [],
        "standing": Standing.ANY.value,
        "opens_on": access.today,
        "closes_on": access.today + USUAL_LENGTH,
        "remind_days": ", ".join(map(str, default_reminders())),
        "naming": NAMED,
        "threshold": THRESHOLD,
        "stage": Wave.Stage.SINGLE,
        "reader": access.user_id,
    }


def initial_of(wave: Wave) -> dict[str, object]:
    """A wave in preparation as the form shows it."""
    asks = wave.asks
    return {
        "title": wave.title,
        "sides": list(asks.sides),
        "standing": asks.standing.value,
        "pair_forms": list(asks.forms),
        "categories": list(asks.categories),
        "kinds": list(asks.kinds),
        "roles": list(asks.roles),
        "persons": list(asks.person_ids),
        "left_out": list(asks.left_out_ids),
        "opens_on": wave.opens_on,
        "closes_on": wave.closes_on,
        "remind_days": ", ".join(map(str, wave.remind_days)),
        "naming": NAMELESS if wave.is_anonymous else NAMED,
        "threshold": wave.threshold,
        "stage": wave.stage,
        "entry": wave.entry_id,
        "reader": wave.reader_id,
    }


class ProlongForm(forms.Form):
    """Another last day of a wave."""

    closes_on = DayField(label="Новый последний день")

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper()


class ReaderForm(forms.Form):
    """Who reads the free words of a wave from now on."""

    reader = ReaderChoice(queryset=User.objects.none(), label="Кто будет читать", empty_label="выберите")

    def __init__(self, *args: object, access: Access, wave: Wave, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.fields["reader"].queryset = next_readers(access, wave)
        self.helper = helper()
