"""Drawn screenshots and honest files: each again from its seed, splits apart."""

import numpy as np
import pytest

from fourcorners.kit.errors import Refusal
from fourcorners.specimens import draw
from fourcorners.specimens.effects.sensor import decode
from fourcorners.specimens.screens import PICTURE_ALONE, SAVED, apps_of, honest_file, screenshot_file

PHOTO = np.random.default_rng(1).integers(0, 256, (300, 400, 3), dtype=np.uint8)
SPLITS = ("train", "tuning", "evaluation")


def test_no_app_is_of_two_splits() -> None:
    assert all(apps_of(split) for split in SPLITS)
    names = [name for split in SPLITS for name in apps_of(split)]
    assert len(names) == len(set(names))
    with pytest.raises(Refusal):
        apps_of("none")


@pytest.mark.parametrize("app", [app for split in SPLITS for app in apps_of(split)])
def test_a_screenshot_is_the_same_again_and_of_its_screens_size(app: str) -> None:
    split = next(split for split in SPLITS if app in apps_of(split))
    first, again = (screenshot_file(PHOTO, seed=3, split=split, app=app, saved="png") for _ in range(2))
    assert first.encoded == again.encoded
    assert decode(first.encoded).shape[1::-1] == first.screen
    assert screenshot_file(PHOTO, seed=4, split=split, app=app).encoded != first.encoded


@pytest.mark.parametrize("saved", [*SAVED, PICTURE_ALONE])
def test_what_is_saved_can_be_opened(saved: str) -> None:
    file = screenshot_file(PHOTO, seed=5, split="train", saved=saved)
    assert file.saved == saved
    assert min(decode(file.encoded).shape[:2]) > 100


def test_honest_files_are_the_same_again() -> None:
    document = draw("id_card", seed=1)
    assert honest_file(document, "scanned", seed=1, split="train") == honest_file(
        document, "scanned", seed=1, split="train"
    )
