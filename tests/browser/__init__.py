"""The house as visitors meet it: in a real browser, on the real content, and before the HTML checker."""
