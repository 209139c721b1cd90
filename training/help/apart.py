"""Take out of the training queries what equals or nearly equals a judged query: `python -m training.help.apart`.

Prints how many lines were taken out, never which, so that whoever writes queries learns nothing of the judged ones.
"""

from collections import Counter
from dataclasses import dataclass

from training.help.examples import FOLDER

from fourcorners.evaluation.topics.help_search import SPLITS, queries
from fourcorners.help.language import terms_of, words
from fourcorners.help.language.stems import folded

__all__ = ["main"]

ALIKE = 0.7
"""Two texts that share so many of their runs of three letters are nearly equal."""


@dataclass(frozen=True, slots=True)
class Text:
    """What of a query is compared: its runs of letters, the terms that carry meaning, all its words."""

    language: str
    runs: frozenset[str]
    terms: frozenset[str]
    words: frozenset[str]

    def is_near(self, other: "Text") -> bool:
        """Are they equal but for order, endings and a few letters?"""
        if self.words == other.words or (self.terms == other.terms != frozenset() and self.language == other.language):
            return True
        return len(self.runs & other.runs) >= ALIKE * len(self.runs | other.runs)


def text_of(text: str, language: str) -> Text:
    """A query, taken apart."""
    plain = f" {' '.join(map(folded, text.split()))} "
    runs = frozenset(plain[at : at + 3] for at in range(len(plain) - 2)) or frozenset({plain})
    found = [(terms_of(word.text, language), folded(word.text)) for word in words(text, language)]
    terms = frozenset(terms[0] for terms, _ in found if terms)
    return Text(language, runs, terms, frozenset(terms[0] if terms else word for terms, word in found))


def main() -> None:
    """Go through all files."""
    judged = [(s, text_of(q["query"], q["language"])) for s in SPLITS for q in queries(s)]
    for path in sorted(FOLDER.glob("*.txt")):
        language = path.stem.split("_")[1]
        kept: dict[str, None] = {}
        near: Counter[str] = Counter()
        for line in path.read_text(encoding="utf-8").splitlines():
            text = text_of(line, language)
            found = set() if line.startswith("[") else {split for split, other in judged if text.is_near(other)}
            near.update(found)
            if not found and line.strip():
                kept[line] = None
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
        print(f"{path.stem}: {len(kept)} lines kept; taken out as near to a judged query: {dict(near)}")


if __name__ == "__main__":
    main()
