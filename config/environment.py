"""What the portal takes from the environment, and what it refuses to start without."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("PORTAL_VAR") or BASE_DIR / "var")
IS_PRODUCTION = os.environ.get("PORTAL_ENV", "local") == "production"


def required(name: str, local: str) -> str:
    """Value of `name`; in production it must be given, elsewhere `local` stands in."""
    value = os.environ.get(name, "")
    if value:
        return value
    if IS_PRODUCTION:
        raise ImproperlyConfigured(f"{name} must be set when PORTAL_ENV=production")
    return local


def secret_key() -> str:
    """The signing key: from the environment, or one made once and kept in the local var folder."""
    given = required("SECRET_KEY", local="")
    if given:
        return given
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        # Several processes may start at once: the first link wins, the others read it.
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()


def celery_broker(redis_url: str) -> str:
    """The same Redis in Celery's spelling: a unix socket is `redis+socket://…?virtual_host=N` there."""
    if not redis_url.startswith("unix://"):
        return redis_url
    path, _, query = redis_url.removeprefix("unix://").partition("?")
    return f"redis+socket://{path}?virtual_host={query.removeprefix('db=') or '0'}"
