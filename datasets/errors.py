"""The only exception of this package."""


class DatasetError(Exception):
    """A data set is not available; the message is for a person and needs no traceback.

    Parameters
    ----------
    problem : str
        The file or server, what was expected and what was found, without a full stop.
    remedy : str
        What to do about it, in complete sentences.

    Notes
    -----
    They are separate because only the outermost caller knows the remedy: a damaged file in our cache
    is downloaded again, but a damaged file in the user's own folder must be replaced by the user.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        """Both parts as sentences on one line."""
        return f"{self.problem}. {self.remedy}".rstrip()
