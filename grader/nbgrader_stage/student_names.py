"""Give students a name in the gradebook: formgrader shows "None, None" for those without one."""

from __future__ import annotations

from nbgrader.api import Gradebook


def name_after_id(book: Gradebook, student_id: str) -> None:
    """Use a student's id as the last name if there is no name, and fill in a missing half.

    Formgrader shows the last name, a comma and the first name. A name that an instructor has
    entered stays as it is.

    Parameters
    ----------
    book : Gradebook
    student_id : str
        A student in the gradebook.
    """
    student = book.find_student(student_id)
    if not (student.last_name or student.first_name):
        student.last_name = student_id
    student.last_name = student.last_name or ""
    student.first_name = student.first_name or ""
    book.db.commit()
