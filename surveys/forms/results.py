"""Forms about words of a wave and its SWOT table."""

from django import forms

from surveys.models import SwotPoint

LONGEST_GROUP = 100
LONGEST_POINT = 300


class GroupForm(forms.Form):
    """The name under which similar answers stand together."""

    group = forms.CharField(label="Группа", max_length=LONGEST_GROUP, required=False)


class QuadrantForm(forms.Form):
    """The box a line goes into, and the released answer it is taken from."""

    quadrant = forms.ChoiceField(choices=SwotPoint.Quadrant.choices)
    answer = forms.UUIDField()


class PointForm(forms.Form):
    """A line written by hand."""

    quadrant = forms.ChoiceField(choices=SwotPoint.Quadrant.choices)
    text = forms.CharField(
        label="Строка",
        max_length=LONGEST_POINT,
        error_messages={"required": "Напишите строку.", "max_length": "Строка длиннее 300 знаков: сократите её."},
    )
