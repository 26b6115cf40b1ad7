"""Where the reviewed text is: beside the package in a wheel, at the top of a checkout."""

from functools import cache
from pathlib import Path
from typing import Any


def read_yaml(text: str) -> Any:
    """What a text of plain YAML holds.

    Raises:
        yaml.YAMLError: it is none.
    """
    # Imported here: a worker starts sooner without it, and needs it when an article is first read.
    import yaml

    # libyaml where it is there: the same answers, in a tenth of the time.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader


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
