"""`python -m bench [imports papers lists workers roadmaps surveys matching]`: prints each figure beside its reference.

Needs DATABASE_URL and REDIS_URL (`make bench` gives them); makes a database of its own and drops it.
"""

import os
import sys
from importlib import import_module
from urllib.parse import urlsplit

import django
import psycopg2

MEASURES = ("imports", "papers", "lists", "workers", "roadmaps", "surveys", "matching")
DATABASE = f"bench_{os.getpid()}"


def main(wanted: list[str]) -> None:
    server = os.environ["DATABASE_URL"]
    _on_server(server, f"CREATE DATABASE {DATABASE}")
    try:
        os.environ["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{DATABASE}").geturl()
        _measure(wanted or list(MEASURES))
    finally:
        _on_server(server, f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _on_server(server: str, command: str) -> None:
    connection = psycopg2.connect(server)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(command)
    finally:
        connection.close()


def _measure(wanted: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    # Django has to be set up before anything else of ours is imported.
    settings = import_module("django.conf").settings
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # signing is not measured here
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    import_module("config.celery").app.loader.import_default_modules()  # the table of jobs, as in a worker
    manage = import_module("django.core.management").call_command
    manage("migrate", verbosity=0)
    manage("createcachetable")
    print(import_module("bench.timing").HEADING)
    for name in wanted:
        for figure in import_module(f"bench.{name}").measure():
            print(figure.line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
