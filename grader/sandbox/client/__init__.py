"""The grader's side of the sandbox: start processes, send requests, validate responses."""
