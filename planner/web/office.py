"""The workbench of an office: on an address that others reach, for who has an account."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from planner.errors import InputError
from planner.locale import _
from planner.web.access import Access
from planner.web.throttle import Throttle

ANYWHERE: Final = frozenset({"0.0.0.0", "::"})
"""Addresses that stand for all of a machine."""
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
"""Addresses that only the machine itself reaches, such as a proxy on it."""


class OfficeAccess(Access):
    """Who may talk to the workbench of an office: browsers that have opened it by its address, once they signed in."""

    has_accounts = True

    def __init__(self, host: str, port: int, url: str) -> None:
        """Prepare access by `url`, the address that browsers use where it is not http://HOST:PORT, as behind a proxy.

        Raises InputError where it is none, or where nothing says which address browsers use.
        """
        super().__init__(port)
        if not url and host in ANYWHERE:
            raise InputError(
                _("Say with --url by which address browsers open it, such as https://diklat.example.go.id.")
            )
        shown = f"[{host}]" if ":" in host else host
        parts = urlsplit(url or f"http://{shown}:{port}")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise InputError(_("--url takes an address without a path, such as https://diklat.example.go.id."))
        self.scheme = parts.scheme
        self.names = (f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname,)
        self.hosts = frozenset({parts.netloc.lower()})
        self.by_account = Throttle()
        self.by_address = Throttle(20)

    @property
    def link(self) -> str:
        """The address of the workbench."""
        return f"{self.scheme}://{next(iter(self.hosts))}/"

    def enter(self, token: str) -> str | None:
        """Return None: no link opens the workbench of an office."""
        return None

    def is_visit(self, request: Any) -> bool:
        """Return whether somebody follows a link, such as one in a message, to look at a page in a window of its
        own."""
        told = request.META.get("HTTP_SEC_FETCH_MODE"), request.META.get("HTTP_SEC_FETCH_DEST")
        return request.method == "GET" and told == ("navigate", "document")

    def knows(self, request: Any) -> bool:
        """Return False: no cookie of a link opens the workbench of an office."""
        return False
