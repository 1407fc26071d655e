"""The same form as Django forms and crispy-forms render it, anew on each request."""

from collections.abc import Mapping

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.template import engines

from bench.surveys_form import CODES, HELP, HIGH, LOW, SCALE, TITLE, question_text

PAGE = """{% load crispy_forms_tags %}<!doctype html>
<html lang="ru">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><main><h1>{{ title }}</h1>{% crispy form %}</main></body>
</html>"""


class CrispyForm(forms.Form):
    """The same fields under the same names, with the same labels and help."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        choices = [(str(point), str(point)) for point in SCALE.values]
        hint = f"{HELP} {SCALE.low} — {LOW}, {SCALE.high} — {HIGH}"
        for code in CODES:
            self.fields[f"a.{code}"] = forms.ChoiceField(
                label=question_text(code), help_text=hint, choices=choices, widget=forms.RadioSelect
            )
        self.helper = FormHelper()
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("send", "Отправить"))


class CrispyPage:
    """The page; its template is compiled once, as Django's loaders do it."""

    def __init__(self) -> None:
        self._template = engines["django"].from_string(PAGE)

    def render(self, answers: Mapping[str, int]) -> str:
        form = CrispyForm(initial={f"a.{code}": str(point) for code, point in answers.items()})
        return self._template.render({"title": TITLE, "form": form})
