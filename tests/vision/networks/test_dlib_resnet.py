import dlib
import numpy as np
import skimage.data

from fourcorners.vision.networks.dlib_resnet import dlib_resnet_session
from fourcorners.vision.networks.weights import weights_path


def test_our_run_of_the_network_equals_dlibs_own() -> None:
    """The reference is dlib itself on the same weights file: equal to float32 rounding."""
    picture = skimage.data.astronaut()
    chips = [np.ascontiguousarray(picture[y : y + 150, x : x + 150]) for y, x in ((20, 150), (60, 180), (300, 10))]
    reference = dlib.face_recognition_model_v1(str(weights_path("dlib_face_resnet")))
    expected = np.array([reference.compute_face_descriptor(chip) for chip in chips])
    (got,) = dlib_resnet_session().run(None, {"chips": np.stack(chips).astype(np.float32)})
    np.testing.assert_allclose(got, expected, atol=2e-6)
