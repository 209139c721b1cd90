"""`fourcorners docs`: the pages of docs/reference, written from what the code and its data say of themselves."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Annotated, Any

import typer

from fourcorners.cli.writing import write_whole

__all__ = ["docs", "pages"]

NOTE = "<!-- Written by `make docs`. Change the code or its data, not this page. -->"


def docs(folder: Annotated[Path, typer.Argument(help="Folder to write the pages to.")]) -> None:
    """Write the reference pages again."""
    for name, page in pages().items():
        write_whole(folder / name, page)
        typer.echo(folder / name)


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {
        "checks.md": _checks(),
        "reasons.md": _reasons(),
        "limits.md": _limits(),
        "institution-papers.md": _institution_papers(),
        "live.md": _live(),
        "risk.md": _risk(),
        "screening.md": _screening(),
        "weights.md": _weights(),
        "errors.md": _errors(),
        "commands.md": _commands(),
        "settings.md": _settings(),
        "api.md": _api(),
    }


def _checks() -> str:
    from fourcorners.checks.registry import REGISTRY

    parts = [_title("Checks", "Every check, in the order in which a report shows them.")]
    for group, modules in REGISTRY.items():
        rows = [
            (f"`{m.NAME}`", str(m.VERSION), _first(m.__doc__), ", ".join(f"`{r}`" for r in m.REASONS)) for m in modules
        ]
        parts.append(f"## {group.capitalize()}\n\n{_table(('check', 'version', 'what it says', 'reasons'), rows)}")
    return _page(parts)


def _reasons() -> str:
    from fourcorners.verdict.catalogue import catalogue, words

    lead = "What each code means, what it leads to, and what the applicant is told (English)."
    parts = [_title("Reasons", lead)]
    for code, reason in catalogue().items():
        said = words(code)
        effects = f"fail: {reason.fail.value}, unsure: {reason.unsure.value}, not assessed: {reason.not_assessed.value}"
        facts = [
            f"- Group: {reason.group} {reason.number}".rstrip(),
            f"- {'Can be mended by the applicant' if reason.retryable else 'Final'}; {effects}",
            f"- Applicant: **{said.title}** {said.todo}",
            f"- Reviewer: {reason.reviewer}",
            f"- Help: `{reason.help}`",
        ]
        facts += [f"- {vendor}: {', '.join(codes)}" for vendor, codes in reason.crosswalk.items()]
        parts.append(f"## `{code}`\n\n" + "\n".join(facts))
    return _page(parts)


def _limits() -> str:
    from fourcorners.checks.limits import GROUPS
    from fourcorners.kit.data import load_toml

    lead = "Thresholds as shipped. A scale passes at `pass_at` and fails at `fail_at`; between them it is unsure."
    parts = [_title("Limits", lead)]
    for group in GROUPS:
        table = load_toml(f"fourcorners.checks.{group}", "limits.toml")
        rows = [
            (f"`{check}`", f"`{key}`", _value(value))
            for check, entry in table.items()
            if isinstance(entry, dict)
            for key, value in _flat(entry)
        ]
        heading = f"## {group.capitalize()}, version {table['version']}"
        parts.append(f"{heading}\n\n{_table(('check', 'limit', 'value'), rows)}" if rows else heading)
    return _page(parts)


def _risk() -> str:
    from fourcorners.cli.reference_screening import risk_tables

    lead = "The scorecard of institutions: of each factor one answer counts. No law gives points: these are ours."
    return _page(
        [_title("Risk", lead), *(f"## {name}\n\n{_table(heads, rows)}" for name, heads, rows in risk_tables())]
    )


def _screening() -> str:
    from fourcorners.cli.reference_screening import screening_tables

    lead = "How names are compared with lists: what files hold, and what each way to agree is worth."
    tables = (f"## {name}\n\n{_table(heads, rows)}" for name, heads, rows in screening_tables())
    return _page([_title("Screening", lead), *tables])


def _live() -> str:
    from fourcorners.checks.live.results import ResultCode, counts, group_of, reasons
    from fourcorners.kit.data import load_toml
    from fourcorners.verdict.catalogue import text

    package = "fourcorners.checks.live"
    lead = "Steps, result codes, reasons and limits of `fourcorners live`. Sides are those of the person in the clip."
    steps = [(f"`{step}`", text("steps", step)) for step in load_toml(package, "challenge.toml")["steps"]]
    codes = [(f"`{c}`", group_of(c), "yes" if counts(c) else "no", text("live", c)) for c in ResultCode]
    why = [(f"`{r.name}`", f"`{r.code}`", r.says) for r in reasons().values()]
    parts = [
        _title("Live check", lead),
        f"## Steps\n\n{_table(('step', 'the person is told'), steps)}",
        f"## Result codes\n\n{_table(('code', 'help group', 'counts as a fail', 'the person is told'), codes)}",
        f"## Reasons\n\nThe first that holds gives the code.\n\n{_table(('reason', 'code', 'meaning'), why)}",
    ]
    for name in ("challenge", "attempts", "limits"):
        table = load_toml(package, f"{name}.toml")
        rows = [(f"`{key}`", _value(value)) for key, value in _flat(table) if not key.startswith(("version", "steps."))]
        heading = f"## {name.capitalize()}, version {table['version']}"
        parts.append(f"{heading}\n\n{_table(('setting', 'value'), rows)}")
    return _page(parts)


def _institution_papers() -> str:
    from fourcorners.institutions import local_papers, named_countries
    from fourcorners.institutions.papers import KINDS, describe_kind, paper_reasons, paper_words, rules_of
    from fourcorners.institutions.papers.checks import CHECKS
    from fourcorners.kit.data import load_toml

    lead = "Papers that institutions hand in: what is asked of each kind, the checks, and what the applicant is told."
    kinds = []
    for kind in KINDS:
        rules = rules_of(kind)
        asked = [*(["signed"] if rules.signed else []), *(["dated"] if rules.dated else [])]
        asked += [f"within {rules.months} months"] if rules.months else []
        asked += [f"lists {rules.lists}"] if rules.lists else []
        asked += ["not expired"] if rules.expires else []
        compared = ", ".join(f"`{field}`" for field in rules.compare)
        kinds.append((f"`{kind}`", describe_kind(kind), compared, ", ".join(asked), rules.source))
    checks = [
        (f"`{m.NAME}`", str(m.VERSION), _first(m.__doc__), ", ".join(f"`{r}`" for r in m.REASONS)) for m in CHECKS
    ]
    told = [
        (f"`{code}`", f"{reason.fail.value} / {reason.unsure.value}", paper_words(code).title, paper_words(code).todo)
        for code, reason in paper_reasons().items()
    ]
    table = load_toml("fourcorners.institutions.papers", "limits.toml")
    limits = [
        (f"`{check}`", f"`{key}`", _value(value))
        for check, entry in table.items()
        if isinstance(entry, dict)
        for key, value in _flat(entry)
    ]
    local = [
        (country, f"`{paper}`", named.name, named.source)
        for country in named_countries()
        for paper, named in local_papers(country).items()
    ]
    return _page(
        [
            _title("Papers of institutions", lead),
            f"## Kinds\n\n{_table(('kind', 'what it is', 'compared', 'asked', 'source'), kinds)}",
            "## Checks\n\nAfter those of [any file](checks.md#address).\n\n"
            + _table(("check", "version", "what it says", "reasons"), checks),
            f"## Reasons\n\n{_table(('reason', 'fail / unsure', 'the applicant is told', 'and what to do'), told)}",
            f"## Limits, version {table['version']}\n\n{_table(('check', 'limit', 'value'), limits)}",
            f"## Names by country\n\n{_table(('country', 'paper', 'its name there', 'law'), local)}",
        ]
    )


def _weights() -> str:
    from fourcorners.help.search.cards import help_cards
    from fourcorners.vision.networks.weights import cards

    parts = [_title("Weights", "The card of every network: what it is, whose, under which licence, how good.")]
    for card in (*cards().values(), *help_cards().values()):
        facts = {
            "purpose": card.purpose,
            "carried by": card.carrier,
            "source": card.source,
            "licence": f"{card.licence} ({'commercial use allowed' if card.commercial else 'NOT for commercial use'})",
            "trained on": card.data,
            "measured error": card.error,
            "SHA-256": f"`{card.sha256}`",
        }
        parts.append(f"## `{card.name}`\n\n" + "\n".join(f"- {key}: {value}" for key, value in facts.items()))
    return _page(parts)


def _errors() -> str:
    rows = [
        (f"`{code}`", _first(refusal.__doc__), "yes" if refusal.retryable else "no") for code, refusal in _refusals()
    ]
    lead = "Stable codes of everything that is refused. As a command's exit status: 3."
    return _page([_title("Errors", lead), _table(("code", "meaning", "worth another try"), rows)])


def _api() -> str:
    from fourcorners.cli.reference_api import api_parts

    lead = "Every operation under `/v1`, from the description that the service gives of itself at `/v1/openapi.json`."
    return _page([_title("API", lead), *api_parts()])


def _commands() -> str:
    from fourcorners.cli import app
    from fourcorners.cli.exits import Exit

    parts = [_title("Commands", "All commands; `--help` says the same.")]
    root: Any = typer.main.get_command(app)
    for name, command in _flat_commands(root.commands):
        rows = [
            (", ".join(f"`{o}`" for o in (*p.opts, *p.secondary_opts)), _escaped(getattr(p, "help", None) or ""))
            for p in command.params
            if not getattr(p, "hidden", False) and p.name != "help"
        ]
        about = inspect.cleandoc(command.help or "")
        parts.append(f"## `fourcorners {name}`\n\n{about}\n\n{_table(('argument or option', 'meaning'), rows)}")
    statuses = [(str(e.value), e.name.lower()) for e in Exit]
    parts.append(f"## Exit statuses\n\n{_table(('status', 'meaning'), statuses)}")
    return _page(parts)


def _flat_commands(commands: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    for name, command in commands.items():
        if hasattr(command, "commands"):
            yield from _flat_commands(command.commands, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def _settings() -> str:
    from fourcorners.infra.settings import Settings

    rows = [
        (f"`FOURCORNERS_{name.upper()}`", f"`{_shown(field.default)}`", _escaped(field.description or ""))
        for name, field in Settings.model_fields.items()
    ]
    return _page(
        [_title("Settings", inspect.cleandoc(Settings.__doc__ or "")), _table(("variable", "default", "meaning"), rows)]
    )


def _shown(default: object) -> str:
    text = "" if "Secret" in type(default).__name__ else str(default)
    return text or " "


def _refusals() -> list[tuple[str, Any]]:
    import fourcorners
    from fourcorners.kit.errors import Refusal

    for module in walk_packages(fourcorners.__path__, "fourcorners."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:  # those run as scripts
            import_module(module.name)
    found: dict[str, Any] = {}
    pending: list[Any] = [Refusal]
    while pending:
        refusal = pending.pop()
        pending += refusal.__subclasses__()
        if "code" in refusal.__dict__ and refusal is not Refusal and refusal.__module__.startswith("fourcorners."):
            found[refusal.code] = refusal
    return sorted(found.items())


def _flat(entry: Mapping[str, Any], path: str = "") -> Iterable[tuple[str, Any]]:
    for key, value in entry.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def _value(value: object) -> str:
    return _escaped(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _title(title: str, lead: str) -> str:
    return f"{NOTE}\n\n# {title}\n\n{lead}"


def _page(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(headings)} |", f"|{'---|' * len(headings)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _first(doc: str | None) -> str:
    """The first paragraph of a docstring on one line."""
    return _escaped(" ".join(inspect.cleandoc(doc or "").split("\n\n")[0].split()))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
