"""Collect a zip from a learning management system, whatever students have put into it."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
MOODLE = "_1234567_assignsubmission_file_"


def zipped(files, compression=zipfile.ZIP_STORED):
    """Return a zip that contains these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def inside_itself(times):
    """Return a zip inside a zip, nested this many times."""
    made = zipped({"ex02_convolutional.ipynb": NOTEBOOK})
    for _ in range(times):
        made = zipped({"inner.zip": made})
    return made


@pytest.fixture
def collect(course, nbgrader):
    """Return a function that collects a zip and returns what each student handed in."""
    archive = course / "downloaded" / "core" / "archive"
    archive.mkdir(parents=True)

    def run(files, *words):
        (archive / "submissions.zip").write_bytes(zipped(files))
        done = nbgrader("zip_collect", "core", "--force", *words)
        assert "Traceback" not in done.output
        paths = (course / "submitted").glob("*/core/*")
        handed = {}
        for path in sorted(paths):
            handed.setdefault(path.parts[-3], []).append(path.name)
        return done, handed

    yield run
    for name in ("downloaded", "submitted"):
        shutil.rmtree(course / name, ignore_errors=True)


def test_each_student_s_folder_is_a_submission(collect, course):
    done, handed = collect(
        {
            "ada/ex02_convolutional.ipynb": NOTEBOOK,
            "ada/ex03_reshape.py": "x = 1",
            f"Émilie du Châtelet{MOODLE}/ex02_convolutional.ipynb": NOTEBOOK,
            "ben/core.zip": zipped({"core/ex02_convolutional.ipynb": NOTEBOOK}),
            "ben/__MACOSX/core/._ex02_convolutional.ipynb": "",
            "ben/.ipynb_checkpoints/ex02_convolutional.ipynb": "",
            "__MACOSX/ben/._core.zip": "",
            "cem/ex02_convolutional.ipynb": NOTEBOOK,
            "cem/old/ex02_convolutional.ipynb": "an older one",
            "cem/timestamp.txt": "2001-01-01 00:00:00 UTC",
        }
    )
    assert done.status == 0, done.output
    assert handed == {
        "ada": ["ex02_convolutional.ipynb", "ex03_reshape.py"],
        "Émilie du Châtelet": ["ex02_convolutional.ipynb"],
        "ben": ["ex02_convolutional.ipynb"],
        "cem": ["ex02_convolutional.ipynb"],
    }
    kept = course / "submitted" / "cem" / "core" / "ex02_convolutional.ipynb"
    assert kept.read_text("utf-8") == NOTEBOOK
    assert "old/ex02_convolutional.ipynb was skipped: " in done.output
    assert "ex02_convolutional.ipynb has the same name" in done.output


def test_a_broken_or_malicious_zip_is_kept_as_it_is(collect, tmp_path):
    done, handed = collect(
        {
            "ada/work.zip": zipped({"ex02_convolutional.ipynb": NOTEBOOK})[:-30],
            "ben/bomb.zip": zipped({f"{number}": "" for number in range(10_001)}),
            "cem/deep.zip": inside_itself(5),
            "dee/escape.zip": zipped({"../../../../ex02_convolutional.ipynb": NOTEBOOK}),
            "eve/essay.pdf": "%PDF",
            "fay/ex02_convolutional.ipynb": NOTEBOOK,
        }
    )
    assert done.status == 0, done.output
    assert handed == {
        "ada": ["work.zip"],
        "ben": ["bomb.zip"],
        "cem": ["inner.zip"],
        "dee": ["ex02_convolutional.ipynb"],
        "eve": ["essay.pdf"],
        "fay": ["ex02_convolutional.ipynb"],
    }


def test_zips_inside_zips_share_one_budget(collect, course):
    """Each of these is small enough; all of a student's together are not."""
    half = zipped({"zeros": bytes(120_000_000)}, zipfile.ZIP_DEFLATED)
    many = zipped({f"{number}": "" for number in range(6000)})
    done, handed = collect(
        {
            "ada/all.zip": zipped({"1.zip": half, "2.zip": half}),
            "ben/1.zip": many,
            "ben/more/2.zip": many,
            "cem/long list.zip": zipped({f"{number:0200}": "" for number in range(30_000)}),
            "dee/ex02_convolutional.ipynb": NOTEBOOK,
        }
    )
    assert done.status == 0, done.output
    assert handed["ada"] == ["2.zip", "zeros"]
    assert "2.zip" in handed["ben"]
    assert handed["cem"] == ["long list.zip"]
    assert handed["dee"] == ["ex02_convolutional.ipynb"]
    assert done.output.count("contain too many files or too much data") == 2


def test_a_zip_from_canvas(collect, course):
    done, handed = collect(
        {
            "lovelaceada_12345_67890_ex02_convolutional.ipynb": "older",
            "lovelaceada_12345_67891_ex02_convolutional-1.ipynb": "old",
            "lovelaceada_12345_67892_ex02_convolutional-10.ipynb": NOTEBOOK,
            "benali_LATE_222_333_ex03_reshape.py": "x = 1",
            "cem_1_2_core.zip": zipped({"core/ex02_convolutional.ipynb": NOTEBOOK}),
        }
    )
    assert done.status == 0, done.output
    assert handed == {
        "lovelaceada": ["ex02_convolutional.ipynb"],
        "benali": ["ex03_reshape.py"],
        "cem": ["ex02_convolutional.ipynb"],
    }
    kept = course / "submitted" / "lovelaceada" / "core" / "ex02_convolutional.ipynb"
    assert kept.read_text("utf-8") == NOTEBOOK


def test_names_that_do_not_say_whose_files_they_are(collect):
    done, handed = collect({"ex02_convolutional.ipynb": NOTEBOOK})
    assert done.status == 1
    assert "No file in the zip has a name that says whose it is." in done.output
    assert handed == {}


def test_another_pattern_for_file_names(collect):
    own = r".*/(?P<student_id>[^/_]+)_(?P<timestamp>[0-9-]+)_(?P<file_id>[^/]+)"
    _, handed = collect(
        {
            "ada_2027-01-30-15-00-00_ex02_convolutional.ipynb": "older",
            "ada_2027-01-31-15-00-00_ex02_convolutional.ipynb": NOTEBOOK,
        },
        f"--FileNameCollectorPlugin.named_regexp={own}",
    )
    assert handed == {"ada": ["ex02_convolutional.ipynb", "timestamp.txt"]}


def test_a_download_that_is_not_a_zip_is_reported(collect, course, nbgrader):
    (course / "downloaded" / "core" / "archive" / "submissions.zip").write_text("no zip")
    done = nbgrader("zip_collect", "core")
    assert done.status == 1
    assert "submissions.zip cannot be unpacked: File is not a zip file" in done.output
    assert "Traceback" not in done.output
