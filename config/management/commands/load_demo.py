"""`manage.py load_demo`: the fictional district; a second run changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo.district import is_loaded, load_district


class Command(BaseCommand):
    help = "Loads a fictional district: six organisations, about 300 people, two school years."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("the demo is never loaded with PORTAL_ENV=production")
        if is_loaded():
            self.stdout.write("The demo is there already.")
            return
        load_district(timezone.localtime(), lambda step: self.stdout.write(f"  {step}"))
        self.stdout.write("The demo is loaded.")
