"""`python -m datasets` as a user sees it."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from datasets.__main__ import main
from datasets.source import Source

ROOT = Path(__file__).parents[2]
# `python -m datasets` with a tiny MNIST.
WITH_SOURCE = """
import sys
from datasets.__main__ import main
from datasets.source import IdxFile, Source
sys.exit(main(sys.argv[1:], {source!r}))
"""


def start(folder: Path, *arguments: str, source: Source | None = None, **variables: str):
    """Start the command in a folder, with the cache and the home folder inside it."""
    how = ["-m", "datasets"] if source is None else ["-c", WITH_SOURCE.format(source=source)]
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "HOME": str(folder),
        "MPLBACKEND": "agg",
    }
    return subprocess.Popen(
        [sys.executable, *how, *arguments],
        cwd=folder,
        env=environment | variables,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(folder: Path, *arguments: str, source: Source | None = None, **variables: str):
    """Run the command; return its exit status, stdout and stderr."""
    process = start(folder, *arguments, source=source, **variables)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def cached(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("cache/cnn-from-scratch/*"))


def test_mnist_is_downloaded_once_and_listed(tiny, tmp_path, mirror):
    server = mirror()
    status, out, err = run(tmp_path, "mnist", source=tiny.source(server.url))
    assert status == 0, err
    lines = out.splitlines()
    assert lines[0] == f"MNIST is in {tmp_path / 'cache' / 'cnn-from-scratch'}"
    sizes = {name: len(content) for name, content in tiny.packed.items()}
    assert lines[1:5] == [f"  {n:26} {size:>8} bytes, checksum ok" for n, size in sizes.items()]
    assert lines[5:] == ["40 images to train on, 20 to test on, 28x28 pixels, 10 classes"]
    assert "train-images-idx3-ubyte: 100%" in err  # the progress bar
    assert cached(tmp_path) == sorted(tiny.packed)

    assert run(tmp_path, "mnist", source=tiny.source(server.url)) == (0, out, "")
    assert len(server.asked) == 4


def test_without_network_one_sentence_and_status_1(tmp_path, closed_port):
    # A proxy at a closed port keeps this test from reaching the real mirrors.
    proxy = f"http://127.0.0.1:{closed_port}"
    status, out, err = run(tmp_path, "mnist", HTTPS_PROXY=proxy, https_proxy=proxy)
    assert status == 1
    assert out == ""
    message = err.replace("\r", "\n").splitlines()[-1]
    assert message == (
        "Error: MNIST cannot be downloaded: "
        "ossci-datasets.s3.amazonaws.com cannot be reached through this machine's proxy; "
        "storage.googleapis.com cannot be reached through this machine's proxy. "
        "Try again later, or put the four files of MNIST in a folder and set MNIST_DIR to that "
        "folder, or use `load_digits()`, which needs no network."
    )
    assert "Traceback" not in err
    assert cached(tmp_path) == []


def test_a_wrong_folder_is_one_sentence_and_status_1(tmp_path):
    status, out, err = run(tmp_path, "mnist", MNIST_DIR="nowhere")
    assert (status, out) == (1, "")
    assert err.startswith("Error: nowhere (the folder in MNIST_DIR) does not exist")
    assert err.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to the whole console")
def test_ctrl_c_in_the_middle_of_a_download(tiny, tmp_path, mirror):
    server = mirror("hang")
    process = start(tmp_path, "mnist", source=tiny.source(server.url))
    assert server.was_asked.wait(30)
    deadline = time.monotonic() + 10
    while not list(tmp_path.glob("cache/cnn-from-scratch/.download-*/*")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    # Let it wait for the server: just before a wait begins, Python notices a signal only at its end.
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == "Interrupted. No incomplete files were left."
    assert "Traceback" not in err
    assert cached(tmp_path) == []


def test_several_processes_can_download_at_once(tiny, tmp_path, mirror):
    server = mirror("together")
    processes = [start(tmp_path, "mnist", source=tiny.source(server.url)) for _ in range(3)]
    # Read all of them at the same time: a process whose pipe is full would wait.
    readers = [threading.Thread(target=process.communicate) for process in processes]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(60)
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert cached(tmp_path) == sorted(tiny.packed)
    assert len(server.asked) == 12  # they overlapped


def test_samples_are_saved_if_there_is_no_display(tiny, tmp_path):
    tiny.write(tmp_path / "mnist")
    status, out, err = run(tmp_path, "mnist", "--show", source=tiny.source(), MNIST_DIR="mnist")
    assert (status, err) == (0, "")
    path = tmp_path / "mnist.png"
    assert out.splitlines()[-1] == f"There is no display; the samples are in {path}"
    assert path.read_bytes().startswith(b"\x89PNG")


def test_samples_that_cannot_be_saved_are_one_sentence(tiny, tmp_path):
    tiny.write(tmp_path / "mnist")
    (tmp_path / "mnist.png").mkdir()
    status, _, err = run(tmp_path, "mnist", "--show", source=tiny.source(), MNIST_DIR="mnist")
    assert status == 1
    assert err == (
        f"Error: {tmp_path / 'mnist.png'} cannot be written: Is a directory. "
        "Change to a folder where you can write, and run this again.\n"
    )


def test_digits_and_their_samples(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    assert main(["digits", "--show"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "digits comes with scikit-learn: nothing to download",
        "1029 images to train on, 768 to test on, 28x28 pixels, 10 classes",
        f"There is no display; the samples are in {tmp_path / 'digits.png'}",
    ]
    assert (tmp_path / "digits.png").read_bytes().startswith(b"\x89PNG")


def test_xor(tmp_path):
    expected = "0 xor 0 = 0\n0 xor 1 = 1\n1 xor 0 = 1\n1 xor 1 = 0\n"
    assert run(tmp_path, "xor") == (0, expected, "")


def test_an_unknown_name_prints_the_usage(tmp_path):
    status, out, err = run(tmp_path, "cifar")
    assert (status, out) == (2, "")
    assert "usage: python -m datasets" in err
    assert "invalid choice: 'cifar'" in err
