"""Run the student's code: in this process, or inside the sandbox."""
