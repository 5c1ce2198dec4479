"""A browser that leaves while its request is answered."""

from __future__ import annotations

import asyncio
from typing import Any

from django.core.handlers.asgi import ASGIHandler

from planner.web.to_the_end import Application, to_the_end
from tests.unit.web.conftest import Desk

LEFT = {"type": "http.disconnect"}


def asked(application: Application, path: str, *parts: dict[str, Any]) -> list[str]:
    """The kinds of messages that are sent to a browser that leaves as soon as it has sent its request."""
    sent: list[str] = []
    coming = iter(parts)

    async def receive() -> dict[str, Any]:
        return next(coming, LEFT)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message["type"])

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8765")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8765),
        "http_version": "1.1",
    }

    async def served() -> None:
        await application(scope, receive, send)

    asyncio.run(served())
    return sent


def test_django_answers_before_it_hears_that_the_browser_has_left(desk: Desk) -> None:
    empty = {"type": "http.request", "body": b"", "more_body": False}
    assert asked(ASGIHandler(), "/", empty) == [], "Django no longer ends such requests: this wrapper may go"
    assert asked(to_the_end(ASGIHandler()), "/", empty)[0] == "http.response.start"


def test_a_request_that_is_not_sent_whole_ends_at_once(desk: Desk) -> None:
    half = {"type": "http.request", "body": b"x", "more_body": True}
    assert asked(to_the_end(ASGIHandler()), "/", half) == []


def test_what_is_streamed_ends_when_the_browser_has_left() -> None:
    heard: list[str] = []

    async def streaming(_scope: Any, receive: Any, send: Any) -> None:
        heard.append((await receive())["type"])
        await send({"type": "http.response.start"})
        heard.append((await receive())["type"])

    assert asked(to_the_end(streaming), "/", {"type": "http.request"}) == ["http.response.start"]
    assert heard == ["http.request", "http.disconnect"]
