"""Repair desk for journals; signed documents have none: they do not change."""

from django.contrib import admin

from documents.models import Journal

admin.site.register(Journal)
