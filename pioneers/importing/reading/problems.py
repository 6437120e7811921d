"""Why a file cannot be read: a code and its parameters, put in words where it is shown."""


class Unreadable(Exception):
    """The file as a whole cannot be read. Nothing was kept of it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
