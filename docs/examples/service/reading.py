"""Reading: what a client sends is bounded, and is one JSON text with each field once."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

from cmappraisal import DecodingError, Problem, ProblemCode
from cmappraisal.interop.json_texts import parsed
from service.answers import details

MAXIMUM_BODY = 1_000_000
"""The most bytes that a client may send at once."""


class CheckedRequest(Request):
    """A request whose body is read no further than is allowed, and by the library's own reader.

    Python's reader takes NaN, and of a field that is there twice it takes the last.
    """

    async def body(self) -> bytes:
        """The bytes that were sent."""
        if not hasattr(self, "_body"):
            read = bytearray()
            async for chunk in self.stream():
                read += chunk
                if len(read) > MAXIMUM_BODY:
                    raise HTTPException(413, f"more than {MAXIMUM_BODY} bytes")
            self._body = bytes(read)
        return self._body

    async def json(self) -> Any:
        """The data that was sent."""
        try:
            return parsed((await self.body()).decode())
        except UnicodeDecodeError as error:
            problem = Problem("$", ProblemCode.MALFORMED, f"no UTF-8: {error.reason}")
            raise HTTPException(422, details([problem])) from None
        except DecodingError as error:
            raise HTTPException(422, details(error.problems)) from None


class CheckedRoute(APIRoute):
    """A route whose requests are checked."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        handle = super().get_route_handler()

        async def handle_checked(request: Request) -> Response:
            return await handle(CheckedRequest(request.scope, request.receive))

        return handle_checked
