"""Where the reviewed text is: beside the package in a wheel, at the top of a checkout."""

from functools import cache
from pathlib import Path


@cache
def content_folder() -> Path:
    """The folder with `articles/` and `levels_of_care/`.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_content", package.parent.parent / "content"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("Waypost's articles are missing; install Waypost again.")
