"""The Python that a page shows runs, one block after the other as in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pytest
from documentation.pages import ROOT, blocks, pages_with

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("page", pages_with("python", "tested"), ids=lambda page: page.stem)
def test_the_python_of_a_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one namespace, beside the shipped scenarios."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    with mpl.rc_context():
        mpl.use("agg")
        for one in blocks("python", "tested"):
            if one.page == page:
                exec(compile(one.text, page.name, "exec"), namespace)  # noqa: S102 - our own page
