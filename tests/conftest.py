"""What all tests share: where the public evaluation pictures are, if they are."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def eval_root() -> Path:
    """The public evaluation set named by FOURCORNERS_EVAL; tests that measure on it are left out without it."""
    root = os.environ.get("FOURCORNERS_EVAL")
    if not root:
        pytest.skip("FOURCORNERS_EVAL names no folder")
    return Path(root)
