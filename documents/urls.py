"""Paths about documents."""

from django.urls import path, re_path

from documents import views

urlpatterns = [
    path("documents/", views.document_register, name="document_list"),
    path("documents/export/", views.document_export, name="document_export"),
    re_path(
        r"^documents/(?P<document_id>\d+)/order\.(?P<file_format>pdf|docx)$",
        views.document_file,
        name="document_file",
    ),
    path("documents/<int:document_id>/files/", views.document_files, name="document_files"),
    path("documents/<int:document_id>/render/", views.document_render, name="document_render"),
    path("my/documents/<int:document_id>/", views.my_document, name="my_document"),
    path("my/documents/<int:document_id>/acquaint/", views.document_acquaint, name="document_acquaint"),
    path("settings/journals/", views.journal_list, name="journal_list"),
    path("settings/journals/add/", views.journal_edit, name="journal_add"),
    path("settings/journals/<int:journal_id>/", views.journal_edit, name="journal_edit"),
]
