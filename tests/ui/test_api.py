import json
from dataclasses import fields
from typing import Any

import pytest
from fastapi.testclient import TestClient

from index.errors import IndexMissing
from rag.errors import QuestionError
from rag.settings import Settings
from rag.types import Answer, Turn
from tests.fakes import FakeAssistant
from ui.api import ApiError, RateLimit
from ui.app import create_app


def client(assistant: FakeAssistant | None = None, **settings: Any) -> TestClient:
    app = create_app(assistant or FakeAssistant(), Settings(**settings))  # type: ignore[arg-type] # a fake of the same shape
    return TestClient(app, raise_server_exceptions=False)


def test_an_answer_is_that_of_ask_json() -> None:
    assistant = FakeAssistant()
    history = [{"role": "user", "content": "甲"}, {"role": "assistant", "content": "乙"}]
    body = {"question": "办结多少件?", "history": history, "region": "泰顺", "year": 2022, "report": None}
    response = client(assistant).post("/api/ask", json=body)
    assert response.status_code == 200
    assert set(response.json()) == {f.name for f in fields(Answer)}
    assert {"question", "status", "answer", "short", "citations", "ms"} <= set(response.json())  # of the first version
    assert set(response.json()["citations"][0]) == {"n", "file", "title", "section", "quote", "start", "end"}
    asked = assistant.asked[0]
    assert (asked.region, asked.year, asked.report) == ("泰顺", 2022, None)
    assert asked.history == (Turn("user", "甲"), Turn("assistant", "乙"))


def test_a_refusal_is_an_answer() -> None:
    response = client().post("/api/ask", json={"question": "火星?"})
    assert (response.status_code, response.json()["status"]) == (200, "refused")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b"{}",
        b'{"question": ""}',
        b'{"question": "  "}',
        b'{"question": 5}',
        b'{"question": "a", "year": "2022"}',
        b'{"question": "a", "year": true}',
        b'{"question": "a", "frob": 1}',
        b'{"question": "a", "history": {}}',
        b'{"question": "a", "history": [1]}',
        b'{"question": "a", "history": [{"role": "system", "content": "x"}]}',
        json.dumps({"question": "问" * 2001}).encode(),
    ],
)
def test_what_is_no_question_is_400(body: bytes) -> None:
    response = client().post("/api/ask", content=body)
    assert response.status_code == 400
    assert set(response.json()) == {"error", "message"}
    assert "Traceback" not in response.text


def test_errors_of_the_engine() -> None:
    assistant = FakeAssistant()
    for error, status in (
        (QuestionError("没有这个地区"), 400),
        (IndexMissing("还没有索引"), 503),
        (KeyError("x"), 500),
    ):
        assistant.error = error
        response = client(assistant).post("/api/ask", json={"question": "a"})
        assert response.status_code == status
        assert ("Retry-After" in response.headers) == (status == 503)
        assert "Traceback" not in response.text


def test_a_body_that_is_too_large_is_413_whatever_it_says_of_itself() -> None:
    pieces = (b"x" * 100_000 for _ in range(20))
    assert client().post("/api/ask", content=pieces).status_code == 413
    assert client().post("/api/ask", content=b"x" * 1_000_001).status_code == 413


def test_a_token_is_asked_for_when_one_is_set() -> None:
    guarded = client(token="secret")  # noqa: S106 - a test's own
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "secret"}):
        response = guarded.post("/api/ask", json={"question": "a"}, headers=headers)
        assert (response.status_code, response.json()["error"]) == (401, "unauthorized")
    right = {"Authorization": "Bearer secret"}
    assert guarded.post("/api/ask", json={"question": "a"}, headers=right).status_code == 200


def test_too_many_questions_are_429() -> None:
    limited = client(rate=0.5)
    codes = [limited.post("/api/ask", json={"question": "a"}) for _ in range(3)]
    assert [r.status_code for r in codes] == [200, 429, 429]
    assert int(codes[1].headers["Retry-After"]) >= 1


def test_a_bucket_fills_again() -> None:
    limit = RateLimit(2.0)
    for _ in range(4):
        limit.check("a", now=0.0)
    with pytest.raises(ApiError):
        limit.check("a", now=0.1)
    limit.check("b", now=0.1)
    limit.check("a", now=0.7)


def test_more_waiting_than_allowed_are_503() -> None:
    response = client(waiting=0).post("/api/ask", json={"question": "a"})
    assert response.status_code == 503
    assert "Retry-After" in response.headers


def test_other_addresses() -> None:
    api = client()
    assert api.get("/healthz").json() == {"status": "ok", "reports": 2}
    assert api.get("/api/nothing").json()["error"] == "not_found"
    assert api.get("/api/ask").status_code == 405
    for path in ("/docs", "/openapi.json", "/redoc"):
        assert "swagger" not in api.get(path).text.lower()


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/ask", "/api/nothing", "/config"])
def test_security_headers_stand_on_everything(path: str) -> None:
    headers = client().get(path, headers={"Origin": "https://evil.example"}).headers
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers
