"""Files that pretend to be photos though no lens was near: screenshots of many apps. And honest files.

file = screenshot_file(photo, seed=7, split="tuning")
file.encoded, file.app, file.saved
honest_file(photo, seed=7, split="tuning").encoded
"""

from fourcorners.specimens.screens.draw import PICTURE_ALONE, SAVED, ScreenFile, apps_of, screenshot_file
from fourcorners.specimens.screens.honest import ARRIVALS, honest_file

__all__ = ["ARRIVALS", "PICTURE_ALONE", "SAVED", "ScreenFile", "apps_of", "honest_file", "screenshot_file"]
