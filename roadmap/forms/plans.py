"""Forms about a plan: starting one, its head, its approval, a document to read."""

from crispy_forms.layout import Column, Layout, Row
from django import forms

from people.access import Access
from people.domain.refusal import RefusedError
from people.domain.school_year import SchoolYear
from people.forms.fields import DayField
from people.forms.persons import helper
from people.models import Organisation
from roadmap.domain.wording import ACT_LABELS, APPROVAL_LABELS
from roadmap.models import Measure, Roadmap
from roadmap.operations.plans import demand_period
from roadmap.patterns import patterns
from roadmap.queries.district import schools_below

LARGEST_UPLOAD = 20 * 1024 * 1024
READABLE = ".docx,.doc,.odt,.rtf,.pdf,.html,.htm,.txt"


class RoadmapUploadForm(forms.Form):
    """A roadmap as a document."""

    file = forms.FileField(
        label="Файл",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": READABLE}),
        help_text="Word (.docx, .doc), PDF с текстом, .odt, .rtf, .html или .txt, не больше 20 МБ",
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper()

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(f"Файл занимает {file.size / 1024 / 1024:.0f} МБ, а можно не больше 20 МБ.")
        return file


class PatternForm(forms.Form):
    """Which built-in plan, and for which school year."""

    pattern = forms.ChoiceField(label="Образец", widget=forms.RadioSelect)
    year = forms.ChoiceField(label="Начало — учебный год")

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        year = SchoolYear.of(access.today)
        self.fields["pattern"].choices = [(each.key, f"{each.name}. {each.about}") for each in patterns()]
        years = [SchoolYear(start) for start in (year.start, year.start + 1)]
        self.fields["year"].choices = [(str(each.start), str(each)) for each in years]
        self.helper = helper()


class RoadmapForm(forms.Form):
    """The title and the period of a plan."""

    title = forms.CharField(label="Название", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    starts_on = DayField(label="Действует с")
    ends_on = DayField(label="по")

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper(Layout("title", Row(Column("starts_on"), Column("ends_on"))))

    def clean(self) -> dict[str, object]:
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last:
            try:
                demand_period(first, last)
            except RefusedError as refusal:
                self.add_error("ends_on", str(refusal))
        return values


STAMP_FIELDS = ("kind", "body", "act", "number", "date", "person")


class StampForm(forms.Form):
    """One stamp of the title page; a line without kind and body is left out."""

    kind = forms.ChoiceField(
        label="Гриф", required=False, choices=[("", "—"), *((key, label) for key, label in APPROVAL_LABELS.items())]
    )
    body = forms.CharField(label="Кто", max_length=300, required=False)
    person = forms.CharField(label="Подпись", max_length=200, required=False)
    act = forms.ChoiceField(label="Документ", required=False, choices=[("", "—"), *ACT_LABELS.items()])
    number = forms.CharField(label="Номер", max_length=60, required=False)
    date = DayField(label="Дата", required=False)

    def stamp(self) -> dict[str, str | None] | None:
        values = {name: self.cleaned_data.get(name) or None for name in STAMP_FIELDS}
        if not values["kind"]:
            return None
        return values | {"date": values["date"].isoformat() if values["date"] else None}


StampFormSet = forms.formset_factory(StampForm, extra=2, max_num=12)


class ApprovalForm(forms.Form):
    """What the approving order carries along, and which measures it carries out."""

    with_regulation = forms.BooleanField(
        label="утвердить этим же приказом и Положение о наставничестве (приложение № 1)",
        required=False,
        help_text="образец Положения можно править в проекте приказа",
    )
    measures = forms.ModelMultipleChoiceField(
        queryset=Measure.objects.none(),
        label="Какие мероприятия выполняет сам этот приказ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, access: Access, roadmap: Roadmap, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        own = Measure.objects.visible_to(access).filter(roadmap=roadmap, capabilities__contains=["K01"])
        self.fields["measures"].queryset = own.in_order()
        about_plan = own.filter(capabilities__contains=["K31"])
        self.fields["measures"].initial = list(about_plan.values_list("pk", flat=True))
        self.fields["with_regulation"].initial = not access.organisation.regulation
        self.helper = helper()


class HandDownForm(forms.Form):
    """Which schools a measure is handed down to."""

    schools = forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(), label="Школы", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, access: Access, there: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        ids = [school.pk for school in schools_below(access) if school.pk not in there]
        schools = Organisation.objects.visible_to(access).filter(pk__in=ids).order_by("short_name", "pk")
        self.fields["schools"].queryset = schools
        self.fields["schools"].initial = ids
        self.helper = helper()
