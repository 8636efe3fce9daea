"""The grader remembers which hints it gave, and gives one even if its memory file is damaged."""

import json

import pytest

from grader.hints.hint_texts import all_hints
from grader.hints.hints_given import MEMORY
from tests.grader.editing import words


def test_reset(hint, folder):
    def given():
        memory = folder / MEMORY
        return json.loads(memory.read_text("utf-8")) if memory.exists() else {}

    for name in ("ex03/forward", "ex03/forward", "ex03/backward", "ex04/forward"):
        hint(name)
    assert given() == {"ex03/forward": 2, "ex03/backward": 1, "ex04/forward": 1}
    again = "The hints for ex03/forward start again from the first.\n"
    assert hint("ex03/forward", "--reset") == again
    assert given() == {"ex03/backward": 1, "ex04/forward": 1}
    hint("ex03_reshape", "--reset")
    assert given() == {"ex04/forward": 1}
    assert hint("--reset") == "The hints for all exercises start again from the first.\n"
    assert not (folder / MEMORY).exists()
    hint("--reset")
    assert hint("ex03/forward").startswith("ex03/forward, hint 1 of 3")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"ex03/forward": "1"}',
        b'{"ex03/forward": true}',
        b'{"ex03/forward": 1.0}',
        b'{"ex03/forward": -1}',
        b'{"ex03/forward": 4}',
        b'{"ex03/forward": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_damaged_memory(hint, folder, content):
    (folder / MEMORY).write_bytes(content)
    printed = hint("ex03")
    assert printed.startswith("ex03/forward, hint 1 of 3")
    assert "cannot be read (it is damaged), so all hints start again." in words(printed)
    printed = hint("ex03")
    assert printed.startswith("ex03/forward, hint 2 of 3")
    assert "cannot be read" not in printed
    (folder / MEMORY).write_bytes(content)
    assert "cannot be read" in hint("ex04", "--reset")
    assert "cannot be read" not in hint("--reset")


def test_parts_of_another_course_do_not_count_as_damage(hint, folder):
    (folder / MEMORY).write_text('{"ex77/forward": 2, "ex03/forward": 1}', "utf-8")
    printed = hint("ex03")
    assert printed.startswith("ex03/forward, hint 2 of 3")
    assert "cannot be" not in printed


def test_a_memory_that_cannot_be_written(hint, folder):
    (folder / MEMORY).mkdir()
    for _ in range(2):
        printed = hint("ex03")
        assert printed.startswith("ex03/forward, hint 1 of 3")
        assert all_hints()["ex03/forward"][0] in words(printed)
        sentence = "cannot be written (Is a directory), so you will get this hint again next time."
        assert sentence in words(printed)
    assert f"{folder / MEMORY} cannot be changed: " in hint("--reset", status=2)
