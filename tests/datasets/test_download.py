"""However a mirror fails, the next one is tried, and no incomplete files are left."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from datasets import DatasetError
from datasets.find_files import find_in_cache

REMEDY = (
    "put the four files of MNIST in a folder and set MNIST_DIR to that folder, or use "
    "`load_digits()`, which needs no network."
)
# The message about each fault, after the mirror's host and port.
ANSWERS = {
    "404": "answered 404 Not Found for {name}",
    "page": "is not an IDX file (it begins with b'<html>Please', like a web page), expected images",
    "cut": "stopped sending after ",
    "bare cut": "is incomplete: its gzip data has no end",
    "nonsense": "failed to send {name} (",
    "endless": "failed to send {name} (the response is too long for this file)",
}


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_come_from_the_first_mirror(tiny, tmp_path, mirror):
    first, second = mirror(), mirror()
    cache = tmp_path / "not" / "made" / "yet"
    found = find_in_cache(tiny.source(first.url, second.url), cache, download=True)
    assert first.asked == [f"{file.name}.gz" for file in tiny.files]
    assert second.asked == []
    assert listing(cache) == sorted(tiny.packed)
    assert [item.path.read_bytes() for item in found] == list(tiny.packed.values())
    assert [item.array.shape for item in found] == [file.shape for file in tiny.files]


@pytest.mark.parametrize("fault", ANSWERS)
def test_the_second_mirror_makes_up_for_the_first(tiny, tmp_path, mirror, fault):
    first, second = mirror(fault), mirror()
    find_in_cache(tiny.source(first.url, second.url), tmp_path, download=True)
    assert first.asked == [f"{tiny.images.name}.gz"]  # it is not tried again after a failure
    assert listing(tmp_path) == sorted(tiny.packed)


def test_a_mirror_at_a_closed_port_is_skipped(tiny, tmp_path, mirror, closed_port):
    source = tiny.source(f"http://127.0.0.1:{closed_port}/mnist/", mirror().url)
    find_in_cache(source, tmp_path, download=True)
    assert listing(tmp_path) == sorted(tiny.packed)


def test_only_files_that_the_first_mirror_lacks_come_from_the_second(tiny, tmp_path, mirror):
    one, *rest = tiny.packed
    first, second = mirror(files={one: tiny.packed[one]}), mirror()
    find_in_cache(tiny.source(first.url, second.url), tmp_path, download=True)
    assert second.asked == rest


@pytest.mark.parametrize("fault", ANSWERS)
def test_if_all_mirrors_fail_every_failure_is_reported_and_no_file_is_left(
    tiny, tmp_path, mirror, fault
):
    mirrors = [mirror(fault), mirror("404")]
    with pytest.raises(DatasetError) as caught:
        find_in_cache(tiny.source(*(m.url for m in mirrors)), tmp_path, download=True)
    message = str(caught.value)
    first, second = (m.url.split("/")[2] for m in mirrors)
    name = f"{tiny.images.name}.gz"
    assert message.startswith("MNIST cannot be downloaded: ")
    assert first in message
    assert ANSWERS[fault].format(name=name) in message
    assert f"; {second} answered 404 Not Found for {name}. Try again later, or {REMEDY}" in message
    assert listing(tmp_path) == []


def test_an_unknown_host_and_a_closed_port_are_reported_in_seconds(tiny, tmp_path, closed_port):
    source = tiny.source(
        "https://mirror.invalid/mnist/",  # a reserved name that is never found
        f"http://127.0.0.1:{closed_port}/mnist/",
    )
    start = time.monotonic()
    with pytest.raises(DatasetError) as caught:
        find_in_cache(source, tmp_path, download=True)
    assert time.monotonic() - start < 8
    assert "mirror.invalid " in str(caught.value)
    assert f"; 127.0.0.1:{closed_port} cannot be reached (Connection refused). " in str(
        caught.value
    )


def test_a_gz_that_arrives_unpacked_is_saved_without_gz_in_its_name(tiny, tmp_path, mirror):
    find_in_cache(tiny.source(mirror("encoded").url), tmp_path, download=True)
    assert listing(tmp_path) == sorted(tiny.raw)
    find_in_cache(tiny.source(), tmp_path, download=False)


# Simulates a full disk without filling one: the system refuses to write more than the first `limit`
# bytes of any file.
LIMITED = """
import resource, sys
from pathlib import Path
from datasets import DatasetError
from datasets.find_files import find_in_cache
from datasets.source import IdxFile, Source
cache, limit, *mirrors = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
file = IdxFile("train-images-idx3-ubyte", (40, 28, 28), "")
try:
    find_in_cache(Source("MNIST", (file,), tuple(mirrors)), Path(cache), download=True)
except DatasetError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot limit the size of files")
def test_a_full_disk_is_reported_and_no_other_mirror_is_tried(tiny, tmp_path, mirror):
    first, second = mirror(), mirror()
    run = subprocess.run(
        # Without -B, the limit would also truncate .pyc files, which stay in the installation.
        [sys.executable, "-B", "-c", LIMITED, str(tmp_path), "4096", first.url, second.url],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == (
        f"MNIST cannot be written to {tmp_path}: File too large. Make that folder writable, with "
        f"some 12 MB of free space, or {REMEDY}\n"
    )
    assert len(first.asked) == 1
    assert second.asked == []
    assert listing(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission bits")
def test_a_cache_without_permission_is_reported_and_no_mirror_is_tried(
    tiny, open_folder, mirror, unprivileged
):
    server = mirror()
    open_folder.chmod(0o555)
    with unprivileged(), pytest.raises(DatasetError) as caught:
        find_in_cache(tiny.source(server.url), open_folder, download=True)
    assert caught.value.problem == f"MNIST cannot be written to {open_folder}: Permission denied"
    assert server.asked == []


def test_the_cache_is_a_file(tiny, tmp_path, mirror):
    (tmp_path / "cache").touch()
    with pytest.raises(DatasetError, match="MNIST cannot be written to"):
        find_in_cache(tiny.source(mirror().url), tmp_path / "cache", download=True)


def test_leftovers_of_a_killed_process_are_removed_a_day_later(tiny, tmp_path, mirror):
    for name, age in ((".download-old", 25), (".download-new", 1)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part").write_bytes(b"half")
        then = time.time() - age * 3600
        os.utime(tmp_path / name, (then, then))
    find_in_cache(tiny.source(mirror().url), tmp_path, download=True)
    assert listing(tmp_path) == sorted([".download-new", *tiny.packed])
