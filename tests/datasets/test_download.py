"""Mirrors that fail in every way: the next one is asked, and nothing half-written stays."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from datasets import DatasetError
from datasets.finding import find_in_cache

REMEDY = (
    "put the four files of MNIST in a folder and set MNIST_DIR to that folder, or work on with "
    "`load_digits()`, which needs no network."
)
# What a mirror with each fault is said to have done, after its host and port.
ANSWERS = {
    "404": "answers 404 Not Found for {name}",
    "page": "is no IDX file (it begins with b'<html>Please', as a web page does), expected images",
    "cut": "broke off after ",
    "bare cut": "is cut short: its gzip data has no end",
    "nonsense": "failed to send {name} (",
    "endless": "failed to send {name} (the answer is too long to be this file)",
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
    assert first.asked == [f"{tiny.images.name}.gz"]  # after one failure it is not asked again
    assert listing(tmp_path) == sorted(tiny.packed)


def test_a_closed_port_is_passed_over(tiny, tmp_path, mirror, closed_port):
    source = tiny.source(f"http://127.0.0.1:{closed_port}/mnist/", mirror().url)
    find_in_cache(source, tmp_path, download=True)
    assert listing(tmp_path) == sorted(tiny.packed)


def test_what_the_first_mirror_had_is_not_asked_of_the_second(tiny, tmp_path, mirror):
    one, *rest = tiny.packed
    first, second = mirror(files={one: tiny.packed[one]}), mirror()
    find_in_cache(tiny.source(first.url, second.url), tmp_path, download=True)
    assert second.asked == rest


@pytest.mark.parametrize("fault", ANSWERS)
def test_when_all_fail_each_answer_is_told_and_nothing_stays(tiny, tmp_path, mirror, fault):
    mirrors = [mirror(fault), mirror("404")]
    with pytest.raises(DatasetError) as caught:
        find_in_cache(tiny.source(*(m.url for m in mirrors)), tmp_path, download=True)
    message = str(caught.value)
    first, second = (m.url.split("/")[2] for m in mirrors)
    name = f"{tiny.images.name}.gz"
    assert message.startswith("MNIST cannot be downloaded: ")
    assert first in message
    assert ANSWERS[fault].format(name=name) in message
    assert f"; {second} answers 404 Not Found for {name}. Try again later, or {REMEDY}" in message
    assert listing(tmp_path) == []


def test_an_unknown_host_and_a_closed_port_are_told_in_seconds(tiny, tmp_path, closed_port):
    source = tiny.source(
        "https://mirror.invalid/mnist/",  # a name that is reserved for never being found
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


def test_a_gz_that_the_server_unpacks_on_the_way_is_kept_under_its_own_name(tiny, tmp_path, mirror):
    find_in_cache(tiny.source(mirror("encoded").url), tmp_path, download=True)
    assert listing(tmp_path) == sorted(tiny.raw)
    find_in_cache(tiny.source(), tmp_path, download=False)


# Without this, a test of a full disk would need a disk to fill: the system refuses to write beyond
# the first `limit` bytes of any file, as a full disk does.
LIMITED = """
import resource, sys
from pathlib import Path
from datasets import DatasetError
from datasets.finding import find_in_cache
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
def test_a_full_disk_is_told_and_no_other_mirror_is_asked(tiny, tmp_path, mirror):
    first, second = mirror(), mirror()
    run = subprocess.run(
        # Without -B, the cut would also be in what Python compiles, and stay in the installation.
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
def test_a_cache_without_permission_is_told_and_no_mirror_is_asked(
    tiny, open_folder, mirror, unprivileged
):
    server = mirror()
    open_folder.chmod(0o555)
    with unprivileged(), pytest.raises(DatasetError) as caught:
        find_in_cache(tiny.source(server.url), open_folder, download=True)
    assert caught.value.problem == f"MNIST cannot be written to {open_folder}: Permission denied"
    assert server.asked == []


def test_a_file_in_place_of_the_cache(tiny, tmp_path, mirror):
    (tmp_path / "cache").touch()
    with pytest.raises(DatasetError, match="MNIST cannot be written to"):
        find_in_cache(tiny.source(mirror().url), tmp_path / "cache", download=True)


def test_what_a_killed_process_left_is_removed_a_day_later(tiny, tmp_path, mirror):
    for name, age in ((".download-old", 25), (".download-new", 1)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part").write_bytes(b"half")
        then = time.time() - age * 3600
        os.utime(tmp_path / name, (then, then))
    find_in_cache(tiny.source(mirror().url), tmp_path, download=True)
    assert listing(tmp_path) == sorted([".download-new", *tiny.packed])
