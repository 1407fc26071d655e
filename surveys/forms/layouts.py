"""Pieces of form layout: a part folded away until it is needed, people found by the first letter."""

from collections.abc import Iterator

from crispy_forms.layout import Div, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

SHORT_LIST = 30
"""So many names are still looked through without letters."""


class Folded(Div):
    """Fields behind a summary, open where something in them is chosen or wrong."""

    template = "surveys/_folded.html"

    def __init__(self, title: str, *fields: object) -> None:
        super().__init__(*fields)
        self.title, self.is_open = title, False

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: object
    ) -> SafeString:
        names = [pointer.name for pointer in self.get_field_names()]
        self.is_open = any(form[name].value() or form[name].errors for name in names)
        return super().render(form, context, template_pack, **kwargs)


class PeopleByLetter(LayoutObject):
    """Boxes to tick people in a field of the names, a letter at a time where there are many."""

    template = "surveys/_people_by_letter.html"

    def __init__(self, name: str) -> None:
        self.fields = [name]

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: object
    ) -> SafeString:
        (name,) = self.fields
        form.rendered_fields.add(name)
        field = form[name]
        letters = list(_letters(field))
        is_long = sum(len(people) for _, people, _ in letters) > SHORT_LIST
        return render_to_string(self.template, {"field": field, "letters": letters, "is_long": is_long})


def _letters(field: BoundField) -> Iterator[tuple[str, list[dict], bool]]:
    """Each letter with its boxes and whether one of them is ticked."""
    groups = field.field.widget.optgroups(field.html_name, field.field.widget.format_value(field.value()), {})
    for letter, boxes, _ in groups:
        yield letter, boxes, any(box["selected"] for box in boxes)
