"""Django settings of the portal; everything that differs between machines comes from the environment."""

import os
from datetime import timedelta

import dj_database_url
import pgtrigger
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF

from config.environment import BASE_DIR, IS_PRODUCTION, VAR_DIR, celery_broker, required, secret_key

SECRET_KEY = secret_key()
# What was sealed or linked with a former key still opens.
SECRET_KEY_FALLBACKS = os.environ.get("FORMER_SECRET_KEYS", "").split()
DEBUG = False
ALLOWED_HOSTS = required("ALLOWED_HOSTS", local="127.0.0.1,localhost,[::1],testserver").split(",")
PORTAL_URL = required("PORTAL_URL", local=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
DEMO_ALLOWED = not IS_PRODUCTION

INSTALLED_APPS = [
    "config",
    "people",
    "jobs",
    "documents",
    "mentoring",
    "surveys",
    "community",
    "roadmap",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "import_export",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "people.middleware.CleanTextMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "people.middleware.LinkSafeHistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {
    "default": dj_database_url.parse(
        required("DATABASE_URL", local="postgresql:///portal"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In PostgreSQL, so that pages and rate limits work while Redis is down.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"},
}

REDIS_URL = required("REDIS_URL", local="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = celery_broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 1800
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # Nobody waits for a broker that is down: the sweep queues the job later.
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TIMEZONE = "Europe/Moscow"
CELERY_BEAT_SCHEDULE = {
    "requeue lost jobs": {"task": "jobs.periodic.requeue_lost", "schedule": timedelta(seconds=10)},
    "bring acts into force": {
        "task": "documents.periodic.bring_acts_into_force",
        "schedule": timedelta(minutes=5),
    },
    "bring orders into force": {
        "task": "mentoring.periodic.bring_orders_into_force",
        "schedule": timedelta(minutes=5),
    },
    "agree pairings": {"task": "mentoring.periodic.agree_pairings", "schedule": timedelta(minutes=5)},
    "send letters about proposals": {
        "task": "mentoring.periodic.send_waiting_letters",
        "schedule": timedelta(minutes=5),
    },
    "look for evidence": {"task": "roadmap.periodic.refresh_touched", "schedule": timedelta(seconds=30)},
    "look for all evidence": {"task": "roadmap.periodic.refresh_everything", "schedule": crontab(hour=1, minute=10)},
    "remind": {"task": "roadmap.periodic.remind", "schedule": timedelta(minutes=30)},
    "delete old roadmap uploads": {
        "task": "roadmap.periodic.delete_old_uploads",
        "schedule": timedelta(hours=6),
    },
    "delete old uploads": {"task": "mentoring.periodic.delete_old_uploads", "schedule": timedelta(hours=6)},
    "send survey letters": {"task": "surveys.periodic.send_waiting", "schedule": timedelta(minutes=5)},
    "remind of surveys": {"task": "surveys.periodic.remind", "schedule": timedelta(minutes=30)},
    "close surveys": {"task": "surveys.periodic.close_overdue", "schedule": timedelta(minutes=5)},
}

# One trigger call a statement, not a row: an import of thousands keeps its history at the same price.
PGHISTORY_LEVEL = pgtrigger.Statement

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "people.backends.PersonalLinkBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_FORMS = {"login": "people.forms.login.LoginForm"}
ACCOUNT_ADAPTER = "people.backends.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Behind the reverse proxy the visitor's address is the last one it forwards.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_PRODUCTION else 0
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "personal_link": "20/m/ip",
    "signature": "10/5m/user",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 14 * 24 * 3600

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if IS_PRODUCTION
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "portal@localhost")

LANGUAGE_CODE = "ru"
TIME_ZONE = "Europe/Moscow"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", BASE_DIR / "node_modules" / "bootstrap" / "dist" / "css"),
    ("fonts/golos", BASE_DIR / "node_modules" / "@fontsource" / "golos-text" / "files"),
    ("fonts/tinos", BASE_DIR / "node_modules" / "@fontsource" / "tinos" / "files"),
]
ICONS_DIR = BASE_DIR / "node_modules" / "bootstrap-icons" / "icons"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"links": {"()": "config.link_mask.LinkMask"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
