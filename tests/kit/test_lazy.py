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


def test_a_value_can_be_given_beforehand() -> None:
    thing = Thing()
    thing.__dict__["answer"] = 7
    assert thing.answer == 7
    assert thing.runs == 0


def test_the_class_shows_what_it_documents() -> None:
    assert Thing.answer.__doc__ == "Of everything."
