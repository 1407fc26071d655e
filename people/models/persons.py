"""Persons: staff, pupils and outsiders of one organisation, and the corrected cases of their names."""

from datetime import date
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat, Trim

from people.domain.consent import Purpose, is_minor
from people.domain.declension.cases import Case
from people.domain.roles import Permission
from people.models.consents import Consent
from people.models.organisations import Organisation

if TYPE_CHECKING:
    from people.access import Access

_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_FROM = _RUSSIAN.upper() + "Ёё" + ascii_uppercase
_TO = _RUSSIAN + "ее" + ascii_lowercase
_FOLD = str.maketrans(_FROM, _TO)


def folded(text: str) -> str:
    """Lower case with ё as е and single spaces: how names are sorted and searched; the twin of `sort_key`."""
    return " ".join(text.translate(_FOLD).split())


class PersonQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        """Rows of the organisation; those without a consent in force only for who must collect it.

        A person with no right to see people sees nobody but themselves.
        """
        own = self.filter(organisation_id=access.organisation_id)
        if access.may(Permission.PEOPLE_EDIT):
            return own
        if access.may(Permission.PEOPLE_VIEW):
            return own.consenting(Purpose.PROCESSING, on=access.today)
        return own.filter(pk=access.person_id)

    def consenting(self, *purposes: Purpose, on: date) -> Self:
        """Those whose consents to all `purposes` are in force on the day `on`."""
        found = self
        for purpose in purposes:
            consents = Consent.objects.in_force(on).filter(
                person=OuterRef("pk"), purpose=purpose
            )  # unscoped: correlated
            found = found.filter(Exists(consents))
        return found

    def with_consent(self, purpose: Purpose, *, on: date) -> Self:
        """Adds `has_<purpose>`: whether that consent is in force on the day `on`."""
        consents = Consent.objects.in_force(on).filter(person=OuterRef("pk"), purpose=purpose)  # unscoped: correlated
        return self.annotate(**{f"has_{purpose.value}": Exists(consents)})

    def present(self, on: date) -> Self:
        """Those who have not left the organisation by the day `on`."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=on))

    def named_like(self, text: str) -> Self:
        """Those whose name holds every word of `text`, letter case and ё/е aside."""
        found = self
        for word in folded(text).split():
            found = found.filter(sort_key__contains=word)
        return found


@pghistory.track(exclude=["sort_key"])
class Person(models.Model):
    class Kind(models.TextChoices):
        STAFF = "staff", "сотрудник"
        PUPIL = "pupil", "обучающийся"
        EXTERNAL = "external", "внешний участник"

    class Gender(models.TextChoices):
        MALE = "m", "мужской"
        FEMALE = "f", "женский"

    class Category(models.TextChoices):
        NONE = "none", "без категории"
        FITS = "fits", "соответствие занимаемой должности"
        FIRST = "first", "первая"
        HIGHEST = "highest", "высшая"
        METHODOLOGIST = "methodologist", "педагог-методист"
        MENTOR = "mentor", "педагог-наставник"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="persons")
    kind = models.CharField("кто это", max_length=10, choices=Kind.choices, default=Kind.STAFF)
    surname = models.CharField("фамилия", max_length=100)
    given = models.CharField("имя", max_length=100, blank=True)
    patronymic = models.CharField("отчество", max_length=100, blank=True)
    gender = models.CharField("пол", max_length=1, choices=Gender.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField("год рождения", null=True, blank=True)
    post = models.CharField("должность", max_length=200, blank=True)
    subject = models.CharField("предмет", max_length=200, blank=True)
    class_name = models.CharField("класс, группа", max_length=40, blank=True)
    category = models.CharField("категория", max_length=15, choices=Category.choices, blank=True)
    category_year = models.PositiveSmallIntegerField("год присвоения", null=True, blank=True)
    experience_years = models.PositiveSmallIntegerField("педагогический стаж, лет", null=True, blank=True)
    hired_on = models.DateField("принят на работу", null=True, blank=True)
    left_on = models.DateField("выбыл", null=True, blank=True)
    email = models.EmailField("эл. почта", blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    note = models.CharField("примечание", max_length=1000, blank=True)
    sort_key = models.GeneratedField(
        expression=Trim(
            Func(
                Concat(F("surname"), Value(" "), F("given"), Value(" "), F("patronymic")),
                Value(_FROM),
                Value(_TO),
                function="TRANSLATE",
            )
        ),
        output_field=models.CharField(max_length=320, db_collation="C"),
        db_persist=True,
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "человек"
        verbose_name_plural = "люди"
        constraints = [
            models.UniqueConstraint(fields=["id", "organisation"], name="person_belongs_to_one_organisation"),
            models.CheckConstraint(
                condition=~Q(surname=""), name="person_has_a_surname", violation_error_message="Укажите фамилию."
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1920, birth_year__lte=2100),
                name="person_birth_year_is_plausible",
                violation_error_message="Год рождения — от 1920 до 2100.",
            ),
        ]
        indexes = [
            models.Index(
                "organisation", OpClass("sort_key", name="text_ops"), "id", name="person_by_name_in_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """«Черных П. И.», with no-break spaces."""
        initials = [f"{part[0]}." for part in (self.given, self.patronymic) if part]
        return "\u00a0".join([self.surname, *initials])

    @property
    def signature_name(self) -> str:
        """«П. И. Черных»: initials before the surname, as papers are signed (domain reference 1.7)."""
        initials = [f"{part[0]}." for part in (self.given, self.patronymic) if part]
        return "\u00a0".join([*initials, self.surname])

    def is_minor(self, on: date) -> bool:
        return is_minor(is_pupil=self.kind == self.Kind.PUPIL, birth_year=self.birth_year, today=on)


class CaseCorrectionQuerySet(models.QuerySet):
    def visible_to(self, access: "Access") -> Self:
        return self.filter(organisation_id=access.organisation_id)


class CaseCorrection(models.Model):
    """A form of a name or post that somebody put right by hand; it wins over the rules from then on."""

    class Part(models.TextChoices):
        NAME = "name", "имя полностью"
        INITIALS = "initials", "инициалы и фамилия"
        POST = "post", "должность"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="case_corrections")
    part = models.CharField(max_length=10, choices=Part.choices)
    case = models.CharField(max_length=3, choices=[(case.value, case.value) for case in Case])
    nominative = models.CharField(max_length=320, help_text="the form it was made from; another one ends it")
    text = models.CharField(max_length=320)

    objects = CaseCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "part", "case"], name="one_correction_per_person_part_case"),
        ]

    def __str__(self) -> str:
        return self.text
