"""The public originality topic counts doubt apart from refusal, and names an example once."""

from fourcorners.evaluation.topics import originality


def test_doubt_is_no_refusal_and_an_example_is_named_once() -> None:
    items = [{"set": "grey", "file": "a.jpg"}, {"set": "grey", "file": "b.jpg"}, {"set": "screen", "file": "c.jpg"}]
    rows = [{"outcome": "fail", "raw": 0.2}, {"outcome": "unsure", "raw": 0.4}, {"error": "not_an_image"}]
    measures, wrong = originality.summarise(items, rows)
    counts = {measure.name: (measure.successes, measure.trials) for measure in measures}
    assert counts["grey copies refused for their colour"] == (1, 2)
    assert counts["grey copies refused or doubted"] == (2, 2)
    assert counts["photos of screens not passed"] == (0, 1)
    assert [sentence.split()[0] for sentence in wrong] == ["b.jpg", "c.jpg"]
