"""Tracks made of numbers: a rigid cloud of landmarks that turns as asked, no picture and no network."""

import numpy as np

from fourcorners.vision.clips import FaceSeen, FrameSeen, PortraitSeen, Track
from fourcorners.vision.faces import Pose

FPS = 15.0


def head_cloud():
    """468 points of a rigid head, x right, y down, nearer is smaller z; the eyes' outer corners 90 apart."""
    rng = np.random.default_rng(7)
    points = rng.uniform(-1, 1, (468, 3)) * [75, 95, 0]
    points[:, 2] = -60 * np.sqrt(np.maximum(0, 1 - (points[:, 0] / 90) ** 2 - (points[:, 1] / 110) ** 2))
    points[33], points[263] = [-45, -25, -35], [45, -25, -35]
    return points


def turned(points, yaw, pitch):
    a, b = np.radians([yaw, pitch])
    about_y = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
    return points @ (about_y @ about_x).T


def bump(times, start, end, height):
    """A movement: there and back."""
    inside = (times > start) & (times < end)
    return np.where(inside, height * np.sin(np.pi * (times - start) / (end - start)) ** 2, 0.0)


def make_track(seconds=6.0, moves=(), *, fps=FPS, seed=0, flat=False, nearness=0.2, **frame):
    """A track in which the head does `moves`: (name, start, end, how much).

    `flat`: a sheet is turned instead of a head. `nearness` is what its perspective tells when it comes closer. Other
    values are given to every frame or face.
    """
    rng = np.random.default_rng(seed)
    times = np.arange(0, seconds, 1 / fps)
    yaw, pitch, near, shut = (np.zeros_like(times) for _ in range(4))
    for name, start, end, much in moves:
        swing = bump(times, start, end, much)
        yaw += {"left": swing, "right": -swing}.get(name, 0)
        pitch += {"down": swing, "nod": swing, "up": -swing}.get(name, 0)
        near += swing if name == "closer" else 0
        shut += swing if name == "blink" else 0
    drift = [np.cumsum(rng.normal(0, 0.15, len(times))) * 0.5 for _ in range(2)]
    yaw, pitch = yaw + drift[0] - drift[0].mean(), pitch + drift[1] - drift[1].mean()
    cloud, frames = head_cloud(), []
    for i, at in enumerate(times):
        points = turned(cloud * ([1, 1, 0] if flat else [1, 1, 1]), yaw[i], pitch[i]) * (1 + near[i]) + [240, 300, 0]
        points[:, :2] += rng.normal(0, 0.3, (468, 2))
        if flat:  # the landmark network gives any face its depth
            points[:, 2] = cloud[:, 2]
        face = FaceSeen(
            points.astype(np.float32),
            40.0,
            Pose(yaw=float(yaw[i]), pitch=float(pitch[i]), roll=0.0),
            0.4 * (1 - float(shut[i])),
            frame.get("light", 60.0),
            frame.get("burnt", 0.0),
            frame.get("light_around", 55.0),
        )
        grey = rng.normal(128, 0.3, (32, 32)).astype(np.float32)
        count = frame.get("faces", 1) if i % 6 == 0 else None
        told = nearness if near[i] > 0.18 else None
        frames.append(FrameSeen(float(at), face, count, grey, None if i == 0 else 2.0, nearness=told))
    return Track(tuple(frames), tuple(portrait(t) for t in np.arange(0, seconds, 1.2)), (480, 640))


def portrait(at_s, who=0, **coverings):
    vector = np.zeros(128)
    vector[who] = 1.0
    bare = {"mask": -5.0, "sunglasses": -5.0, "hand": -5.0, **coverings}
    return PortraitSeen(float(at_s), vector, bare, -2.0)
