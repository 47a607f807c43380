"""What can go wrong."""


class AuditorError(Exception):
    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text}")
        self.status = status


class NotAllowed(AuditorError):
    pass


def error_for(status: int, text: str) -> AuditorError:
    """Return the exception for a status; it is for the caller to raise it."""
    if status in (401, 405):
        return NotAllowed(status, text)
    return AuditorError(status, text)
