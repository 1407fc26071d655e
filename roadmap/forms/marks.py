"""Forms of marks: done, with a proof; not needed, with a reason."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.files.uploadedfile import UploadedFile

from documents.models import FROZEN, Document
from people.access import Access
from people.domain.signatures import PROGRAM, name_by_signature
from people.forms.fields import DayField
from people.forms.persons import helper
from roadmap.models import Occurrence
from roadmap.operations.marks import Proof

LARGEST_PROOF = 20 * 1024 * 1024
KINDS_OF_PROOF = ".pdf,.docx,.doc,.xlsx,.xls,.odt,.ods,.jpg,.jpeg,.png,.txt,.zip,.pptx"


PROOFS = "Загрузите PDF, документ Word, таблицу, презентацию, картинку, текст или архив ZIP."


def _is_program(file: UploadedFile) -> bool:
    start = file.read(16)
    file.seek(0)
    return name_by_signature(start) == PROGRAM


class DocumentChoice(forms.ModelChoiceField):
    """A signed document by number, day and heading."""

    def label_from_instance(self, document: Document) -> str:
        return f"{document.title_number} от {document.issued_on:%d.%m.%Y} — {document.heading}"[:160]


class ProofForm(forms.Form):
    """What shows that a measure is done."""

    words = forms.CharField(label="Что сделано", max_length=500, required=False)
    happened_on = DayField(label="Когда")
    document = DocumentChoice(
        queryset=Document.objects.none(), label="Документ из реестра", required=False, empty_label="без документа"
    )
    file = forms.FileField(
        label="Файл",
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": KINDS_OF_PROOF}),
        help_text="скан, фотография или таблица, не больше 20 МБ",
    )

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        signed = Document.objects.visible_to(access).filter(state__in=FROZEN).defer("paper", "preamble", "points")
        self.fields["document"].queryset = signed.order_by("-issued_on", "-pk")
        self.fields["happened_on"].initial = access.today
        self.helper = helper(Layout("words", Row(Column("happened_on"), Column("document")), "file"))

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_PROOF:
            raise forms.ValidationError(f"Файл занимает {file.size / 1024 / 1024:.0f} МБ, а можно не больше 20 МБ.")
        if file and (not file.name.lower().endswith(tuple(KINDS_OF_PROOF.split(","))) or _is_program(file)):
            raise forms.ValidationError("Такой файл подтвердить выполнение не может. " + PROOFS)
        return file

    def clean(self) -> dict[str, object]:
        values = super().clean()
        if not (values.get("words") or values.get("document") or values.get("file") or self.errors):
            raise forms.ValidationError("Напишите, что сделано, приложите файл или выберите документ.")
        return values

    def proof(self) -> Proof:
        values = self.cleaned_data
        file, document = values["file"], values["document"]
        return Proof(
            words=values["words"],
            happened_on=values["happened_on"],
            filename=file.name if file else "",
            content=file.read() if file else b"",
            document_id=document.pk if document else None,
        )


class OccurrenceChoice(forms.ModelMultipleChoiceField):
    """Occurrences by the number and title of their measures."""

    def label_from_instance(self, row: Occurrence) -> str:
        until = f" — до {row.ends_on:%d.%m.%Y}" if row.ends_on else ""
        return f"{row.measure.number} {row.measure.short_title}{until}".strip()


class SeveralForm(ProofForm):
    """Several measures by one proof."""

    occurrences = OccurrenceChoice(
        queryset=Occurrence.objects.none(), label="Мероприятия", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, access: Access, roadmap_id: int, **kwargs: object) -> None:
        super().__init__(*args, access=access, **kwargs)
        rows = Occurrence.objects.visible_to(access).unfinished().filter(measure__roadmap_id=roadmap_id)
        rows = rows.filter(opens_on__lte=access.today).select_related("measure")
        self.fields["occurrences"].queryset = rows.in_order()
        self.helper = helper(Layout("occurrences", "words", Row(Column("happened_on"), Column("document")), "file"))


class ReasonForm(forms.Form):
    """Why a measure is not needed."""

    reason = forms.CharField(label="Почему не требуется", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: object, access: Access, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.helper = helper()
