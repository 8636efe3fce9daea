"""Exercise 1: checks for `correlate2d` and `convolve2d`."""

import numpy as np

from grader.checking import (
    UNREAD,
    call_each,
    expect,
    expect_close,
    expect_unchanged_arguments,
    marks,
    oracles,
    part,
    random,
)

# Image, then kernel. Most are not square, so mixing up height and width cannot go unnoticed.
SHAPES = (
    ((4, 5), (2, 3)),
    ((6, 3), (3, 2)),
    ((5, 7), (1, 4)),
    ((3, 4), (3, 4)),
    ((2, 6), (1, 1)),
    ((7, 2), (4, 1)),
    ((6, 6), (3, 3)),
    ((5, 5), (2, 4)),
)


def pairs(rng):
    """Yield an image and a kernel of every shape."""
    for image, kernel in SHAPES:
        yield random(rng, *image), random(rng, *kernel)


READY_MADE = {"cupy", "cv2", "jax", "keras", "PIL", "scipy", "skimage", "tensorflow", "torch"}
READY_MADE |= {"solutions", "grader", "importlib", "sys.modules", UNREAD}


def own_work(course, packages):
    """Return the module, but fail if the function uses a ready-made correlation or could load one."""
    found = sorted(packages & READY_MADE)
    expect(
        not found,
        "in this exercise you write the loop yourself, with NumPy only; your function (or one that it "
        "calls) uses {found}",
        found=", ".join(found),
    )
    return course("ex01_correlate")


def expect_equal_for_all(function, oracle, mode, rng):
    """Compare a student's function with its definition, for images of every shape."""
    several = [(image, kernel, mode) for image, kernel in pairs(rng)]
    for arguments, output in zip(several, call_each(function, several)):
        expect_close(output, oracle(*arguments), "the output")
    image, kernel, _ = several[-1]
    # The same word in a different object: code that tests `mode is "full"` is right only by accident.
    same_word = "".join(list(mode))
    what = f'the output for a different string equal to "{mode}" (compare with ==, not with `is`)'
    expect_close(function(image, kernel, same_word), oracle(image, kernel, mode), what)


def number_types(image, kernel):
    """Return both as integers, both in single precision, and only one of them as integers."""
    whole = np.round(9 * image).astype(int), np.round(9 * kernel).astype(int)
    single = image.astype(np.float32), kernel.astype(np.float32)
    # With integers on one side only, the output must not be rounded.
    return whole, single, (whole[0], kernel), (image, whole[1])


def expect_good_manners(function, oracle, rng):
    """Fail unless integers and float32 work as well, and the arguments are left unchanged."""
    arrays = [both for pair in pairs(rng) for both in number_types(*pair)]
    several = [(*both, mode) for both in arrays for mode in ("valid", "full")]
    for arguments, output in zip(several, call_each(function, several)):
        expect_close(output, oracle(*arguments), "the output")
        expect_unchanged_arguments(function)


# There is no stand-in for convolve2d: if each could build on a correct version of the other, nobody
# would have to write either.
@part("ex01/correlate2d", target="correlate2d", without=("scipy",))
class TestCorrelate2d:
    """correlate2d"""

    @marks(3)
    def test_valid(self, course, rng, packages):
        """In mode "valid", each output number is the sum of a window times the kernel."""
        exercise = own_work(course, packages)
        expect_equal_for_all(exercise.correlate2d, oracles.correlate2d, "valid", rng)

    @marks(2)
    def test_full(self, course, rng, packages):
        """In mode "full", the kernel also reaches past the edges, where everything counts as 0."""
        exercise = own_work(course, packages)
        expect_equal_for_all(exercise.correlate2d, oracles.correlate2d, "full", rng)

    @marks(1)
    def test_good_manners(self, course, rng, packages):
        """Whole numbers and float32 work as well, and image and kernel are left as they were."""
        exercise = own_work(course, packages)
        expect_good_manners(exercise.correlate2d, oracles.correlate2d, rng)


@part(
    "ex01/convolve2d",
    target="convolve2d",
    stand_ins={"correlate2d": oracles.correlate2d},
    without=("scipy",),
)
class TestConvolve2d:
    """convolve2d"""

    @marks(2)
    def test_valid(self, course, rng, packages):
        """In mode "valid", the output is the correlation with the kernel rotated by 180 degrees."""
        exercise = own_work(course, packages)
        expect_equal_for_all(exercise.convolve2d, oracles.convolve2d, "valid", rng)

    @marks(1)
    def test_full(self, course, rng, packages):
        """In mode "full", the output is the full correlation with the rotated kernel."""
        exercise = own_work(course, packages)
        expect_equal_for_all(exercise.convolve2d, oracles.convolve2d, "full", rng)

    @marks(1)
    def test_good_manners(self, course, rng, packages):
        """Whole numbers and float32 work as well, and image and kernel are left as they were."""
        exercise = own_work(course, packages)
        expect_good_manners(exercise.convolve2d, oracles.convolve2d, rng)
