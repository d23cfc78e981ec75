"""placeholder"""


def report() -> None: ...
