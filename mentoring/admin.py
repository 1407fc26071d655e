"""Repair desk for the banks; pairings and orders are changed by orders alone."""

from django.contrib import admin

from mentoring.models import MenteeProfile, MentorProfile

admin.site.register([MentorProfile, MenteeProfile])
