"""`GET /healthz`: the state of database, broker and worker."""

import redis
from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from kombu.exceptions import OperationalError

WORKER_ANSWERS_WITHIN = 1.5  # seconds


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _worker() -> bool:
    try:
        answers = current_app.control.broadcast("ping", reply=True, limit=1, timeout=WORKER_ANSWERS_WITHIN)
    except (OperationalError, redis.RedisError, OSError):
        return False
    return bool(answers)


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all three answer, 503 when one is missing."""
    broker = _broker()
    state = {"database": _database(), "broker": broker, "worker": broker and _worker()}
    words = {name: "ok" if is_up else "missing" for name, is_up in state.items()}
    return JsonResponse(words, status=200 if all(state.values()) else 503)
