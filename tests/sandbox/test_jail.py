"""The jail holds, the probe notices when it does not, and code in it stays within its limits."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.jail import SandboxUnavailable, jailed, prove
from grader.sandbox.resource_limits import Limits, with_settings
from tests.conftest import WITH_PLUGINS
from tests.sandbox.conftest import needs_bubblewrap, records

RESHAPE = """
import numpy as np

class Reshape:
    def __init__(self, input_shape, output_shape):
        self.input_shape, self.output_shape = input_shape, output_shape

    def forward(self, input, training=False):
{body}
        return np.reshape(input, self.output_shape)

    def backward(self, output_gradient, learning_rate):
        return np.reshape(output_gradient, self.input_shape)
"""


@pytest.fixture
def reshape(tmp_path):
    """Write a submission of exercise 3 whose forward begins with the given lines."""

    def write(*lines):
        body = "\n".join(f"        {line}" for line in lines)
        (tmp_path / "ex03_reshape.py").write_text(RESHAPE.format(body=body), "utf-8")
        return tmp_path

    return write


@needs_bubblewrap
def test_it_holds(tmp_path, root):
    prove(jailed(tmp_path, Limits()), [root / "solutions", root / "tests"])


@needs_bubblewrap
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--share-net"], "there is a network|can be reached"),
        (["--bind", "/tmp", "/dev"], "/dev can be written to"),
        (["--proc", "/proc"], "/proc can be written to"),
        (["--ro-bind", "/etc", "/etc"], "/etc/passwd is visible"),
        (["--ro-bind", "/no/such/folder", "/x"], "bwrap: .*No such file"),
    ],
)
def test_a_leaky_jail_is_refused(tmp_path, arguments, words):
    command = jailed(tmp_path, Limits())
    with pytest.raises(SandboxUnavailable, match=words):
        prove(command._replace(arguments=[*command.arguments, *arguments]), [Path("/etc/passwd")])


@needs_bubblewrap
def test_the_current_folder_is_probed_and_left_unchanged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command = jailed(tmp_path, Limits())
    broken = [*command.arguments, "--bind", str(tmp_path), str(tmp_path)]
    with pytest.raises(SandboxUnavailable, match=f"{tmp_path} can be written to"):
        prove(command._replace(arguments=broken), [])
    assert list(tmp_path.iterdir()) == []


@needs_bubblewrap
def test_packages_can_be_hidden(tmp_path):
    command = jailed(tmp_path, Limits())
    code = "from importlib.util import find_spec; print(find_spec('scipy.signal') is not None)"
    for chosen, seen in ((command, "True\n"), (command.without(["scipy"]), "False\n")):
        done = subprocess.run(chosen.python(code), capture_output=True, text=True, check=False)
        assert seen in (done.stdout, f"{'ModuleNotFoundError' not in done.stderr}\n")


@needs_bubblewrap
def test_a_visible_secret_is_refused(tmp_path):
    with pytest.raises(SandboxUnavailable, match="is visible"):
        prove(jailed(tmp_path, Limits()), [Path(sys.prefix)])


def test_without_bubblewrap_the_message_says_what_to_install(run_grader):
    run = run_grader("--sandbox", "--submission", "solutions", env={"PATH": "/nowhere"})
    assert run.status == 4
    assert run.results is None
    assert "apt install bubblewrap" in run.output
    assert "Traceback" not in run.output


def test_unsafe_grading_says_so(run_grader):
    run = run_grader("--unsafe", "--submission", "solutions", "-k", "reshape")
    assert run.status == 0
    assert run.results["where"] == "unsafe"
    assert "without a sandbox" in run.output


@needs_bubblewrap
def test_sandboxed_grading_says_so(run_grader):
    arguments = ("--sandbox", "--submission", "solutions", "-k", "reshape", "-n", "2")
    run = run_grader(*arguments, env=WITH_PLUGINS)
    assert (run.status, run.results["where"]) == (0, "sandboxed")
    assert "without a sandbox" not in run.output


@pytest.mark.parametrize("setting", ["memory", "memory=", "memory=-1", "memory=0", "bread=3", "=3"])
def test_malformed_limits_are_refused(run_grader, setting):
    run = run_grader("--unsafe", "--submission", "solutions", "--limit", setting)
    assert run.status == 4
    assert "is not a valid limit" in run.output
    assert "Traceback" not in run.output


def test_sandbox_and_unsafe_exclude_each_other(run_grader):
    run = run_grader("--unsafe", "--sandbox")
    assert run.status == 4
    assert "use either --sandbox or --unsafe, not both" in run.output


def test_limits_can_be_changed():
    assert with_settings(Limits(), ["memory=3000", "disk=5"]) == Limits(memory=3000, disk=5)


def status(submission, check="ex03/forward/values"):
    """Return the status and the message of one check."""
    record = records(submission, "ex03/forward")[check]
    return record["status"], record["message"]


@needs_bubblewrap
@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["bytearray(10**10)"], "MemoryError"),
        (["np.ones(10**10)"], "MemoryError"),
        (["open('/tmp/x', 'wb').write(bytes(30_000_000))"], "File too large"),
        (["[open('/dev/null') for _ in range(1000)]"], "Too many open files"),
        (["for i in range(99):", "    open(f'/tmp/{i}', 'wb').write(bytes(10**7))"], "No space"),
        (["import os", "os.fork()"], "Operation not permitted"),
        (["import subprocess", "subprocess.run(['/bin/true'])"], "Operation not permitted"),
        (["import os", "os.execv('/bin/true', ['true'])"], "Operation not permitted"),
        (["import resource", "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))"], "not allowed"),
        (["import socket", "socket.create_connection(('192.0.2.1', 9))"], "not permitted"),
        (["import os", "os.chmod('/dev/null', 0o666)"], "Operation not permitted"),
        (["open('/proc/sys/kernel/core_pattern', 'r+')"], "Read-only file system"),
        (["import threading", "threading.Thread(target=print).start()"], "can't start new thread"),
        (["open('/submission/x', 'w')"], "Read-only file system"),
    ],
)
def test_limits_are_enforced(reshape, sandboxed, lines, words):
    ended, message = status(sandboxed(reshape(*lines)))
    assert ended == "error"
    assert words in message


@needs_bubblewrap
def test_the_kernel_refuses_every_call_that_is_not_listed(reshape, sandboxed):
    lines = [
        "import ctypes, platform",
        "from grader.sandbox.server import allowed_calls as calls",
        "libc = ctypes.CDLL(None, use_errno=True)",
        "column = list(calls.ARCHITECTURES).index(platform.machine())",
        "allowed = {numbers[column] for numbers in calls.ALLOWED.values()}",
        "for numbers, _, _ in calls.ALLOWED_WITH.values():",
        "    allowed.add(numbers[column])",
        "allowed |= {335, 336}",  # for the kernel's own probes: no filter sees them; others end by them
        "unknown = {numbers[column] for numbers in calls.UNKNOWN.values()}",
        "for number in {*range(600), 10**6, 2**30 + 1} - allowed:",
        "    due = 38 if number in unknown or 450 <= number < 2**30 else 1",
        "    assert libc.syscall(number, 0, 0, 0, 0, 0, 0) == -1, number",
        "    assert ctypes.get_errno() == due, number",
    ]
    assert status(sandboxed(reshape(*lines))) == ("passed", "")


@needs_bubblewrap
def test_the_whole_submission_has_a_time_limit(reshape, sandboxed):
    folder = reshape("import time", "time.sleep(1.2)")
    found = records(sandboxed(folder, Limits(submission_seconds=1)), "ex03/forward")
    assert {record["status"] for record in found.values()} == {"timeout"}


@needs_bubblewrap
def test_output_is_shown_up_to_a_limit(reshape, sandboxed, capsys):
    folder = reshape("print('hello', 'x' * 5000)")
    records(sandboxed(folder, Limits(output=12_000)), "ex03/forward")
    printed = capsys.readouterr().out
    assert printed.startswith("| hello")
    assert len(printed) < 12_200
    assert printed.endswith("not kept)\n")


@needs_bubblewrap
def test_output_cannot_control_the_terminal(reshape, sandboxed, capsys):
    status(sandboxed(reshape(r"print('\x1b[2J\r\u202etotal 100/100', end='')")))
    assert capsys.readouterr().out.splitlines()[0] == r"| \x1b[2J\r\u202etotal 100/100"


@needs_bubblewrap
@pytest.mark.usefixtures("hurried")
def test_a_function_that_does_not_end_is_stopped(reshape, sandboxed):
    submission = sandboxed(reshape("while True:", "    pass"))
    ended, message = status(submission)
    assert ended == "timeout"
    assert "did not finish within" in message


def test_environment_variables_are_not_passed_on(reshape, unsafe, monkeypatch):
    monkeypatch.setenv("GRADER_SECRET", "4711")
    lines = ["import os", "assert 'GRADER_SECRET' not in os.environ"]
    assert status(unsafe(reshape(*lines)))[0] == "passed"


@needs_bubblewrap
def test_nothing_is_left_running(reshape, sandboxed):
    submission = sandboxed(reshape(""))
    status(submission)
    process = submission.backend._process._popen
    assert process.poll() is None
    submission.stop()
    assert process.poll() is not None
    assert not Path(f"/proc/{process.pid}").exists()


@needs_bubblewrap
@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("threading.Thread(target=print).start()", "threads, other processes and other programs"),
        ("subprocess.run(['ls'])", "other programs are not available while grading"),
        ("os.fork()", "other processes and other programs are not available while grading"),
        ("Path(__file__).with_name('log').write_text('x')", "files can be written in /tmp only"),
        ("socket.create_connection(('127.0.0.1', 80))", "there is no network while grading"),
        ("urllib.request.urlopen('http://example.org')", "there is no network while grading"),
    ],
)
def test_what_is_refused_is_said(reshape, sandboxed, act, words):
    modules = "import os, socket, subprocess, threading, urllib.request"
    ended, message = status(sandboxed(reshape(modules, "from pathlib import Path", act)))
    assert ended == "error"
    assert words in message


@needs_bubblewrap
def test_what_is_refused_may_be_imported(reshape, sandboxed):
    lines = (
        "import asyncio, logging, multiprocessing, socket, subprocess, threading",
        "from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor",
        "logging.basicConfig(filename='run.log', level=logging.INFO)",
        "logging.info('hello')",
        "print(open('run.log').read())",
    )
    assert status(sandboxed(reshape(*lines))) == ("passed", "")
