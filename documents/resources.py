"""Export of the register of documents."""

from import_export import fields, resources

from documents.models import Document
from people.spreadsheets import xlsx


class RegisterResource(resources.Resource):
    """The register as a journal on paper has it."""

    number = fields.Field(column_name="Номер", attribute="number")
    issued_on = fields.Field(column_name="Дата")
    kind = fields.Field(column_name="Вид", attribute="get_kind_display")
    heading = fields.Field(column_name="Заголовок", attribute="heading")
    signer = fields.Field(column_name="Подписал", attribute="signer_name")
    state = fields.Field(column_name="Состояние", attribute="get_state_display")
    acquainted = fields.Field(column_name="Ознакомлены")

    def dehydrate_issued_on(self, document: Document) -> str:
        return f"{document.issued_on:%d.%m.%Y}" if document.issued_on else ""

    def dehydrate_acquainted(self, document: Document) -> str:
        return f"{document.acquainted} из {document.named}" if document.named else ""


def register_xlsx(documents: list[Document]) -> bytes:
    """Documents read by `queries.document_list` as the bytes of an .xlsx file."""
    return xlsx(RegisterResource().export(documents))
