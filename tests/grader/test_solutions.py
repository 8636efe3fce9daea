"""The reference earns full marks: on MNIST, and on digits without a network connection."""

import os
import re

from grader.checking.course import all_parts
from tests.conftest import WITH_PLUGINS

TOTAL = sum(part.marks for part in all_parts())
NO_NETWORK = {
    "MNIST_DIR": None,
    "HTTPS_PROXY": "http://127.0.0.1:9",  # nothing listens there
    "https_proxy": "http://127.0.0.1:9",
}


def test_whole_grading_on_the_images_at_hand(run_grader, solutions):
    run = run_grader("--submission", solutions, env=WITH_PLUGINS)
    assert run.status == 0, run.output
    assert (run.results["score"], run.results["max_score"]) == (TOTAL, TOTAL)
    data = "MNIST" if os.environ.get("MNIST_DIR") else "(MNIST|digits)"
    assert re.search(rf"milestones .* {data}: \d\d\.\d% of", run.output.replace("\n", " "))


def test_whole_grading_without_network(run_grader, solutions, tmp_path):
    run = run_grader("--submission", solutions, env={**NO_NETWORK, "XDG_CACHE_HOME": str(tmp_path)})
    assert run.status == 0, run.output
    assert (run.results["score"], run.results["max_score"]) == (TOTAL, TOTAL)
    assert "digits: " in run.output
    assert "This is digits, not MNIST" in run.output


def test_wrong_mnist_dir_is_reported_and_costs_no_other_marks(run_grader, solutions, tmp_path):
    run = run_grader(
        "--submission", solutions, "-k", "xor or zero", env={"MNIST_DIR": str(tmp_path)}
    )
    assert run.status == 1
    statuses = {part["id"]: part["status"] for part in run.results["parts"]}
    assert statuses == {"milestones/xor": "passed", "milestones/zero_or_one": "blocked"}
    assert "MNIST_DIR" in run.output
