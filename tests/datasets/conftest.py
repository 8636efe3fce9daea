"""Fixtures: a tiny MNIST, and real HTTP servers on this machine as its mirrors."""

import gzip
import hashlib
import os
import socket
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from datasets.source import IdxFile, Source

NOBODY = 65534


class Tiny:
    """Four IDX files like those of MNIST, but small: 40 training images and 20 test images."""

    def __init__(self) -> None:
        random = np.random.default_rng(0)
        self.raw: dict[str, bytes] = {}  # by name, uncompressed
        files = []
        for part, count in (("train", 40), ("t10k", 20)):
            images = random.integers(0, 256, (count, 28, 28), dtype=np.uint8)
            labels = np.arange(count, dtype=np.uint8) % 10
            files.append(self._add(f"{part}-images-idx3-ubyte", images))
            files.append(self._add(f"{part}-labels-idx1-ubyte", labels))
        self.files = tuple(files)
        self.images, self.labels = files[:2]
        self.packed = {f"{name}.gz": gzip.compress(raw) for name, raw in self.raw.items()}

    def _add(self, name: str, array: np.ndarray) -> IdxFile:
        header = struct.pack(f">{1 + array.ndim}I", 0x0800 + array.ndim, *array.shape)
        raw = self.raw[name] = header + array.tobytes()
        return IdxFile(name, array.shape, hashlib.sha256(raw).hexdigest())

    def source(self, *mirrors: str) -> Source:
        return Source("MNIST", self.files, mirrors)

    def write(self, folder: Path, *, packed: bool = True) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (self.packed if packed else self.raw).items():
            (folder / name).write_bytes(content)
        return folder


class Mirror:
    """The state of a server: what it does, and which files it was asked for."""

    def __init__(self, files: dict[str, bytes], fault: str) -> None:
        self.files = files
        self.fault = fault
        self.asked: list[str] = []
        self.was_asked = threading.Event()
        self.closing = threading.Event()
        self.three = threading.Barrier(3)  # answers "together" once three clients have asked
        self.url = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Send one file, or fail in this mirror's way."""
        name = request.path.removeprefix("/mnist/")
        self.asked.append(name)
        if self.fault == "404" or name not in self.files:
            request.send_error(404)
            return
        body = self.files[name]
        length: object = len(body)
        if self.fault == "together":
            self.three.wait(30)
        request.send_response(200)
        if self.fault == "page":
            body = b"<html>Please log in to the network of our hotel</html>"
            length = len(body)
        elif self.fault in ("cut", "hang"):
            body = body[: len(body) // 2]
        elif (
            self.fault == "bare cut"
        ):  # no length: only the gzip data shows that the end is missing
            body, length = body[: len(body) // 2], None
        elif self.fault == "nonsense":
            length = "many"
        elif self.fault == "endless":
            length = None
            body = bytes(1 << 22)
        elif self.fault == "encoded":
            request.send_header("Content-Encoding", "gzip")
        if length is not None:
            request.send_header("Content-Length", str(length))
        request.end_headers()
        request.wfile.write(body)
        request.wfile.flush()
        self.was_asked.set()
        if self.fault == "hang":
            self.closing.wait(30)


MakeMirror = Callable[..., Mirror]


@pytest.fixture(scope="session")
def tiny() -> Tiny:
    return Tiny()


@pytest.fixture
def mirror(tiny: Tiny) -> Iterator[MakeMirror]:
    """Start a mirror of the tiny files on this machine: `mirror()`, `mirror("404")`, ..."""
    started: list[tuple[Mirror, ThreadingHTTPServer]] = []

    def start(fault: str = "", files: dict[str, bytes] | None = None) -> Mirror:
        state = Mirror(tiny.packed if files is None else files, fault)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                state.answer(self)

            def handle(self) -> None:
                with suppress(ConnectionError):  # some tests make the client hang up
                    super().handle()

            def log_message(self, *arguments: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        state.url = f"http://127.0.0.1:{server.server_port}/mnist/"
        started.append((state, server))
        return state

    yield start
    for state, server in started:
        state.closing.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that refuses connections; it is bound, so that no other program takes it."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


@pytest.fixture
def unprivileged() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """A context in which root becomes nobody, since root may read and write everything."""

    @contextmanager
    def context() -> Iterator[None]:
        if not hasattr(os, "geteuid") or os.geteuid() != 0:
            yield
            return
        try:
            os.seteuid(NOBODY)
        except OSError as error:
            pytest.skip(f"this root cannot become nobody: {error}")
        try:
            yield
        finally:
            os.seteuid(0)

    return context


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that everyone may enter, unlike pytest's."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(autouse=True)
def _no_outside_influence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Isolate the tests from the proxy and the data of whoever runs them."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("MNIST_DIR", raising=False)
