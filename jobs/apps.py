"""Registers the app under its Russian name."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Фоновые задания"
