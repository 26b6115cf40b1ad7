"""No folder is listed, whichever files lie in it."""

from __future__ import annotations

import pytest
from django.test import Client

from waypost.design.assets import STATIC

FOLDERS = sorted(
    {"/static", "/data", "/downloads", "/api", "/.git", "/content", "/var"}
    | {
        f"/static/waypost/{p.relative_to(STATIC).as_posix()}"
        for p in STATIC.rglob("*")
        if p.is_dir()
    }
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_folder_is_listed(client: Client, folder: str) -> None:
    names = [path.name for path in STATIC.rglob("*") if path.is_file()]
    for path in (f"{folder}/", f"{folder}/.", f"{folder}/../", f"{folder}//", f"{folder}/%2e%2e/"):
        page = client.get(path)
        text = page.content.decode() if page.status_code != 200 or not page.streaming else ""
        assert page.status_code in (301, 400, 404) or "Index of" not in text, path
        assert page.status_code != 200 or not any(f'href="{name}"' in text for name in names), path
