"""`results.json`: the results as a file.

The document has schema version 2 and contains the fields of `grader.results.Results`:

- `schema_version`: 2.
- `submission`: the name of the folder that was graded.
- `seed`: the seed of the checks' inputs; null if it is secret.
- `where`: where the code ran: "here", "sandboxed" or "unsafe".
- `score`, `max_score`: the sums over the parts that were run.
- `seconds`: how long it took.
- `parts`: a list of `id` ("ex02/backward"), `title`, `exercise` (the file), `score`, `max_score`,
  `status` and `checks`.
- a check: `part`, `name`, `title`, `marks`, `max_marks`, `status`; `message`, everything a student is
  told, and its pieces: `call`, `misconception` (`name`, `explanation` and `hint`, or null), `detail`
  and `error` (`kind`, `text` and `frames`, or null); `code`, why it did not pass, or null; `location`
  (`file`, `line` and `cell`), the line to work on next, or null; `difference` between arrays, or
  null; `printed`; `seconds`.

If you grade the same submission twice, only the values of `seconds` differ.

`grader/status.py` lists the statuses and the codes. An array has a `shape` and its numbers as
`float64`: eight bytes each, little-endian, in base64. Version 1 lacked `detail`, `call`, `code`,
`error`, `difference`, `printed` and a check's `seconds`; its `place` was a string, and its
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
    """A document does not contain results of this version; the message says why."""


def to_document(record: Results | PartResult | CheckResult) -> dict[str, Any]:
    """Return results as plain data that can be written as JSON."""
    document: dict[str, Any] = msgspec.to_builtins(record, enc_hook=_encode_array)
    _add_messages(record, document)
    return document


def check_from_document(document: dict[str, Any]) -> CheckResult:
    """Return a check from the document that `to_document` made of it."""
    return msgspec.convert(document, CheckResult, dec_hook=_decode_array)


def from_document(document: Any) -> Results:
    """Return results from the document that `to_document` made of them.

    Raises
    ------
    ResultsFileError
        If the document has another version or does not contain results.
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
        If it does not contain results of this version.
    """
    try:
        return from_document(json.loads(path.read_text("utf-8")))
    except ValueError as error:
        raise ResultsFileError(f"{path} is not JSON: {error}") from None


def write(results: Results, path: Path) -> None:
    """Write `results.json`, completely or not at all; a pipe or a device is written to directly.

    Raises
    ------
    OSError
        If the file cannot be written; an existing file stays as it was.
    """
    text = json.dumps(to_document(results), indent=2, ensure_ascii=False) + "\n"
    if path.exists() and not path.is_file():  # a file must not replace /dev/stdout
        path.write_text(text, encoding="utf-8")
    else:
        write_whole(text, path)


def _add_messages(record: Results | PartResult | CheckResult, document: dict[str, Any]) -> None:
    """Add the complete message to each check, so that readers need not assemble it."""
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
    raise NotImplementedError(f"results cannot contain {type(value)}")


def _decode_array(_kind: type, value: Any) -> Any:
    shape, data = value["shape"], base64.b64decode(value["float64"])
    return np.frombuffer(data, "<f8").reshape(shape).copy()
