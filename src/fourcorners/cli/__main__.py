"""`python -m fourcorners.cli`."""

from fourcorners.cli import main

main()
