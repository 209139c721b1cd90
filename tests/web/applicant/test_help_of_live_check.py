"""Every result of a live check leads to the help of its group (FR2)."""

from importlib.resources import files

from fourcorners.checks.live import ResultCode
from fourcorners.web.live_check import help_of


def test_every_result_code_leads_to_an_article_of_one_of_four_groups():
    articles = files("fourcorners.help").joinpath("articles", "en")
    paths = {code: help_of(code.value) for code in ResultCode}
    assert len(set(paths.values())) == 4
    for path in paths.values():
        assert articles.joinpath(f"{path.rpartition('/')[2]}.md").is_file(), path
    assert paths[ResultCode.TOO_DARK].endswith("environment")
    assert paths[ResultCode.NETWORK_TIMEOUT].endswith("network")
    assert help_of("nonsense") == ""


def test_every_result_code_is_explained_in_the_article_to_which_it_leads():
    articles = files("fourcorners.help").joinpath("articles", "en")
    for code in ResultCode:
        article = articles.joinpath(f"{help_of(code.value).rpartition('/')[2]}.md").read_text(encoding="utf-8")
        assert f"`{code.value}`" in article, code
