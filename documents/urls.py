"""Paths about documents."""

from django.urls import path, re_path

from documents.views import acts, journals, register

urlpatterns = [
    path("documents/", register.document_register, name="document_list"),
    path("documents/export/", register.document_export, name="document_export"),
    re_path(
        r"^documents/(?P<document_id>\d+)/order\.(?P<file_format>pdf|docx)$",
        register.document_file,
        name="document_file",
    ),
    path("documents/<int:document_id>/files/", register.document_files, name="document_files"),
    path("documents/<int:document_id>/render/", register.document_render, name="document_render"),
    path("my/documents/<int:document_id>/", register.my_document, name="my_document"),
    path("my/documents/<int:document_id>/acquaint/", register.document_acquaint, name="document_acquaint"),
    path("acts/add/", acts.act_new, name="act_new"),
    path("acts/<int:act_id>/", acts.act_detail, name="act_detail"),
    path("acts/<int:act_id>/edit/", acts.act_edit, name="act_edit"),
    path("acts/<int:act_id>/send/", acts.act_send, name="act_send"),
    path("acts/<int:act_id>/take-back/", acts.act_take_back, name="act_take_back"),
    path("acts/<int:act_id>/discard/", acts.act_discard, name="act_discard"),
    path("acts/<int:act_id>/agree/", acts.act_agree, name="act_agree"),
    path("acts/<int:act_id>/return/", acts.act_return, name="act_return"),
    path("acts/<int:act_id>/sign/", acts.act_sign, name="act_sign"),
    path("settings/journals/", journals.journal_list, name="journal_list"),
    path("settings/journals/add/", journals.journal_edit, name="journal_add"),
    path("settings/journals/<int:journal_id>/", journals.journal_edit, name="journal_edit"),
]
