"""Paths of mentoring."""

from django.urls import path, register_converter

from mentoring.domain.bank_sheet.fields import Bank
from mentoring.views import (
    bank_analysis,
    banks,
    bans,
    district,
    imports,
    matching,
    matching_settings,
    orders,
    pairings,
    replies,
    sharing,
)


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
    path("mentors/<int:mentor_id>/approve/", banks.mentor_approve, name="mentor_approve"),
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
    path("pairs/ask/", replies.pair_ask_all, name="pair_ask_all"),
    path("pairs/<int:pairing_id>/ask/", replies.pair_ask, name="pair_ask"),
    path("pairs/<int:pairing_id>/people/<int:person_id>/willing/", replies.pair_willing, name="pair_willing"),
    path("pairs/<int:pairing_id>/people/<int:person_id>/unwilling/", replies.pair_unwilling, name="pair_unwilling"),
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
    path("matching/", bank_analysis.matching_now, name="matching_now"),
    path("matching/export/", bank_analysis.matching_export, name="matching_export"),
    path("matching/print/", bank_analysis.matching_print, name="matching_print"),
    path("matching/start/", matching.matching_start, name="matching_start"),
    path("matching/runs/", matching.matching_runs, name="run_list"),
    path("matching/runs/<int:run_id>/", matching.run_board, name="run_board"),
    path("matching/runs/<int:run_id>/mentors/", matching.run_mentors, name="run_mentors"),
    path("matching/runs/<int:run_id>/pin/", matching.run_pin, name="run_pin"),
    path("matching/runs/<int:run_id>/unpin/", matching.run_unpin, name="run_unpin"),
    path("matching/runs/<int:run_id>/ban/", matching.run_ban, name="run_ban"),
    path("matching/runs/<int:run_id>/undo/", matching.run_undo, name="run_undo"),
    path("matching/runs/<int:run_id>/accept/", matching.run_accept, name="run_accept"),
    path("matching/runs/<int:run_id>/compare/", matching.run_compare, name="run_compare"),
    path("matching/runs/<int:run_id>/export/", matching.run_export, name="run_export"),
    path("matching/runs/<int:run_id>/print/", matching.run_print, name="run_print"),
    path("matching/settings/", matching_settings.matching_settings, name="matching_settings"),
    path("matching/settings/usual/", matching_settings.matching_usual, name="matching_usual"),
    path("matching/bans/", bans.ban_list, name="ban_list"),
    path("matching/bans/export/", bans.ban_export, name="ban_export"),
    path("matching/bans/print/", bans.ban_print, name="ban_print"),
    path("matching/bans/add/", bans.ban_add, name="ban_add"),
    path("matching/bans/<int:ban_id>/lift/", bans.ban_lift, name="ban_lift"),
    path("matching/sharing/", sharing.sharing_list, name="sharing_list"),
    path("matching/sharing/export/", sharing.sharing_export, name="sharing_export"),
    path("matching/sharing/print/", sharing.sharing_print, name="sharing_print"),
    path("matching/sharing/ask/<int:mentor>/", sharing.sharing_ask, name="sharing_ask"),
    path("matching/sharing/withdraw/<int:request_id>/", sharing.sharing_withdraw, name="sharing_withdraw"),
    path("matching/sharing/<int:request_id>/", sharing.sharing_answer, name="sharing_answer"),
    path("matching/sharing/<int:request_id>/agree/", sharing.sharing_agree, name="sharing_agree"),
    path("matching/sharing/<int:request_id>/refuse/", sharing.sharing_refuse, name="sharing_refuse"),
    path("my/", orders.my_page, name="my_page"),
    path("my/pairs/<int:pairing_id>/", replies.my_pair, name="my_pair"),
    path("my/pairs/<int:pairing_id>/agree/", replies.my_pair_agree, name="my_pair_agree"),
    path("my/pairs/<int:pairing_id>/refuse/", replies.my_pair_refuse, name="my_pair_refuse"),
    path("schools/", district.district_schools, name="district_schools"),
]
