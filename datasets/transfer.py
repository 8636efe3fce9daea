"""Download one file over HTTP, and say in a few words what went wrong."""

import socket
from pathlib import Path
from threading import Thread
from typing import BinaryIO
from urllib.parse import urlsplit

from datasets.errors import DatasetError
from datasets.source import IdxFile

CONNECT_SECONDS = 3.0  # enough for most links, and as long as people wait without a word
SILENCE_SECONDS = 30.0  # the longest pause between two pieces of a file


def host_of(url: str) -> str:
    """Return the name of a mirror for an error message."""
    return urlsplit(url).netloc


def check_reachable(mirror: str) -> None:
    """Raise a DatasetError unless the host of a URL accepts connections.

    Looking up the name and connecting take at most `CONNECT_SECONDS` in all. Without this limit,
    behind a firewall that drops packets, a host name with twenty addresses would take twenty times
    the connection timeout, and the name lookup has its own timeout.
    """
    from requests.utils import get_environ_proxies, select_proxy

    if select_proxy(mirror, get_environ_proxies(mirror)):
        return  # the proxy makes the connection
    parts = urlsplit(mirror)
    address = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    answer = [f"does not answer within {CONNECT_SECONDS:.0f} s"]

    def connect() -> None:
        try:
            socket.create_connection(address, timeout=CONNECT_SECONDS).close()
            answer[0] = ""
        except TimeoutError:
            pass
        except socket.gaierror:
            answer[0] = "cannot be found (is this machine online?)"
        except OSError as error:
            answer[0] = f"cannot be reached ({error.strerror or error})"

    # A daemon thread, because a name lookup cannot be interrupted; we just stop waiting for it.
    thread = Thread(target=connect, daemon=True)
    thread.start()
    thread.join(CONNECT_SECONDS)
    if answer[0]:
        raise DatasetError(f"{host_of(mirror)} {answer[0]}")


def transfer(url: str, path: Path, file: IdxFile) -> None:
    """Download a URL to `path`, with a progress bar on stderr.

    Raises
    ------
    DatasetError
        The server does not have the file, or the connection failed.
    OSError
        The file cannot be written. This is a separate error because another server would not help.
    """
    from pooch import HTTPDownloader
    from tqdm.auto import tqdm
    from urllib3.exceptions import HTTPError

    # Pooch checks the truth value of the bar, which is that of its total. So we set a total, which
    # Pooch replaces with the length that the server sends.
    bar = tqdm(desc=file.name, total=file.size, unit="B", unit_scale=True, ncols=79)
    # At the end Pooch resets the bar and fills it. tqdm's own reset also restarts its clock, so the
    # final line would claim gigabytes per second.
    bar.reset = lambda: bar.update(-bar.n)
    with path.open("wb") as stream, bar:
        sink = _Sink(stream, file.largest_form)
        downloader = HTTPDownloader(
            progressbar=bar, chunk_size=1 << 16, timeout=(CONNECT_SECONDS, SILENCE_SECONDS)
        )
        try:
            downloader(url, sink, None)
        # Errors of requests are OSErrors, like a full disk; only the sink can tell which is which.
        # A server that sends a malformed Content-Length causes a ValueError.
        except (OSError, HTTPError, ValueError) as error:
            if error is sink.failure:
                raise
            what = _describe(error, f"{file.name}.gz", sink.received)
            raise DatasetError(f"{host_of(url)} {what}") from error


class _Sink:
    """A file that counts what is written, so that an endless response cannot fill the disk."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.stream = stream
        self.limit = limit
        self.received = 0
        self.failure: OSError | None = None

    def write(self, chunk: bytes) -> None:
        """Write a chunk, unless the file is already too long."""
        self.received += len(chunk)
        if self.received > self.limit:
            raise ValueError("the response is too long for this file")
        try:
            self.stream.write(chunk)
            self.stream.flush()  # so that a full disk raises here and not on closing the file
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """Do nothing: Pooch calls this, but `write` already flushes."""


def _describe(error: Exception, name: str, received: int) -> str:
    """Say in a few words what a server did wrong."""
    from requests import exceptions as failures

    match error:
        case failures.HTTPError(response=response) if response is not None:
            return f"answered {response.status_code} {response.reason} for {name}"
        case failures.SSLError():
            return "has a certificate that this machine does not trust"
        case failures.ProxyError():
            return "cannot be reached through this machine's proxy"
        # requests raises a ConnectionError both for a read timeout and for a broken connection.
        case failures.Timeout() | failures.ConnectionError() | failures.ChunkedEncodingError():
            return f"stopped sending after {received} bytes of {name}"
    return f"failed to send {name} ({error})"
