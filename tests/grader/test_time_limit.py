"""Code that runs too long is stopped, and no other code is."""

import signal
import time

import pytest

from grader.runtime.time_limit import TimeLimit, TimeLimitReached


def spin(seconds):
    """Keep the processor busy."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


@pytest.mark.parametrize("wait", [lambda: spin(30), lambda: time.sleep(30)])
def test_stops_code_that_runs_or_sleeps(wait):
    start = time.monotonic()
    with pytest.raises(TimeLimitReached, match="did not finish within"), TimeLimit().at_most(0.3):
        wait()
    assert time.monotonic() - start < 5


def test_an_inner_limit_leaves_the_outer_one_in_force():
    limit = TimeLimit()

    def both():
        with limit.at_most(1.0):
            inner = pytest.raises(TimeLimitReached, match=r"did not finish within 0\.3 seconds")
            with inner, limit.at_most(0.3):
                spin(30)
            spin(0.3)
            spin(30)

    with pytest.raises(TimeLimitReached, match=r"did not finish within 1 second$"):
        both()


def test_an_import_has_its_own_time_limit():
    limit = TimeLimit()
    longer = pytest.raises(TimeLimitReached, match=r"did not finish within 0\.6 seconds")
    with longer, limit.at_most(0.3), limit.paused(), limit.at_most(0.6):
        spin(30)


def test_time_at_a_prompt_or_in_a_download_does_not_count():
    limit = TimeLimit()
    with limit.at_most(0.3), limit.paused():
        spin(0.8)
    with limit.at_most(0.3):
        limit.suspend()
        spin(0.8)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="this system has no such signal")
def test_signal_handlers_are_restored():
    before = signal.getsignal(signal.SIGALRM)
    with TimeLimit().at_most(1):
        pass
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
