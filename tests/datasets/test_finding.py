"""Files come from the argument, MNIST_DIR, the cache or a mirror, in this order."""

from pathlib import Path

import numpy as np
import pytest

from datasets import DatasetError, load_digits, load_mnist, load_mnist_or_digits
from datasets.find_files import cache_folder, find_in_cache
from datasets.mnist import as_dataset, find_mnist


@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_given_is_read(tiny, tmp_path, packed):
    folder = tiny.write(tmp_path, packed=packed)
    found = find_mnist(str(folder), source=tiny.source())
    suffix = ".gz" if packed else ""
    assert [item.path for item in found] == [tmp_path / f"{f.name}{suffix}" for f in tiny.files]
    dataset = as_dataset(found)
    assert dataset.name == "MNIST"
    assert dataset.x_train.shape == (40, 1, 28, 28)
    assert dataset.x_test.shape == (20, 1, 28, 28)
    assert dataset.x_train.dtype == dataset.x_test.dtype == np.float32
    assert dataset.y_train.dtype == dataset.y_test.dtype == np.int64
    assert dataset.y_train.tolist() == [*range(10)] * 4
    pixels = np.frombuffer(tiny.raw[tiny.images.name][16:], np.uint8).reshape(40, 1, 28, 28)
    np.testing.assert_array_equal(dataset.x_train, pixels.astype(np.float32) / np.float32(255))
    dataset.x_train[0] = 0  # the array is writable


def test_the_argument_overrides_the_variable(tiny, tmp_path, monkeypatch):
    right, empty = tiny.write(tmp_path / "right"), tmp_path
    monkeypatch.setenv("MNIST_DIR", str(right))
    assert find_mnist(source=tiny.source())[0].path.parent == right
    with pytest.raises(DatasetError, match="the folder given"):
        find_mnist(empty, source=tiny.source())


def test_a_tilde_in_the_variable_is_the_home_folder(tiny, tmp_path, monkeypatch):
    tiny.write(tmp_path / "mnist")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("MNIST_DIR", "~/mnist")
    assert len(find_mnist(source=tiny.source())) == 4


@pytest.mark.parametrize("name", ["plain", "packed"])
def test_one_correct_file_is_enough_plain_or_packed(tiny, tmp_path, name):
    tiny.write(tmp_path, packed=True)
    tiny.write(tmp_path, packed=False)
    (tmp_path / (tiny.images.name + (".gz" if name == "packed" else ""))).write_bytes(b"broken")
    assert len(find_mnist(tmp_path, source=tiny.source())) == 4


def test_nothing_is_downloaded_if_the_user_names_a_folder(tiny, tmp_path, mirror, monkeypatch):
    server = mirror()
    tiny.write(tmp_path)
    (tmp_path / f"{tiny.files[1].name}.gz").unlink()
    (tmp_path / f"{tiny.files[3].name}.gz").unlink()
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    with pytest.raises(DatasetError) as caught:
        find_mnist(source=tiny.source(server.url))
    assert str(caught.value) == (
        f"{tmp_path} (the folder in MNIST_DIR) lacks train-labels-idx1-ubyte.gz, "
        "t10k-labels-idx1-ubyte.gz. Put the files of MNIST there, with or without .gz. "
        "Or unset MNIST_DIR to download MNIST."
    )
    assert server.asked == []


def test_a_missing_folder(tmp_path):
    with pytest.raises(DatasetError) as caught:
        load_mnist(tmp_path / "nowhere")
    assert str(caught.value) == (
        f"{tmp_path / 'nowhere'} (the folder given) does not exist or is not a folder. "
        "Put the files of MNIST there, with or without .gz. "
        "Or leave out the folder to download MNIST."
    )


def test_the_user_must_replace_a_damaged_file_in_a_named_folder(tiny, tmp_path):
    path = tiny.write(tmp_path, packed=False) / tiny.images.name
    path.write_bytes(tiny.raw[tiny.labels.name])
    with pytest.raises(DatasetError) as caught:
        find_mnist(tmp_path, source=tiny.source())
    assert str(caught.value) == (
        f"{path} contains labels (magic number 2049), expected images (magic number 2051). "
        "Put the original file there, with or without .gz. "
        "Or leave out the folder to download MNIST."
    )


def test_the_cache_is_used_without_asking_a_mirror(tiny, tmp_path, mirror):
    server = mirror()
    found = find_in_cache(tiny.source(server.url), tiny.write(tmp_path), download=True)
    assert len(found) == 4
    assert server.asked == []


def test_only_what_the_cache_lacks_is_downloaded(tiny, tmp_path, mirror):
    server = mirror()
    (tiny.write(tmp_path) / f"{tiny.labels.name}.gz").unlink()
    find_in_cache(tiny.source(server.url), tmp_path, download=True)
    assert server.asked == [f"{tiny.labels.name}.gz"]


def test_a_damaged_file_in_the_cache_is_downloaded_again(tiny, tmp_path, mirror):
    path = tiny.write(tmp_path) / f"{tiny.images.name}.gz"
    path.write_bytes(path.read_bytes()[:1000])
    find_in_cache(tiny.source(mirror().url), tmp_path, download=True)
    assert path.read_bytes() == tiny.packed[path.name]


def test_a_damaged_file_in_the_cache_is_reported_if_it_cannot_be_downloaded(tiny, tmp_path, mirror):
    path = tiny.write(tmp_path) / f"{tiny.images.name}.gz"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(DatasetError) as caught:
        find_in_cache(tiny.source(mirror("404").url), tmp_path, download=True)
    assert caught.value.problem.startswith(
        f"{path} is incomplete: its gzip data has no end; MNIST cannot be downloaded: 127.0.0.1:"
    )


def test_download_false_asks_no_mirror(tiny, tmp_path, mirror):
    server = mirror()
    with pytest.raises(DatasetError) as caught:
        find_in_cache(tiny.source(server.url), tmp_path, download=False)
    assert str(caught.value) == (
        f"MNIST is not in the cache, {tmp_path}. Run `python -m datasets mnist` to download it."
    )
    assert server.asked == []


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if not cache_folder().is_relative_to(tmp_path):
        pytest.skip("on this system the cache cannot be moved by XDG_CACHE_HOME")
    return cache_folder()


def test_digits_replace_mnist_and_say_so(empty_cache):
    dataset = load_mnist_or_digits(download=False)
    assert dataset.name == "digits"
    assert dataset.note == (
        f"This is digits, not MNIST: MNIST is not in the cache, {empty_cache}. "
        "Run `python -m datasets mnist` to download it."
    )
    assert load_digits().note == ""


def test_an_empty_variable_counts_as_unset(empty_cache, monkeypatch):
    monkeypatch.setenv("MNIST_DIR", "")
    with pytest.raises(DatasetError, match="not in the cache"):
        load_mnist(download=False)


def test_digits_do_not_replace_a_wrong_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    with pytest.raises(DatasetError, match="MNIST_DIR"):
        load_mnist_or_digits()
