"""`results.json`: the record of a grading as a file.

The document, schema version 2, is `grader.results.Results` field by field:

- `schema_version`: 2.
- `submission`: the name of the folder that was graded.
- `seed`: what the inputs were drawn from; null where that is a secret.
- `where`: where the code ran: "here", "sandboxed" or "unsafe".
- `score`, `max_score`: the sums over the parts that were run.
- `seconds`: how long it took.
- `parts`: a list of `id` ("ex02/backward"), `title`, `exercise` (the file), `score`, `max_score`,
  `status` and `checks`.
- a check: `part`, `name`, `title`, `marks`, `max_marks`, `status`; `message`, all that a student is
  told, and what it is made of: `call`, `misconception` (`name`, `explanation` and `hint`, or null),
  `detail` and `error` (`kind`, `text` and `frames`, or null); `code`, why it did not pass, or null;
  `location` (`file`, `line` and `cell`) in the submission where to go on, or null; `difference`
  between arrays, or null; `printed`; `seconds`.

Between two equal gradings nothing differs but `seconds`, there and in each check.

`grader/status.py` lists the statuses and the codes. An array is its `shape` and its numbers in
`float64`: eight bytes each, the lowest first, in base64. Version 1 had neither `detail`, `call`,
`code`, `error`, `difference`, `printed` nor a check's `seconds`; its `place` was a text, and its
`misconception` a name.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader.common.atomic_write import write_whole
from grader.results import SCHEMA_VERSION, CheckResult, PartResult, Results
from grader.runtime.errors import GraderError


class ResultsFileError(GraderError):
    """A document holds no results that this version can read; the text says why."""


def to_document(record: Results | PartResult | CheckResult) -> dict[str, Any]:
    """Return a record as plain data, of which JSON can be made."""
    document: dict[str, Any] = msgspec.to_builtins(record, enc_hook=_encode_array)
    _add_messages(record, document)
    return document


def check_from_document(document: dict[str, Any]) -> CheckResult:
    """Return the check of which `to_document` has made this."""
    return msgspec.convert(document, CheckResult, dec_hook=_decode_array)


def from_document(document: Any) -> Results:
    """Return the results of which `to_document` has made this.

    Raises
    ------
    ResultsFileError
        If it is of another version, or not a record of results.
    """
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version != SCHEMA_VERSION:
        raise ResultsFileError(f"expected schema version {SCHEMA_VERSION}, found {version!r}")
    try:
        return msgspec.convert(document, Results, dec_hook=_decode_array)
    except msgspec.ValidationError as error:
        raise ResultsFileError(str(error)) from None


def read(path: Path) -> Results:
    """Return the results in a file.

    Raises
    ------
    OSError
        If the file cannot be read.
    ResultsFileError
        If it does not hold results of this version.
    """
    try:
        return from_document(json.loads(path.read_text("utf-8")))
    except ValueError as error:
        raise ResultsFileError(f"{path} is not JSON: {error}") from None


def write(results: Results, path: Path) -> None:
    """Write `results.json`, whole or not at all; to a pipe or a device, as it comes.

    Raises
    ------
    OSError
        If the file cannot be written; an older one is left as it was.
    """
    text = json.dumps(to_document(results), indent=2, ensure_ascii=False) + "\n"
    if path.exists() and not path.is_file():  # a file must not take the place of /dev/stdout
        path.write_text(text, encoding="utf-8")
    else:
        write_whole(text, path)


def _add_messages(record: Results | PartResult | CheckResult, document: dict[str, Any]) -> None:
    """Add to each check what a student is told: not every reader wants to put it together."""
    if isinstance(record, CheckResult):
        document["message"] = record.message()
        return
    name = "parts" if isinstance(record, Results) else "checks"
    for inner, fields in zip(getattr(record, name), document[name], strict=True):
        _add_messages(inner, fields)


def _encode_array(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        data = base64.b64encode(value.astype("<f8").tobytes()).decode("ascii")
        return {"shape": list(value.shape), "float64": data}
    raise NotImplementedError(f"{type(value)} has no place in results")


def _decode_array(_kind: type, value: Any) -> Any:
    shape, data = value["shape"], base64.b64decode(value["float64"])
    return np.frombuffer(data, "<f8").reshape(shape).copy()
