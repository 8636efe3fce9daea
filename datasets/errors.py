"""The one error of this package."""


class DatasetError(Exception):
    """A data set cannot be had; the text is for a person and needs no traceback.

    Parameters
    ----------
    problem : str
        Which file or server it is about, what was expected and what was found, without a full stop.
    remedy : str
        What to do about it, in whole sentences.

    Notes
    -----
    The two are kept apart because only the outermost caller knows the remedy: a damaged file in our
    cache is fetched again, the same file in the user's own folder has to be replaced by the user.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        """Both parts, as sentences on one line."""
        return f"{self.problem}. {self.remedy}".rstrip()
