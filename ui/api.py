"""`POST /api/ask`: a question in JSON, the answer as `ask --json` gives it. Errors are {error, message}."""

import asyncio
import hmac
import json
import logging
import math
import time
from collections import OrderedDict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from index.errors import EncoderMismatch, EncoderUnavailable, IndexBusy, IndexDamaged, IndexMissing, YanjuError
from rag.assistant import Assistant
from rag.evaluate.gold import turns
from rag.query import MAX_CHARACTERS
from rag.settings import Settings
from rag.types import Question

BODY_LIMIT = 1_000_000  # bytes
CLIENTS_KEPT = 10_000  # buckets of the rate limit; the oldest go first
AT_ONCE = 2  # questions worked on at the same time; more only wait for the processor
FIELDS = {"question": str, "history": list, "region": str, "year": int, "report": str}
UNAVAILABLE = (IndexMissing, IndexDamaged, IndexBusy, EncoderMismatch, EncoderUnavailable)
INTERNAL = "内部错误，请查看服务器日志"  # what a person is told of a bug
_log = logging.getLogger(__name__)


class ApiError(Exception):
    """Ends a request with a status and a Chinese line."""

    def __init__(self, status: int, code: str, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def response(self) -> JSONResponse:
        headers = {} if self.retry_after is None else {"Retry-After": str(max(1, math.ceil(self.retry_after)))}
        if self.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return JSONResponse({"error": self.code, "message": self.message}, self.status, headers)


class RateLimit:
    """A token bucket a client: `rate` questions a second, and as many at once as two seconds give."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, client: str, now: float) -> None:
        """Take one token. Raises ApiError 429 when there is none."""
        if self.rate <= 0:
            return
        most = max(1.0, 2 * self.rate)
        tokens, before = self._buckets.pop(client, (most, now))
        tokens = min(most, tokens + (now - before) * self.rate)
        self._buckets[client] = (max(0.0, tokens - 1) if tokens >= 1 else tokens, now)
        while len(self._buckets) > CLIENTS_KEPT:
            self._buckets.popitem(last=False)
        if tokens < 1:
            raise ApiError(429, "too_many_requests", "提问太频繁，请稍后再试", (1 - tokens) / self.rate)


def build_router(assistant: Assistant, settings: Settings) -> APIRouter:
    """Return the routes under /api."""
    router = APIRouter()
    limit = RateLimit(settings.rate)
    gate = asyncio.Semaphore(AT_ONCE)
    waiting = 0

    @router.post("/api/ask")
    async def ask(request: Request) -> JSONResponse:
        nonlocal waiting
        try:
            _authorise(request, settings.token)
            limit.check(request.client.host if request.client else "", time.monotonic())
            question = read_question(await _body(request))
            if waiting >= settings.waiting:
                raise ApiError(503, "overloaded", "正在处理的问题太多，请稍后再试", 1)
            waiting += 1
            try:
                async with gate:
                    answer = await run_in_threadpool(assistant.ask, question)
            finally:
                waiting -= 1
            return JSONResponse(answer.to_dict())
        except ApiError as error:
            return error.response()
        except UNAVAILABLE as error:
            return ApiError(503, "unavailable", str(error), 5).response()
        except YanjuError as error:
            return ApiError(400, "bad_request", str(error)).response()
        except Exception:
            _log.exception("question failed")
            return ApiError(500, "internal", INTERNAL).response()

    return router


def _authorise(request: Request, token: str) -> None:
    given = request.headers.get("authorization", "")
    if token and not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise ApiError(401, "unauthorized", "需要有效的访问令牌：Authorization: Bearer …")


async def _body(request: Request) -> bytes:
    """Read the body, at most BODY_LIMIT bytes of it, whatever its headers say."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LIMIT:
            raise ApiError(413, "too_large", f"请求太大：最多 {BODY_LIMIT // 1_000_000} MB")
    return bytes(body)


def read_question(body: bytes) -> Question:
    """Read and check the JSON of a question. Raises ApiError 400 with what is wrong."""
    try:
        item: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "bad_request", "请求不是合法的 JSON") from error
    if not isinstance(item, dict):
        raise ApiError(400, "bad_request", "请求应是一个 JSON 对象")
    given = {key: value for key, value in item.items() if value is not None}
    if unknown := sorted(set(given) - set(FIELDS)):
        raise ApiError(400, "bad_request", f"不认识的字段：{'、'.join(unknown)[:100]}")
    for key, value in given.items():
        if not isinstance(value, FIELDS[key]) or isinstance(value, bool):
            raise ApiError(400, "bad_request", f"字段 {key} 的类型不对")
    text = given.get("question", "").strip()
    if not text:
        raise ApiError(400, "bad_request", "缺少 question,或者它是空的")
    if len(text) > MAX_CHARACTERS:
        raise ApiError(400, "bad_request", f"问题太长：最多 {MAX_CHARACTERS} 个字")
    try:
        history = turns(given.get("history", []))
    except (TypeError, KeyError, ValueError) as error:
        raise ApiError(400, "bad_request", "history 应是列表，每项有 role（user 或 assistant）和 content") from error
    return Question(text, history, given.get("region"), given.get("year"), given.get("report"))
