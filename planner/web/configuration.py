"""Django's settings, made for one workbench. They hold for the process, which does nothing else."""

from __future__ import annotations

import logging
import secrets
import warnings
from pathlib import Path
from typing import Any, Final

from planner.store.run_folders import RUNS
from planner.web.bench import Bench
from planner.web.records.tables import database_of

POLICY: Final = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'", "data:"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
"""What pages may load and where they may send: from and to the workbench alone."""


def database(bench: Bench) -> dict[str, Any]:
    """Django's settings of the database of `bench`."""
    return database_of(bench.database, bench.workspace.results / RUNS)


def configure(bench: Bench) -> Any:
    """Set Django up for `bench` and return the ASGI application. Once per process."""
    import django
    from django.conf import settings

    settings.configure(
        WORKBENCH=bench,
        ALLOWED_HOSTS=["127.0.0.1", "localhost", "[::1]"],
        SECRET_KEY=secrets.token_urlsafe(48),
        ROOT_URLCONF="planner.web.addresses",
        INSTALLED_APPS=[
            "django.contrib.staticfiles",
            "django_htmx",
            "js_lib_tabulator",
            "planner.web.records.apps.Records",
        ],
        DATABASES={"default": database(bench)},
        MIDDLEWARE=[
            "planner.web.middleware.headers",
            "planner.web.middleware.language",
            "planner.web.middleware.guard",
            "planner.web.middleware.user",
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.csp.ContentSecurityPolicyMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
        ],
        SECURE_CSP=POLICY,
        SECURE_REFERRER_POLICY="same-origin",
        SECURE_CROSS_ORIGIN_OPENER_POLICY="same-origin",
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_COOKIE_SAMESITE="Strict",
        CSRF_COOKIE_NAME=f"{bench.access.cookie}-form",
        STATIC_URL="/static/",
        STATICFILES_DIRS=[Path(__file__).parent / "static"],
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=False,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=20_000,
        DATA_UPLOAD_MAX_MEMORY_SIZE=12 * 1024 * 1024,
        USE_I18N=False,
        USE_TZ=True,
        DEFAULT_CHARSET="utf-8",
        LOGGING_CONFIG=None,
    )
    # Static files are small and come from memory of the system: that they are read before they are sent is all right.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    logging.getLogger("django.request").setLevel(logging.ERROR)  # what was asked wrongly is said on the page
    django.setup()
    from django.core.asgi import get_asgi_application

    return get_asgi_application()
