"""The same processes run one submission after another, and none learns anything about the others."""

import shutil
from pathlib import Path

import pytest

from grader.sandbox.client.open_submission import SharedSandbox
from grader.sandbox.resource_limits import Limits
from tests.sandbox.conftest import needs_bubblewrap, records

ROOT = Path(__file__).resolve().parents[2]
RESHAPE = (ROOT / "solutions/ex03_reshape.py").read_text("utf-8")
MORE = """
import fcntl, os, resource, signal, socket, stat
from pathlib import Path

def connection():
    for number in range(64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                return socket.socket(fileno=os.dup(number))
        except OSError:
            pass

"""

pytestmark = needs_bubblewrap


@pytest.fixture
def shared(tmp_path):
    """Yield a sandbox for several submissions."""
    sandbox = SharedSandbox(tmp_path, Limits(), [], [])
    yield sandbox
    sandbox.stop()


def graded(shared, text, *, module="ex03_reshape"):
    """Grade a submission; return the records of its checks, and the process that ran it."""
    for path in shared.folder.iterdir():
        path.unlink()
    (shared.folder / f"{module}.py").write_text(text, "utf-8")
    submission = shared.open()
    try:
        found = records(submission, module.partition("_")[0])
        process = submission._remote._process
    finally:
        submission.stop()
    return found, process


def is_right(found):
    return {record["status"] for record in found.values()} == {"passed"}


def test_the_same_process_serves_one_submission_after_another(shared):
    used = [graded(shared, RESHAPE) for _ in range(3)]
    assert all(is_right(found) for found, _ in used)
    assert len({process._popen.pid for _, process in used}) == 1
    assert not is_right(graded(shared, "x = 1\n")[0])
    assert is_right(graded(shared, RESHAPE)[0])


def test_exercises_without_a_package_have_their_own_process(shared):
    _, process = graded(shared, RESHAPE)
    correlate = (ROOT / "solutions/ex01_correlate.py").read_text("utf-8")
    used = [graded(shared, correlate, module="ex01_correlate") for _ in range(2)]
    assert all(is_right(found) for found, _ in used)
    (other,) = {other for _, other in used}
    assert other is not process
    assert graded(shared, RESHAPE)[1] is process


@pytest.mark.parametrize(
    "leave",
    [
        "Path('/tmp/note').write_text('for the next one')",
        "os.mkdir('/tmp/dark', 0)",
        "os.makedirs('/tmp/' + 400 * 'deeper/')",
        "os.symlink('/kit', '/tmp/link')",
        "os.rmdir(os.mkdir('/tmp/gone') or '/tmp/gone')",
        "os.close(os.open('/tmp', os.O_TMPFILE | os.O_WRONLY))",
    ],
)
def test_a_process_is_given_up_if_a_submission_leaves_files(shared, leave):
    _, process = graded(shared, f"{MORE}\n{leave}\n{RESHAPE}")
    found, other = graded(shared, RESHAPE)
    assert is_right(found)
    assert other is not process
    assert process._popen.returncode is not None


@pytest.mark.parametrize(
    "act",
    [
        "os.setpriority(os.PRIO_PROCESS, 1, 19)",
        "os.sched_setaffinity(1, {0})",
        "os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))",
        "resource.prlimit(1, resource.RLIMIT_AS, (1, 1))",
        "open('/proc/1/mem', 'r+b').write(b'x')",
        "open('/proc/1/oom_score_adj', 'w').write('1000')",
        "[os.readlink('/proc/1/fd/' + number) for number in os.listdir('/proc/1/fd')]",
        "os.open('/proc/1/fd/1', os.O_WRONLY)",
        "os.open('/proc/1/fd/0', os.O_RDONLY)",
        "os.listdir('/proc/1/map_files')",
        "fcntl.fcntl(1, fcntl.F_SETOWN, -1)",
        "fcntl.fcntl(0, 10, int(signal.SIGKILL))",
        "fcntl.fcntl(1, 1031, 1 << 20)",
        "fcntl.ioctl(1, 0x5452, (1).to_bytes(4, 'little'))",
        "fcntl.lockf(0, fcntl.LOCK_SH, 5, 7)",
        "fcntl.flock(0, fcntl.LOCK_EX)",
        "fcntl.fcntl(os.open('/usr/bin/env', os.O_RDONLY), 1036, (2).to_bytes(8, 'little'))",
        "os.mkfifo('/tmp/pipe')",
        "connection().getsockopt(socket.SOL_SOCKET, 77, 4)",  # a descriptor of the grader's process
        "connection().setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)",
        "connection().sendmsg([b'x'])",
        "os.getxattr('/kit', 'user.x')",
        "os.posix_spawn('/bin/true', ['true'], {})",
    ],
)
def test_changes_that_would_outlive_a_submission_are_refused(shared, act, capsys):
    attempt = f"try:\n    {act}\nexcept OSError:\n    print('refused')\n"
    _, process = graded(shared, f"{MORE}\n{attempt}\n{RESHAPE}")
    assert capsys.readouterr().out == "| refused\n"
    found, other = graded(shared, f"print('hello')\n{RESHAPE}")
    assert is_right(found)
    assert other is process


@pytest.mark.parametrize("name", ["SIGKILL", "SIGSTOP", "SIGINT", "SIGTERM", "SIGIO"])
def test_no_signal_reaches_the_parent_process(shared, name):
    _, process = graded(shared, f"{MORE}\nos.kill(1, signal.{name})\n{RESHAPE}")
    found, other = graded(shared, RESHAPE)
    assert is_right(found)
    assert other is process


def test_no_writable_memory_is_shared(shared, capsys):
    look = "print([line for line in open('/proc/self/maps') if ' rw-s ' in line])"
    graded(shared, f"{look}\n{RESHAPE}")
    assert "| []" in capsys.readouterr().out


def test_pipe_settings_do_not_reach_the_next_submission(shared, capsys):
    flags = "import fcntl, os\nprint(fcntl.fcntl(1, fcntl.F_GETFL), fcntl.fcntl(1, 1032))\n"
    change = "fcntl.fcntl(1, fcntl.F_SETFL, os.O_WRONLY | os.O_DIRECT | os.O_NONBLOCK)\n"
    graded(shared, f"{flags}{change}{RESHAPE}")
    graded(shared, f"{flags}{RESHAPE}")
    first, second = capsys.readouterr().out.splitlines()
    assert first == second


def test_output_is_not_shown_to_the_next_submission(shared, capsys):
    flood = "import os\nos.set_blocking(1, False)\nos.write(1, b'A' * 60_000)\n"
    late = "class Reshape:\n    def __del__(self):\n        print('late')\n"
    graded(shared, f"{flood}\n{late}")
    assert "AAA" in capsys.readouterr().out
    found, _ = graded(shared, f"print('mine')\n{RESHAPE}")
    assert is_right(found)
    assert capsys.readouterr().out == "| mine\n"


def test_a_process_is_given_up_if_any_exercise_had_to_be_ended(shared):
    """Its end by force may have left something that an end of its own would not."""
    (shared.folder / "ex03_reshape.py").write_text(
        f"import os, time\nos._exit = lambda _: time.sleep(60)\n{RESHAPE}", "utf-8"
    )
    shutil.copy(ROOT / "solutions/ex07_softmax.py", shared.folder)
    submission = shared.open()
    try:
        assert is_right(records(submission, "ex03"))
        first = submission._remote._process
        assert is_right(records(submission, "ex07"))
        assert submission._remote._process is first
    finally:
        submission.stop()
    assert first._popen.returncode is not None


def test_a_process_whose_child_has_died_is_given_up(shared):
    graded(shared, f"import os\n{RESHAPE}\nos._exit(3)")
    assert is_right(graded(shared, RESHAPE)[0])


def test_a_process_that_was_killed_is_replaced(shared):
    _, process = graded(shared, RESHAPE)
    process._popen.kill()
    process._popen.wait()
    found, other = graded(shared, RESHAPE)
    assert is_right(found)
    assert other is not process


def test_the_next_submission_sees_only_its_own_files(shared, capsys):
    graded(shared, RESHAPE)
    text = f"import os\nprint(os.listdir('/submission'))\n{RESHAPE}"
    graded(shared, text, module="ex04_dense")
    assert capsys.readouterr().out == "| ['ex04_dense.py']\n"
