"""Formgrader in a real browser, used the way an instructor uses it."""

from __future__ import annotations

import json
import shutil

import pytest
from nbgrader.api import Gradebook
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.nbgrader_stage.browsing import TOKEN, chromium, jupyter, needs_chromium
from tests.nbgrader_stage.gradebook import core_parts
from tests.nbgrader_stage.handed_in import ASSIGNED, SOME, Due, Handed, edit, replace
from tests.sandbox.conftest import needs_bubblewrap

pytestmark = [needs_bubblewrap, needs_chromium]
PAGE = "ex02_convolutional"
TOTAL = sum(part.marks for part in core_parts())
UNSTEADY = [NoSuchElementException, StaleElementReferenceException]


def with_a_script(notebook):
    """Add a text cell with scripts that would take over the page."""
    script = "# My notes\n<script>document.title = 'mine'</script><img src=x onerror=steal()>"
    script += r" $\href{https://example.org}{x}$ &#36;\href{https://example.org}{x}&#36;"
    cell = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": script}
    notebook["cells"].insert(1, cell)


@pytest.fixture(scope="module")
def graded(released, nbgrader):
    """Grade three submissions."""
    handed = Handed(released)
    handed.folder("stubs", Due(()))
    handed.folder("solved", SOME)
    mistaken = handed.folder("mistaken", Due(("ex02/forward",), ("ex02/backward",)))
    edit(mistaken, "ex02", replace(*ASSIGNED))
    edit(mistaken, "ex02", with_a_script)
    done = nbgrader("autograde", "core")
    assert done.status == 0, done.output
    return released


@pytest.fixture(scope="module")
def browser(graded, tmp_path_factory):
    """A browser that is logged in to a Jupyter server with the course."""
    home = tmp_path_factory.mktemp("instructor")
    with jupyter(graded, home) as address, chromium(home / "profile") as browser:
        browser.get(f"{address}/lab?token={TOKEN}")  # what the server prints
        browser.address = address
        yield browser


@pytest.fixture
def visit(browser, tmp_path):
    """Return a function that opens a page; a screenshot of it is saved when the test ends."""

    def picture(name):
        height = browser.execute_script("return document.documentElement.scrollHeight")
        browser.set_window_size(1400, max(1000, height + 150))
        browser.save_screenshot(tmp_path / f"{name}.png")
        browser.set_window_size(1400, 1000)

    def visit(path, name):
        browser.get(path if "://" in path else f"{browser.address}/{path}")
        browser.picture = lambda: picture(name)

    yield visit
    browser.picture()


def wait(browser):
    """Return a waiter that ignores elements that vanish: tables are drawn more than once."""
    return WebDriverWait(browser, 60, ignored_exceptions=UNSTEADY)


def scores(browser):
    """Return the scores in the table, by student; it grows row by row."""
    script = "return [...document.querySelectorAll('tbody tr')].map(r => r.innerText.split('\\t'))"
    return {texts[1]: texts[4] for texts in browser.execute_script(script) if len(texts) > 4}


def press(browser, student, kind):
    """Press a button in a student's row and return formgrader's message."""
    path = f"//tr[td[text()='{student}']]/td[contains(@class, '{kind}')]/a"
    wait(browser).until(lambda b: b.find_element(By.XPATH, path).click() or True)
    shown = "#success-modal.in, #error-modal.in"
    dialog = wait(browser).until(lambda b: b.find_elements(By.CSS_SELECTOR, shown))[0]
    wait(browser).until(lambda _: dialog.text)
    return dialog.text.removeprefix("×").lstrip()  # the cross that closes it fades in


def submission(course, student):
    """Return formgrader's id of a student's notebook."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "cnn") as book:
        return book.find_submission_notebook(PAGE, "core", student).id


def test_the_course_opens_from_jupyterlab_s_menu(browser, visit):
    visit("lab", "lab")
    for text in ("Nbgrader", "Formgrader"):
        path = f"//li[@role='menuitem'][.//*[text()='{text}']]"
        wait(browser).until(lambda b, path=path: b.find_elements(By.XPATH, path))[0].click()
    frame = "iframe[src*='formgrader']"
    found = wait(browser).until(lambda b: b.find_elements(By.CSS_SELECTOR, frame))
    browser.switch_to.frame(found[0])
    wait(browser).until(lambda b: "core" in b.find_element(By.TAG_NAME, "table").text)
    browser.switch_to.default_content()


def test_submissions_are_listed_with_their_scores(browser, visit):
    visit("formgrader/manage_submissions/core", "submissions")
    wait(browser).until(lambda b: set(scores(b)) == {"stubs", "solved", "mistaken"})
    assert scores(browser)["stubs"] == f"0 / {TOTAL}"
    assert scores(browser)["solved"] == f"13 / {TOTAL}"
    assert scores(browser)["mistaken"] not in {f"0 / {TOTAL}", f"18 / {TOTAL}"}


def test_a_submission_shows_report_picture_and_mark(graded, browser, visit):
    visit(f"formgrader/submissions/{submission(graded, 'mistaken')}/", "submission")
    text = browser.find_element(By.ID, "notebook-container").text
    assert "ex02/forward, Convolutional.forward: 6 of 6 marks" in text
    assert text.index("Convolutional.forward: 6 of 6") < text.index('grade("ex02/forward")')
    assert browser.find_elements(By.CSS_SELECTOR, "#notebook-container math")
    assert "This looks like: input gradient assigned, not summed." in text
    widths = "return [...document.images].map(i => i.naturalWidth)"
    assert browser.execute_script(widths)[0] > 300
    assert browser.execute_script("return document.body.scrollWidth") <= 1400
    mark = browser.find_element(By.ID, "ex02-backward")
    wait(browser).until(lambda _: mark.get_attribute("placeholder"))
    assert 0 < int(mark.get_attribute("placeholder")) < 12


def test_a_script_in_a_submission_is_text(graded, browser, visit):
    visit(f"formgrader/submissions/{submission(graded, 'mistaken')}/", "script")
    assert browser.title == PAGE
    assert not browser.find_elements(By.CSS_SELECTOR, "script[src*=mathjax], a[href*=example]")
    assert "<script>document.title" in browser.find_element(By.ID, "notebook-container").text


def test_a_mark_by_hand_is_kept(graded, browser, visit, nbgrader):
    def by_hand():
        with Gradebook(f"sqlite:///{graded}/gradebook.db", "cnn") as book:
            return book.find_grade("ex02-backward", PAGE, "core", "mistaken").manual_score

    visit(f"formgrader/submissions/{submission(graded, 'mistaken')}/", "mark")
    mark = browser.find_element(By.ID, "ex02-backward")
    wait(browser).until(lambda _: mark.get_attribute("placeholder"))
    mark.send_keys("9.5", Keys.TAB)
    wait(browser).until(lambda _: by_hand() == 9.5)
    done = nbgrader("autograde", "core", "--student", "mistaken", "--force")
    assert done.status == 0, done.output
    assert by_hand() == 9.5


def test_its_button_grades_as_the_command_does(graded, browser, visit):
    for name in ("ex03_reshape", "ex05_activations"):
        shutil.copy(graded / "source" / "core" / f"{name}.ipynb", graded / "submitted/stubs/core")
    (graded / "submitted/stubs/core/ex01_correlate.ipynb").unlink()
    visit("formgrader/manage_submissions/core", "autograde")
    said = press(browser, "stubs", "autograde")
    assert said.startswith("Success")
    assert "stubs needs a look: not handed in: ex01_correlate." in said
    wait(browser).until(lambda b: scores(b).get("stubs") == f"13 / {TOTAL}")
    results = json.loads((graded / "autograded/stubs/core/results.json").read_text("utf-8"))
    assert (results["score"], results["where"]) == (13, "sandboxed")


def test_its_button_gives_feedback_that_can_be_read(graded, browser, visit):
    visit("formgrader/manage_submissions/core", "feedback-button")
    assert press(browser, "mistaken", "generate-feedback").startswith("Success")
    browser.picture()
    page = graded / "feedback" / "mistaken" / "core" / f"{PAGE}.html"
    visit(page.as_uri(), "feedback")
    text = browser.find_element(By.TAG_NAME, "body").text
    assert "This looks like: input gradient assigned, not summed." in text
    assert "(Score:" in text
    visit((page.parent / "index.html").as_uri(), "all-marks")
    browser.find_element(By.LINK_TEXT, "ex02/backward").click()
    wait(browser).until(lambda b: b.current_url == f"{page.as_uri()}#ex02-backward")
