"""Why a file cannot be read as a spreadsheet."""


class WorkbookError(Exception):
    """The file is refused; `message` is a Russian sentence, `place` the sheet or cell where there is one."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
