"""Exercise 1: what is asked of `correlate2d` and `convolve2d`."""

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

# Image, then kernel. Most are not square, so height and width cannot be mixed up unrecorded.
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
    """Return the module, unless the function uses a ready-made correlation, or a way to get at one."""
    found = sorted(packages & READY_MADE)
    expect(
        not found,
        "this exercise is about writing the loop yourself, with NumPy only; the function (or one that "
        "it calls) uses {found}",
        found=", ".join(found),
    )
    return course("ex01_correlate")


def expect_equal_for_all(function, oracle, mode, rng):
    """Compare a function of the student's with its definition, for images of every shape."""
    several = [(image, kernel, mode) for image, kernel in pairs(rng)]
    for arguments, output in zip(several, call_each(function, several)):
        expect_close(output, oracle(*arguments), "the output")
    image, kernel, _ = several[-1]
    # The same word, but another object: code that asks `mode is "full"` is right by accident only.
    same_word = "".join(list(mode))
    what = f'the output for another string that equals "{mode}" (so compare with ==, not with `is`)'
    expect_close(function(image, kernel, same_word), oracle(image, kernel, mode), what)


def number_types(image, kernel):
    """Return both in whole numbers, both in single precision, and one of them in whole numbers."""
    whole = np.round(9 * image).astype(int), np.round(9 * kernel).astype(int)
    single = image.astype(np.float32), kernel.astype(np.float32)
    # Whole numbers on one side only: the output must not be rounded.
    return whole, single, (whole[0], kernel), (image, whole[1])


def expect_good_manners(function, oracle, rng):
    """Whole numbers and float32 work as well, and nothing that was given is changed."""
    arrays = [both for pair in pairs(rng) for both in number_types(*pair)]
    several = [(*both, mode) for both in arrays for mode in ("valid", "full")]
    for arguments, output in zip(several, call_each(function, several)):
        expect_close(output, oracle(*arguments), "the output")
        expect_unchanged_arguments(function)


# No stand-in for convolve2d: if each could build on a right version of the other, neither would have to
# be written.
@part("ex01/correlate2d", target="correlate2d", without=("scipy",))
class TestCorrelate2d:
    """correlate2d"""

    @marks(3)
    def test_valid(self, course, rng, packages):
        """In mode valid, each output is the sum of a window times the kernel."""
        exercise = own_work(course, packages)
        expect_equal_for_all(exercise.correlate2d, oracles.correlate2d, "valid", rng)

    @marks(2)
    def test_full(self, course, rng, packages):
        """In mode full, the kernel also reaches over the edges, where all is 0."""
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
        """In mode valid, it is the correlation with the kernel turned by 180 degrees."""
        exercise = own_work(course, packages)
        expect_equal_for_all(exercise.convolve2d, oracles.convolve2d, "valid", rng)

    @marks(1)
    def test_full(self, course, rng, packages):
        """In mode full as well."""
        exercise = own_work(course, packages)
        expect_equal_for_all(exercise.convolve2d, oracles.convolve2d, "full", rng)

    @marks(1)
    def test_good_manners(self, course, rng, packages):
        """Whole numbers and float32 work as well, and image and kernel are left as they were."""
        exercise = own_work(course, packages)
        expect_good_manners(exercise.convolve2d, oracles.convolve2d, rng)
