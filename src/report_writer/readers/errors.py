"""What a reader says when it cannot read (exit 2). Chinese, and it names the place."""


class ReadError(Exception):
    """An input that cannot be read. `message` names file and, where known, sheet, row and column."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
