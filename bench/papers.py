"""How long a proof of address takes: a bill as PDF and as photo, read alone and with all checks."""

from collections.abc import Iterator
from datetime import date

from bench.timing import Times, timed

TODAY = date(2026, 11, 1)


def papers(repeat: int) -> Iterator[Times]:
    """Everything loaded, from the file's bytes to the fields, then to the verdict."""
    import fourcorners
    from fourcorners.specimens.papers import draw_paper, photograph_paper
    from fourcorners.vision.papers import open_paper

    paper = draw_paper("electricity_bill", seed=1, country="DE", layout="window")
    photo, _ = photograph_paper(paper, seed=1)
    claims = (paper.truth.name, paper.truth.address, "DE")
    for name, file in (("PDF", paper.pdf), ("photo", photo)):
        yield timed(f"proof of address, {name}: kind and fields", lambda f=file: open_paper(f).reading, repeat)
        yield timed(
            f"proof of address, {name}: to the verdict",
            lambda f=file: fourcorners.check_address([f], *claims, today=TODAY),
            repeat,
        )
