"""Django's settings, made for one workbench. They hold for the process, which does nothing else."""

from __future__ import annotations

import logging
import secrets
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.store.run_folders import RUNS
from planner.web.records.tables import database_of
from planner.web.to_the_end import to_the_end

if TYPE_CHECKING:
    from planner.web.access import Access
    from planner.web.bench import Bench

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


LONGEST_SESSION: Final = 8 * 3600
"""After how long an account has to sign in again [s]."""
_BEFORE: Final = tuple(f"planner.web.middleware.{each}" for each in ("headers", "language", "memory", "guard"))
_MIDDLE: Final = (
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
)
_SIGNING_IN: Final = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "planner.web.middleware.account",
)
_LAST: Final = "django_htmx.middleware.HtmxMiddleware"
_ACCOUNTS: Final = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "planner.web.accounts.apps.Accounts",
)


def database(bench: Bench) -> dict[str, Any]:
    """Return Django's settings of the database of `bench`."""
    return database_of(bench.database, bench.workspace.results / RUNS)


def middleware(access: Access) -> list[str]:
    """Return what every request passes, in order."""
    users = _SIGNING_IN if access.has_accounts else ("planner.web.middleware.user",)
    return [*_BEFORE, *_MIDDLE, *users, _LAST]


def configure(bench: Bench, accounts: bool | None = None) -> Any:
    """Set Django up for `bench` and return the ASGI application. Once per process.

    `accounts`: whether the tables of accounts are at hand; usually where users sign in.
    """
    access = bench.access
    secure = access.scheme == "https"
    _set_up(
        {"default": database(bench)},
        access.has_accounts if accounts is None else accounts,
        WORKBENCH=bench,
        ALLOWED_HOSTS=list(access.names),
        ROOT_URLCONF="planner.web.addresses",
        MIDDLEWARE=middleware(access),
        SECURE_CSP=POLICY,
        SECURE_REFERRER_POLICY="same-origin",
        SECURE_CROSS_ORIGIN_OPENER_POLICY="same-origin",
        CSRF_FAILURE_VIEW="planner.web.addresses.form_refused",
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_COOKIE_SAMESITE="Strict",
        CSRF_COOKIE_SECURE=secure,
        CSRF_COOKIE_NAME=f"{access.cookie}-form",
        CSRF_TRUSTED_ORIGINS=[f"{access.scheme}://{host}" for host in access.hosts],
        SESSION_COOKIE_NAME=f"{access.cookie}-session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",  # so that a link in a message opens its page; forms have a token
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_AGE=LONGEST_SESSION,
        SESSION_EXPIRE_AT_BROWSER_CLOSE=True,
        STATIC_URL="/static/",
        STATICFILES_DIRS=[Path(__file__).parent / "static"],
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=False,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=20_000,
        DATA_UPLOAD_MAX_MEMORY_SIZE=12 * 1024 * 1024,
        DEFAULT_CHARSET="utf-8",
    )
    from django.core.asgi import get_asgi_application

    return to_the_end(get_asgi_application())


def configure_database(results: Path, url: str) -> None:
    """Set Django up for the tables alone, those of accounts too. Once per process, for a command."""
    _set_up({"default": database_of(url, results.absolute() / RUNS)}, accounts=True)


def _set_up(databases: dict[str, Any], accounts: bool, **more: Any) -> None:
    import django
    from django.conf import settings

    settings.configure(
        DATABASES=databases,
        INSTALLED_APPS=[
            *(_ACCOUNTS if accounts else ()),
            "django.contrib.staticfiles",
            "django_htmx",
            "js_lib_tabulator",
            "planner.web.records.apps.Records",
        ],
        SECRET_KEY=secrets.token_urlsafe(48),
        USE_I18N=False,
        USE_TZ=True,
        LOGGING_CONFIG=None,
        **more,
    )
    # Static files are small and come from memory of the system: that they are read before they are sent is all right.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    logging.getLogger("django.request").setLevel(logging.ERROR)  # what was asked wrongly is said on the page
    django.setup()
