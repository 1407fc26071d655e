"""Paths about people; those of an organisation start with its address."""

from django.urls import path

from people.views import consents, links, members, organisations, persons

urlpatterns = [
    path("people/add/", persons.person_add, name="person_add"),
    path("people/<int:person_id>/edit/", persons.person_edit, name="person_edit"),
    path("people/<int:person_id>/cases/", persons.person_cases, name="person_cases"),
    path("people/<int:person_id>/cases/<str:part>/", persons.person_cases_correct, name="person_cases_correct"),
    path("people/<int:person_id>/consents/add/", consents.consent_record, name="consent_record"),
    path("people/<int:person_id>/consents/<str:purpose>/paper/", consents.consent_paper, name="consent_paper"),
    path("people/<int:person_id>/link/send/", links.link_send, name="link_send"),
    path("people/<int:person_id>/link/revoke/", links.link_revoke, name="link_revoke"),
    path("consents/", consents.consent_list, name="consent_list"),
    path("consents/<int:consent_id>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("links/", links.link_sheet, name="link_sheet"),
    path("my/consents/<str:purpose>/", consents.my_consent, name="my_consent"),
    path("my/consents/<str:purpose>/sign/", consents.my_consent_sign, name="my_consent_sign"),
    path("my/consents/<str:purpose>/withdraw/", consents.my_consent_withdraw, name="my_consent_withdraw"),
    path("settings/", organisations.organisation_settings, name="organisation_settings"),
    path("settings/members/", members.member_list, name="member_list"),
    path("settings/members/<int:membership_id>/revoke/", members.member_revoke, name="member_revoke"),
    path("settings/head/", organisations.head_appoint, name="head_appoint"),
]
