"""Import and run the student's code in this process, whether inside the sandbox or not."""
