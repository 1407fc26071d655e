"""Why a file cannot be read as a roadmap."""

from people.domain.refusal import RefusedError


class FileError(RefusedError):
    """The file is refused; the text is a Russian sentence, `place` the page or the part where there is one."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
