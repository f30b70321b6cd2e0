"""The server: a FastAPI parent with health check and API, the chat mounted at /, security headers on everything."""

import os
import socket
import sys
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported: no look-ups on the network, ever

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import YanjuError
from rag.assistant import Assistant
from rag.settings import Settings
from ui.api import build_router
from ui.chat import mount_chat

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; object-src 'none'; "
    "base-uri 'self'; frame-ancestors 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
MESSAGES = {404: ("not_found", "没有这个地址"), 405: ("method_not_allowed", "不支持这种请求方法")}


class SecurityHeaders:
    """Adds HEADERS to every response. Pure ASGI: it buffers nothing, so streams stay streams."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in HEADERS}
                kept = [(n, v) for n, v in message.get("headers", []) if n.lower() not in names]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def create_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """Return the whole application. Own routes come before the chat, which answers for everything else."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def health() -> dict[str, Any]:
        return {"status": "ok", "reports": len(assistant.documents())}

    app.include_router(build_router(assistant, settings))

    @app.api_route("/api/{path:path}", methods=["GET", "POST", "PUT", "DELETE", "PATCH"], include_in_schema=False)
    def unknown(path: str) -> None:
        raise HTTPException(405 if path == "ask" else 404)

    @app.exception_handler(HTTPException)
    async def problem(request: Request, error: HTTPException) -> JSONResponse:
        code, message = MESSAGES.get(error.status_code, ("error", "请求没有成功"))
        return JSONResponse({"error": code, "message": message}, error.status_code)

    @app.exception_handler(YanjuError)
    async def failure(request: Request, error: YanjuError) -> JSONResponse:
        return JSONResponse({"error": "unavailable", "message": str(error)}, 503)

    mounted = mount_chat(app, assistant)
    # Gradio reflects any origin on hosts that are not local, unless its parent decides: no origin but our own.
    mounted.add_middleware(CORSMiddleware, allow_origins=[])
    mounted.add_middleware(SecurityHeaders)
    return mounted


def serve(assistant: Assistant, settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted.

    Raises:
        YanjuError: the address cannot be used.
    """
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise YanjuError(f"地址 {host}:{port} 用不了，可能已被占用。可用 --port 换一个端口") from error
    assistant.warm_up()
    app = create_app(assistant, settings)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    print(f"言据已就绪：http://{shown}:{port}  （按 Ctrl-C 结束）", file=sys.stderr, flush=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")
