"""The processes of the service: what they refuse, and that a served page answers."""

import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from sqlalchemy import text

from fourcorners.cli.exits import Exit
from fourcorners.infra import Settings, open_floor
from fourcorners.migrations import DatabaseForeign, migrate


@pytest.mark.enable_socket
def test_a_port_in_use_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setenv("FOURCORNERS_DATA_DIR", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as busy:
        status, _, told = run("serve", "--port", str(busy.getsockname()[1]))
    assert status == Exit.REFUSED, told
    assert "port_taken" in told


def test_a_database_of_another_form_is_told(tmp_path):
    floor = open_floor(Settings(data_dir=tmp_path))
    migrate(floor.database)
    with floor.database.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000_never'"))
    with pytest.raises(DatabaseForeign):
        migrate(floor.database)
    floor.close()


@pytest.mark.enable_socket
def test_the_service_starts_answers_and_ends(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "fourcorners.cli", "serve", "--port", str(port), "--no-worker"]
    environment = {"PATH": "", "FOURCORNERS_DATA_DIR": str(tmp_path / "data")}
    running = subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready") as answer:
                    assert answer.status == 200
                    break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("the service did not answer")
    finally:
        running.terminate()
        assert running.wait(30) == 0
    assert (tmp_path / "data" / "master.key").stat().st_mode & 0o077 == 0


@pytest.mark.enable_socket
def test_the_worker_beside_it_ends_with_the_service_even_when_that_is_killed(tmp_path):
    command = [sys.executable, "-m", "fourcorners.cli", "serve", "--port", "0"]
    environment = {"PATH": "", "FOURCORNERS_DATA_DIR": str(tmp_path / "data")}
    running = subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE)
    assert running.stderr is not None
    for line in running.stderr:
        if b"worker.started" in line:
            break
    running.kill()
    running.communicate(timeout=120)  # the worker holds the other end as well: this returns when both are gone
    assert running.returncode == -9


def test_a_worker_that_waits_for_its_parent_ends_quietly_when_it_is_asked_to(tmp_path):
    command = [sys.executable, "-m", "fourcorners.cli", "worker", "--until-closed"]
    environment = {"PATH": "", "FOURCORNERS_DATA_DIR": str(tmp_path / "data")}
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, cwd=tmp_path, **pipes) as running:
        for line in running.stderr:
            if b"worker.started" in line:
                break
        running.terminate()
        told = running.stderr.read()
        assert running.wait(120) == 0
    assert b"Fatal" not in told
