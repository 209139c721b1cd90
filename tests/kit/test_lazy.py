from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from fourcorners.kit.lazy import lazy


class Thing:
    """Counts how often it works."""

    runs = 0

    @lazy
    def answer(self) -> int:
        """Of everything."""
        self.runs += 1
        return 42


def test_a_value_is_computed_once_an_instance() -> None:
    thing, other = Thing(), Thing()
    assert (thing.answer, thing.answer, other.answer) == (42, 42, 42)
    assert (thing.runs, other.runs) == (1, 1)


def test_threads_that_ask_at_the_same_moment_wait_for_one_of_them() -> None:
    begun, go_on, runs = Event(), Event(), []

    class Slow:
        @lazy
        def answer(self) -> int:
            runs.append(1)
            begun.set()
            assert go_on.wait(60)
            return 42

    slow = Slow()
    with ThreadPoolExecutor(3) as threads:
        first = threads.submit(lambda: slow.answer)
        assert begun.wait(60)
        others = [threads.submit(lambda: slow.answer) for _ in range(2)]
        go_on.set()
        assert [f.result(60) for f in (first, *others)] == [42, 42, 42]
    assert runs == [1]
    assert set(slow.__dict__) == {"answer"}


def test_two_instances_do_not_wait_for_each_other() -> None:
    both = Barrier(2, timeout=60)

    class Meeting:
        @lazy
        def answer(self) -> int:
            return both.wait()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(lambda meeting: meeting.answer, [Meeting(), Meeting()])) == [0, 1]


def test_what_cannot_be_computed_is_tried_again() -> None:
    class Moody:
        tries = 0

        @lazy
        def answer(self) -> int:
            self.tries += 1
            return 84 // (self.tries - 1)

    moody = Moody()
    with pytest.raises(ZeroDivisionError):
        _ = moody.answer
    assert moody.answer == 84


def test_a_value_can_be_given_beforehand() -> None:
    thing = Thing()
    thing.__dict__["answer"] = 7
    assert thing.answer == 7
    assert thing.runs == 0


def test_the_class_shows_what_it_documents() -> None:
    assert Thing.answer.__doc__ == "Of everything."
