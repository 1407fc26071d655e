"""Repair desk for jobs."""

from django.contrib import admin

from jobs.models import Job


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    list_display = ("title", "kind", "state", "attempts", "created_at", "finished_at")
    list_filter = ("state", "kind")
