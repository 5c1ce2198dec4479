"""Requests that have begun are answered to the end, also when the browser has left meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

type Message = dict[str, Any]
type Application = Callable[[Any, Any, Any], Awaitable[None]]


def to_the_end(application: Application) -> Application:
    """Return the application, which hears that a browser has left only once it has begun to answer.

    A view runs in a thread, which nothing stops. Where Django hears of it earlier it ends the request beside the thread
    that still answers it: at the wrong moment what closes the request is sent to the thread's own queue, which has
    ended ("CurrentThreadExecutor already quit or is broken"). What is streamed ends as soon as the browser has left.
    """

    async def answered(scope: Any, receive: Callable[[], Awaitable[Message]], send: Any) -> None:
        begun, is_read = asyncio.Event(), False

        async def heard() -> Message:
            nonlocal is_read
            if is_read:
                await begun.wait()
            message = await receive()
            is_read = is_read or not message.get("more_body", False)
            return message

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.set()
            await send(message)

        await application(scope, heard, said)

    return answered
