"""One light explains the colour of a grey page, whatever the lamp; it does not explain pale print."""

import numpy as np
import pytest

from fourcorners.specimens.model import Pixels
from fourcorners.vision.originality.lights import colour_beside_lights

HEIGHT, WIDTH = 120, 192


def grey_page(seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Reflectance (h, w, 1), 0..1: paper with lines of print and a darker field."""
    rng = np.random.default_rng(seed)
    page = np.full((HEIGHT, WIDTH, 1), 0.85)
    for row in range(12, HEIGHT - 8, 12):
        page[row : row + 5, 70 : 70 + int(rng.integers(40, 110))] = 0.2
    page[20:90, 12:60] = rng.uniform(0.3, 0.6, (70, 48, 1))
    return page


def seen(
    page: np.ndarray[tuple[int, ...], np.dtype[np.float64]], light: list[float], slope: float, seed: int
) -> Pixels:
    """The page under a light that turns bluer to one side, by a camera with noise and a curve for each channel."""
    across = np.linspace(-1, 1, WIDTH)[None, :, None]
    lit = page * np.array(light) * np.exp(across * slope * np.array([1.0, 0.1, -1.0]))
    curved = 230 * np.clip(lit, 0, 1) ** np.array([0.98, 1.0, 1.03])
    return np.asarray(np.clip(curved + np.random.default_rng(seed).normal(0, 1.5, curved.shape), 0, 255), np.uint8)


@pytest.mark.parametrize("light", [[1.0, 1.0, 1.0], [1.0, 0.8, 0.5], [0.7, 0.85, 1.0]])
@pytest.mark.parametrize("slope", [0.0, 0.1])
def test_one_light_explains_a_grey_page(light: list[float], slope: float) -> None:
    assert colour_beside_lights(seen(grey_page(1), light, slope, 2)) < 1.2


@pytest.mark.parametrize("light", [[1.0, 1.0, 1.0], [1.0, 0.8, 0.5]])
def test_it_does_not_explain_a_pale_ground_in_two_hues(light: list[float]) -> None:
    page = np.repeat(grey_page(3), 3, axis=2)
    stripes = (np.arange(HEIGHT) // 20 % 2 == 0)[:, None]
    page *= np.where(stripes[..., None], [1.0, 0.95, 0.95], [0.95, 0.97, 1.0])
    assert colour_beside_lights(seen(page, light, 0.05, 4)) > 2.5


def test_a_stamp_on_a_grey_page_changes_little() -> None:
    picture = seen(grey_page(5), [1.0, 0.9, 0.8], 0.05, 6)
    picture[80:110, 120:160] = (40, 60, 180)
    assert colour_beside_lights(picture) < 2.5


@pytest.mark.parametrize("shape", [(8, 8), (9, 192), (120, 8)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_any_copy_has_an_answer(shape: tuple[int, int], level: int) -> None:
    assert 0 <= colour_beside_lights(np.full((*shape, 3), level, np.uint8)) < 0.1
