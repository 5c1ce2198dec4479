"""Who may talk to the workbench: this machine's browser, opened by a link that works once.

Every request is checked for the host it names, for where it comes from, and for the cookie that the link gave. Other
pages of the same browser can reach a port of this machine; none of theirs passes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from threading import Lock
from typing import Any, Final

from planner.locale import _

ENTRY: Final = "/masuk"
"""Path of the link that opens the workbench."""
UNSAFE: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})

Refusal = str
"""Why a request is refused, as a sentence."""


class Access:
    """The key of one running workbench, and the links that hand it out."""

    has_accounts = False
    """Whether users sign in with accounts; else the link is enough."""
    scheme = "http"
    names: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    """Names of the machine that the workbench answers to."""

    def __init__(self, port: int, tell: Callable[[str], None] = lambda link: None) -> None:
        self.hosts = frozenset(f"{name}:{port}" for name in self.names)
        self.cookie = f"planner-{port}"  # browsers do not keep the cookies of two ports apart
        self._port, self._tell = port, tell
        self._key = secrets.token_urlsafe(32)
        self._token = secrets.token_urlsafe(24)
        self._changing = Lock()

    @property
    def link(self) -> str:
        """The link that opens the workbench, once."""
        return f"http://127.0.0.1:{self._port}{ENTRY}?token={self._token}"

    def enter(self, token: str) -> str | None:
        """Return the cookie for a `token` that has not been used; None for any other. A new link is told when one is
        used."""
        with self._changing:
            if not secrets.compare_digest(token.encode(), self._token.encode()):
                return None
            self._token = secrets.token_urlsafe(24)
        self._tell(self.link)
        return self._key

    def refusal(self, request: Any) -> Refusal | None:
        """Return why a request is refused whoever sends it; None where it is not."""
        host = request.META.get("HTTP_HOST", "")
        if host not in self.hosts:
            return _("This address is not that of the workbench.")
        site = request.META.get("HTTP_SEC_FETCH_SITE", "")
        if site not in ("", "same-origin", "none") and not self.is_visit(request):
            return _("Another page has sent this request. Open the workbench itself.")
        origin = request.META.get("HTTP_ORIGIN", "")
        if origin and origin != f"{self.scheme}://{host}":
            return _("Another page has sent this request. Open the workbench itself.")
        if request.method in UNSAFE and not origin and site != "same-origin":
            return _("The browser does not say which page has sent this request.")
        return None

    def is_visit(self, request: Any) -> bool:
        """Return whether somebody follows a link from elsewhere, where that is welcome."""
        return False

    def knows(self, request: Any) -> bool:
        """Return whether the request has the cookie of this workbench."""
        return secrets.compare_digest(request.COOKIES.get(self.cookie, "").encode(), self._key.encode())
