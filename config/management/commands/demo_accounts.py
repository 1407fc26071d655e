"""`manage.py demo_accounts --json`: how to come in as each role of the demo."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo.district import demo_accounts


class Command(BaseCommand):
    help = "Prints the logins of the demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as a JSON list")

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("there are no demo accounts with PORTAL_ENV=production")
        accounts = list(demo_accounts())
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False))
            return
        for account in accounts:
            self.stdout.write("  ".join(account.values()))
