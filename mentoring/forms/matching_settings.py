"""The form of the rules of matching: points per criterion, what comes first, the demand of training."""

from crispy_forms.layout import Column, Field, Fieldset, Layout, Row
from django import forms
from django.utils.html import format_html

from mentoring.domain.matching.values import CRITERION_LABELS, DEFAULT_WEIGHTS, Criterion, Objective
from mentoring.operations.matching_settings import MOST_WEIGHT
from mentoring.queries.matching_settings import MatchingRules
from people.access import Access
from people.forms.persons import helper

CRITERION_WORDS: dict[Criterion, str] = {
    Criterion.TOPICS: "сильные темы наставника отвечают запросам; важный запрос весит больше",
    Criterion.PREFERENCE: "один назвал другого после встречи — до половины баллов, оба назвали первыми — все",
    Criterion.SUBJECT: "у обоих есть общий предмет",
    Criterion.EXPERIENCE: "у наставника больше стаж (разница в пять лет — полный балл) и выше категория",
    Criterion.FORM: "наставник сам назвал ту форму, которая нужна",
    Criterion.HOURS: "у наставника есть час в неделю на каждого",
    Criterion.ORGANISATION: "оба из одной организации",
    Criterion.BALANCE: "чем больше мест у наставника свободно, тем больше баллов",
}
OBJECTIVE_WORDS: dict[Objective, tuple[str, str]] = {
    Objective.COVER: (
        "Наставник каждому",
        "Сначала пары получают как можно больше людей, затем самая слабая пара становится сильнее, затем сумма баллов.",
    ),
    Objective.SUM: (
        "Наибольшая сумма баллов",
        "Пары сильнее в целом, но слабых пар может оказаться больше.",
    ),
    Objective.STABLE: (
        "Прочные пары",
        "Не найдётся двоих, которые оба предпочли бы друг друга тем, кого получили.",
    ),
}


class MatchingSettingsForm(forms.Form):
    """Rules of matching; a field of points is named as its criterion."""

    objective = forms.ChoiceField(
        label="Что важнее",
        choices=[
            (objective.value, format_html("<strong>{}</strong><br>{}", *words))
            for objective, words in OBJECTIVE_WORDS.items()
        ],
        widget=forms.RadioSelect,
    )
    demands_training = forms.BooleanField(
        label="Наставник должен пройти подготовку",
        required=False,
        help_text="без отметки о подготовке наставника не предложим никому",
    )

    def __init__(self, *args: object, access: Access, rules: MatchingRules, **kwargs: object) -> None:
        super().__init__(*args, initial=_initial(rules), **kwargs)
        self.access = access
        for criterion, label in CRITERION_LABELS.items():
            self.fields[criterion.value] = forms.IntegerField(
                label=label[:1].upper() + label[1:],
                min_value=0,
                max_value=MOST_WEIGHT,
                help_text=f"{CRITERION_WORDS[criterion]}; обычно {DEFAULT_WEIGHTS[criterion]}",
            )
        points = [criterion.value for criterion in CRITERION_LABELS]
        rows = [Row(*(Column(name) for name in points[start : start + 2])) for start in range(0, len(points), 2)]
        self.helper = helper(
            Layout(
                Fieldset("Баллы за признаки, от 0 до 100", *rows),
                Field("objective", wrapper_class="choice-cards"),
                "demands_training",
            )
        )

    def weights(self) -> dict[Criterion, int]:
        return {criterion: self.cleaned_data[criterion.value] for criterion in CRITERION_LABELS}


def _initial(rules: MatchingRules) -> dict[str, object]:
    points = {criterion.value: weight for criterion, weight in rules.weights.items()}
    return {**points, "objective": rules.objective.value, "demands_training": rules.demands_training}
