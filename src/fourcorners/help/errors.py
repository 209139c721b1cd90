"""What the help centre refuses."""

from fourcorners.kit.errors import Refusal

__all__ = ["ArticleChanged", "ArticleInvalid", "ArticleMissing"]


class ArticleMissing(Refusal):
    """There is no article of that name, or none for that region."""

    code = "help_article_missing"


class ArticleInvalid(Refusal):
    """An article's text lacks something, names something that does not exist, or is too long."""

    code = "help_article_invalid"
    retryable = True


class ArticleChanged(Refusal):
    """Somebody else saved the article while it was being edited; nothing was lost, nothing was saved."""

    code = "help_article_changed"
    retryable = True
