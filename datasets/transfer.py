"""One file over HTTP, and what went wrong with it in a few words."""

import socket
from pathlib import Path
from threading import Thread
from typing import BinaryIO
from urllib.parse import urlsplit

from datasets.errors import DatasetError
from datasets.source import IdxFile

CONNECT_SECONDS = 5.0  # long enough for a slow mobile link, short enough to wait for in vain
SILENCE_SECONDS = 30.0  # between two pieces of a file


def host_of(url: str) -> str:
    """Return what to call a mirror in an error."""
    return urlsplit(url).netloc


def check_reachable(mirror: str) -> None:
    """Raise a DatasetError unless the host of a URL accepts connections.

    Behind a firewall that drops packets, a host name that stands for twenty addresses takes twenty
    times the timeout of a connection, and looking up the name has a timeout of its own. Here all of
    it together gets `CONNECT_SECONDS`.
    """
    from requests.utils import get_environ_proxies, select_proxy

    if select_proxy(mirror, get_environ_proxies(mirror)):
        return  # the proxy makes the connection, not we
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

    # A daemon, because nothing can interrupt the look-up of a name; we just stop waiting for it.
    thread = Thread(target=connect, daemon=True)
    thread.start()
    thread.join(CONNECT_SECONDS)
    if answer[0]:
        raise DatasetError(f"{host_of(mirror)} {answer[0]}")


def transfer(url: str, path: Path, file: IdxFile) -> None:
    """Write to `path` what a server answers, with a progress bar on stderr.

    Raises
    ------
    DatasetError
        The server does not have it, or the connection broke.
    OSError
        It cannot be written here. Kept apart, since no other server could help with that.
    """
    from pooch import HTTPDownloader
    from tqdm.auto import tqdm
    from urllib3.exceptions import HTTPError

    # Pooch asks whether the bar is true, and a bar is true if its total is: hence a total, which
    # Pooch replaces by the length that the server states.
    bar = tqdm(desc=file.name, total=file.size, unit="B", unit_scale=True, ncols=79)
    # At the end Pooch resets the bar and fills it. tqdm's own reset starts its clock anew as well,
    # and the line that stays would boast of gigabytes per second.
    bar.reset = lambda: bar.update(-bar.n)
    with path.open("wb") as stream, bar:
        sink = _Sink(stream, file.largest_form)
        downloader = HTTPDownloader(
            progressbar=bar, chunk_size=1 << 16, timeout=(CONNECT_SECONDS, SILENCE_SECONDS)
        )
        try:
            downloader(url, sink, None)
        # Every error of requests is an OSError, as a full disk is; only the sink knows them apart.
        # A ValueError comes from a server that sends nonsense for its Content-Length.
        except (OSError, HTTPError, ValueError) as error:
            if error is sink.failure:
                raise
            what = _describe(error, f"{file.name}.gz", sink.received)
            raise DatasetError(f"{host_of(url)} {what}") from error


class _Sink:
    """A file to write to that counts and does not let an endless answer fill the disk."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.stream = stream
        self.limit = limit
        self.received = 0
        self.failure: OSError | None = None

    def write(self, chunk: bytes) -> None:
        """Write, unless there was too much already."""
        self.received += len(chunk)
        if self.received > self.limit:
            raise ValueError("the answer is too long to be this file")
        try:
            self.stream.write(chunk)
            self.stream.flush()  # so that a full disk is noticed here and not when it is closed
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """Do nothing: Pooch calls this, but `write` has done it."""


def _describe(error: Exception, name: str, received: int) -> str:
    """Say in a few words what a server did wrong."""
    from requests import exceptions as failures

    match error:
        case failures.HTTPError(response=response) if response is not None:
            return f"answers {response.status_code} {response.reason} for {name}"
        case failures.SSLError():
            return "has a certificate that this machine does not trust"
        case failures.ProxyError():
            return "cannot be reached through the proxy of this machine"
        # Reading in vain for too long is a ConnectionError to requests, and so is a broken one.
        case failures.Timeout() | failures.ConnectionError() | failures.ChunkedEncodingError():
            return f"broke off after {received} bytes of {name}"
    return f"failed to send {name} ({error})"
