"""ClickHouse's engine behind the HTTP interface of its server, for tests: `chdb_server.py FOLDER`.

ClickHouse publishes no server on PyPI, but its engine, as chdb. This answers like a server, in
a process of its own, as much as its client needs: users, databases, parameters, settings,
formats, error codes. The first line says where; it ends when its standard input does.
"""

import base64
import os
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import chdb

PASSWORDS = {"census": os.environ.get("CHDB_PASSWORD", "")}
TRANSPORT = {
    "database", "query", "query_id", "session_id", "enable_http_compression", "wait_end_of_query",
    "client_protocol_version", "send_progress_in_http_headers", "http_headers_progress_interval_ms",
    "session_timeout", "cancel_http_readonly_queries_on_client_close", "default_format",
}  # fmt: skip
FORMAT = re.compile(r"\s+FORMAT\s+(\w+)\s*;?\s*$", re.IGNORECASE)
ONE_AT_A_TIME = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def answer(self, body: bytes) -> None:
        asked = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        if not self.known():
            failure = "Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)"
            self.send(403, failure.encode(), "", 516)
            return
        statement = asked.get("query", "") + body.decode()
        named = FORMAT.search(statement)
        form = named.group(1) if named else "TabSeparated"
        try:
            self.send(200, run(FORMAT.sub("", statement), form, asked), form)
        except RuntimeError as error:
            code = re.search(r"Code: (\d+)", str(error))
            self.send(500, str(error).encode(), "", int(code.group(1)) if code else 1)

    def known(self) -> bool:
        given = self.headers.get("Authorization", "").removeprefix("Basic ")
        user, _, password = base64.b64decode(given).decode().partition(":")
        return PASSWORDS.get(user) == password

    def send(self, status: int, content: bytes, form: str, code: int = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-ClickHouse-Format", form)
        if code:
            self.send_header("X-ClickHouse-Exception-Code", str(code))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def run(statement: str, form: str, asked: dict[str, str]) -> bytes:
    """What the engine answers; settings that a request brings hold for it alone."""
    values = {k.removeprefix("param_"): v for k, v in asked.items() if k.startswith("param_")}
    settings = {k: v for k, v in asked.items() if k not in TRANSPORT and not k.startswith("param_")}
    with ONE_AT_A_TIME, chdb.connect(sys.argv[1]) as session:
        session.query(f"USE `{asked.get('database') or 'default'}`")
        for name, value in sorted(settings.items()):  # `readonly` locks those before it only
            session.query(f"SET {name} = '{value}'")
        return bytes(session.query(statement, form, params=values).bytes() or b"")


if __name__ == "__main__":
    ENGINE = chdb.connect(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    os._exit(0)
