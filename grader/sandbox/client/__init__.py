"""The grader's side of the sandbox: processes, messages and what comes back."""
