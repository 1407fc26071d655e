"""Paths of mentoring."""

from django.urls import path, register_converter

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.views import banks, district, imports, orders, pairings


class BankConverter:
    """«mentors» or «mentees» in a path."""

    regex = "mentors|mentees"

    def to_python(self, value: str) -> Bank:
        return Bank(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(BankConverter, "bank")

urlpatterns = [
    path("mentors/", banks.mentor_list, name="mentor_list"),
    path("mentees/", banks.mentee_list, name="mentee_list"),
    path("<bank:bank>/export/", banks.bank_export, name="bank_export"),
    path("<bank:bank>/print/", banks.bank_print, name="bank_print"),
    path("<bank:bank>/add/", banks.profile_add, name="profile_add"),
    path("<bank:bank>/<int:profile_id>/edit/", banks.profile_edit, name="profile_edit"),
    path("<bank:bank>/<int:profile_id>/leave/", banks.profile_leave, name="profile_leave"),
    path("<bank:bank>/import/", imports.import_start, name="import_start"),
    path("imports/<int:import_id>/", imports.import_detail, name="import_detail"),
    path("imports/<int:import_id>/map/", imports.import_map, name="import_map"),
    path("imports/<int:import_id>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:import_id>/discard/", imports.import_discard, name="import_discard"),
    path("people/<int:person_id>/", banks.person_detail, name="person_detail"),
    path("queue/", banks.mentee_queue, name="queue"),
    path("pairs/", pairings.pairing_list, name="pair_list"),
    path("pairs/export/", pairings.pairing_export, name="pair_export"),
    path("pairs/add/", pairings.pairing_propose, name="pair_propose"),
    path("pairs/<int:pairing_id>/", pairings.pairing_detail, name="pair_detail"),
    path("pairs/<int:pairing_id>/agree/", pairings.pairing_agree, name="pair_agree"),
    path("pairs/<int:pairing_id>/decline/", pairings.pairing_decline, name="pair_decline"),
    path("pairs/<int:pairing_id>/pause/", pairings.pairing_pause, name="pair_pause"),
    path("pairs/<int:pairing_id>/resume/", pairings.pairing_resume, name="pair_resume"),
    path("pairs/<int:pairing_id>/end/", pairings.pairing_end, name="pair_end"),
    path("pairs/<int:pairing_id>/extend/", pairings.pairing_extend, name="pair_extend"),
    path("pairs/<int:pairing_id>/replace/", pairings.pairing_replace, name="pair_replace"),
    path("orders/add/", orders.order_draft, name="order_draft"),
    path("orders/<int:order_id>/", orders.order_detail, name="order_detail"),
    path("orders/<int:order_id>/edit/", orders.order_edit, name="order_edit"),
    path("orders/<int:order_id>/recompose/", orders.order_recompose, name="order_recompose"),
    path("orders/<int:order_id>/send/", orders.order_send, name="order_send"),
    path("orders/<int:order_id>/take-back/", orders.order_take_back, name="order_take_back"),
    path("orders/<int:order_id>/discard/", orders.order_discard, name="order_discard"),
    path("orders/<int:order_id>/agree/", orders.order_agree, name="order_agree"),
    path("orders/<int:order_id>/return/", orders.order_return, name="order_return"),
    path("orders/<int:order_id>/sign/", orders.order_sign, name="order_sign"),
    path("my/", orders.my_page, name="my_page"),
    path("schools/", district.district_schools, name="district_schools"),
]
