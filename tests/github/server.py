"""The hub's ears: HTTP on loopback."""

import socket
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from tests.github.exchange import Raw, respond

if TYPE_CHECKING:
    from tests.github.hub import Hub

PREFIX = "/api/v3"


class Server(ThreadingHTTPServer):
    """Ends at once, whoever still holds a connection open."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, hub: "Hub"):
        super().__init__(("127.0.0.1", 0), Handler)
        self.hub = hub
        self.open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        reason = traceback.format_exc()
        if "ConnectionError" not in reason and "BrokenPipe" not in reason:
            self.hub.violations.append(reason)

    def stop(self) -> None:
        self.shutdown()
        for one in list(self.open):
            with_nobody_there(one)
        self.server_close()


def with_nobody_there(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed meanwhile


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def answer(self) -> None:
        split = urlsplit(self.path)
        path = unquote(split.path)
        prefix = PREFIX if path.startswith(f"{PREFIX}/") else ""
        bare = path.removeprefix(prefix)
        raw = Raw(self.command, bare, prefix, split.query, self.headers, self._body())
        reply = respond(self.server.hub, raw)
        if reply is None:
            self.close_connection = True
            with_nobody_there(self.connection)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.body)))
        self._headers_buffer.append(b"\r\n" + reply.body)  # one packet
        self.flush_headers()

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = do_HEAD = answer  # noqa: N815

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def log_message(self, format: str, *args: Any) -> None:
        return
