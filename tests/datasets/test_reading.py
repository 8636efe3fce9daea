"""The right file is read; any other file is rejected with one sentence."""

import gzip
import os
import struct
import tracemalloc
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets import DatasetError
from datasets.idx import parse_idx
from datasets.mnist import MNIST
from datasets.read_files import read_idx
from datasets.source import IdxFile


def problem_of(path: Path, file: IdxFile) -> str:
    with pytest.raises(DatasetError) as caught:
        read_idx(path, file)
    return caught.value.problem


def test_mnist_has_the_published_sizes_and_magic_numbers():
    assert [file.size for file in MNIST.files] == [47040016, 60008, 7840016, 10008]
    assert [file.magic for file in MNIST.files] == [2051, 2049, 2051, 2049]


@pytest.mark.parametrize("name", ["file", "file.gz"])
@pytest.mark.parametrize("packed", [False, True])
def test_plain_and_gzipped_files_are_read_whatever_their_name(tiny, tmp_path, name, packed):
    raw = tiny.raw[tiny.images.name]
    (tmp_path / name).write_bytes(gzip.compress(raw) if packed else raw)
    images = read_idx(tmp_path / name, tiny.images)
    assert images.dtype == np.uint8
    assert images.shape == (40, 28, 28)
    assert images.tobytes() == raw[16:]


def test_several_gzip_members_are_one_file(tiny, tmp_path):
    raw = tiny.raw[tiny.images.name]
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(raw[:999]) + gzip.compress(raw[999:]))
    assert read_idx(path, tiny.images).tobytes() == raw[16:]


def damaged(packed: bytes) -> bytes:
    """Change the first byte of the checksum at the end."""
    return packed[:-8] + bytes([packed[-8] ^ 1]) + packed[-7:]


WRONG = {
    "empty": (lambda t: b"", "is incomplete: 0 bytes, expected 31376"),
    "plain, cut": (
        lambda t: t.raw[t.images.name][:1000],
        "is incomplete: 1000 bytes, expected 31376",
    ),
    "plain, longer": (
        lambda t: t.raw[t.images.name] + b"?",
        "is too long: expected 31376 bytes, but more follow",
    ),
    "gz, cut": (
        lambda t: t.packed[f"{t.images.name}.gz"][:-9],
        "is incomplete: its gzip data has no end",
    ),
    "gz of cut": (
        lambda t: gzip.compress(t.raw[t.images.name][:1000]),
        "is incomplete: 1000 bytes, expected 31376",
    ),
    "gz of longer": (
        lambda t: gzip.compress(t.raw[t.images.name] + b"?"),
        "is too long: expected 31376 bytes, but more follow",
    ),
    "gz, then more": (
        lambda t: t.packed[f"{t.images.name}.gz"] + b"?",
        "is too long: other bytes follow its gzip data",
    ),
    "gz, damaged": (
        lambda t: damaged(t.packed[f"{t.images.name}.gz"]),
        "is damaged and cannot be unpacked (Error -3 while decompressing data: incorrect data check)",
    ),
    "labels": (
        lambda t: t.packed[f"{t.labels.name}.gz"],
        "contains labels (magic number 2049), expected images (magic number 2051)",
    ),
    "floats": (
        lambda t: b"\x00\x00\x0d\x03" + t.raw[t.images.name][4:],
        "contains an IDX file with magic number 3331, expected images (magic number 2051)",
    ),
    "text": (
        lambda t: b"5,0,0,0,0,0,0,0,0,0,0\n" * 100,
        "is not an IDX file (it begins with b'5,0,0,0,0,0,'), expected images (magic number 2051)",
    ),
    "web page": (
        lambda t: b"<!DOCTYPE html><html>" * 100,
        "is not an IDX file (it begins with b'<!DOCTYPE ht', like a web page), expected images "
        "(magic number 2051)",
    ),
    "other shape": (
        lambda t: struct.pack(">4I", 2051, 40, 14, 56) + t.raw[t.images.name][16:],
        "contains an array of shape (40, 14, 56), expected (40, 28, 28)",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_the_message_says_what_was_found_and_expected(tiny, tmp_path, case):
    make, message = WRONG[case]
    path = tmp_path / "train-images-idx3-ubyte.gz"
    path.write_bytes(make(tiny))
    assert problem_of(path, tiny.images) == f"{path} {message}"


def test_wrong_content_in_the_right_format_is_found_by_its_checksum(tiny, tmp_path):
    raw = bytearray(tiny.raw[tiny.images.name])
    raw[-1] ^= 1
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(raw)
    message = problem_of(path, tiny.images)
    assert message.startswith(f"{path} has the format but not the content of {tiny.images.name}")
    assert message.endswith(f"expected {tiny.images.sha256}")


def test_a_missing_file_raises_file_not_found(tiny, tmp_path):
    with pytest.raises(FileNotFoundError):
        read_idx(tmp_path / "nothing", tiny.images)
    (tmp_path / "file").touch()
    with pytest.raises(FileNotFoundError):
        read_idx(tmp_path / "file" / "below", tiny.images)


def test_a_folder_instead_of_a_file(tiny, tmp_path):
    assert problem_of(tmp_path, tiny.images) == f"{tmp_path} is a folder, expected a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_instead_of_a_file_is_rejected_without_waiting(tiny, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert problem_of(tmp_path / "pipe", tiny.images).endswith(
        "is not a regular file, expected a file"
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission bits")
def test_a_file_without_permission(tiny, open_folder, unprivileged):
    path = tiny.write(open_folder) / f"{tiny.images.name}.gz"
    path.chmod(0o000)
    with unprivileged():
        assert problem_of(path, tiny.images) == f"{path} cannot be read: Permission denied"


def test_a_decompression_bomb_takes_no_memory(tiny, tmp_path):
    path = tmp_path / "bomb.gz"
    header = tiny.raw[tiny.images.name][:16]
    path.write_bytes(gzip.compress(header + bytes(20_000_000)))
    assert path.stat().st_size < tiny.images.largest_form  # so its length alone is no error
    tracemalloc.start()
    message = problem_of(path, tiny.images)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert message == f"{path} is too long: expected 31376 bytes, but more follow"
    assert peak < 1_000_000


@given(content=st.binary(max_size=100), magic=st.sampled_from([b"", b"\0\0\x08\x01", b"\0\0"]))
def test_random_bytes_raise_only_a_dataset_error(content, magic):
    with pytest.raises(DatasetError):
        parse_idx(magic + content, IdxFile("labels", (200,), ""), "it")


@given(
    packed=st.booleans(),
    where=st.floats(0, 1),
    inserted=st.binary(max_size=40),
    removed=st.integers(0, 40),
)
def test_a_changed_file_is_rejected_or_has_the_same_data(
    tiny, tmp_path_factory, packed, where, inserted, removed
):
    raw = tiny.raw[tiny.labels.name]
    content = gzip.compress(raw) if packed else raw
    cut = round(where * len(content))
    path = tmp_path_factory.getbasetemp() / "changed"
    path.write_bytes(content[:cut] + inserted + content[cut + removed :])
    with suppress(DatasetError):
        labels = read_idx(path, tiny.labels)
        assert labels.tobytes() == raw[8:]  # a time stamp in gzip's header may have changed
