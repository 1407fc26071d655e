"""Fields that know what is plausible here."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from people.domain.days import EARLIEST_DAY, LATEST_DAY

PLAUSIBLE_DAY = (
    MinValueValidator(EARLIEST_DAY, "Проверьте год: раньше 1950-го здесь ничего не бывает."),
    MaxValueValidator(LATEST_DAY, "Проверьте год: так далеко вперёд мы не заглядываем."),
)


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **attrs: str) -> None:
        super().__init__(format="%Y-%m-%d", attrs=attrs)


class DayField(forms.DateField):
    """A day of a working life: neither 0206 nor 9999."""

    widget = DateInput
    default_validators = list(PLAUSIBLE_DAY)
