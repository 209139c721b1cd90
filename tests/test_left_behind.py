"""The tests leave nothing behind: not those that end, and of those that were killed the next ones clear it away."""

import subprocess
import sys
import tempfile

from engines import own_folder


def test_what_a_killed_process_left_is_cleared_away_and_nobody_elses(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    running = own_folder("pg")
    for name in (f"fourcorners-pg-{gone.pid}-a", "fourcorners-pg-b", "fourcorners-notes-of-somebody"):
        (tmp_path / name).mkdir()
    mine = own_folder("sqlite")
    assert {running.name, mine.name} < {left.name for left in tmp_path.iterdir()}
    assert not (tmp_path / f"fourcorners-pg-{gone.pid}-a").exists()
    assert len(list(tmp_path.iterdir())) == 4
