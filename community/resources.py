"""The guests of a meeting as a spreadsheet."""

from collections.abc import Iterable

from import_export import fields, resources

from community.models import EventGuest
from people.spreadsheets import xlsx


class GuestResource(resources.Resource):
    """Who was invited and who came; rows are those of `guests_going_out`."""

    name = fields.Field(column_name="ФИО", attribute="person__full_name")
    post = fields.Field(column_name="Должность", attribute="person__post")
    class_name = fields.Field(column_name="Класс, группа", attribute="person__class_name")
    side = fields.Field(column_name="Сторона", attribute="get_side_display")
    came = fields.Field(column_name="Пришёл")
    marked_by = fields.Field(column_name="Кто отметил", attribute="get_marked_by_display")

    def dehydrate_came(self, guest: EventGuest) -> str:
        return "да" if guest.attended_at else "нет"


def guests_xlsx(guests: Iterable[EventGuest]) -> bytes:
    """The guests as the bytes of an .xlsx file."""
    return xlsx(GuestResource().export(guests))
