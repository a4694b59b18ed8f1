"""Write docs/checks/*.md and docs/commands.md from the code; `--check` fails where they are stale."""

import subprocess
import sys
from pathlib import Path

from report_writer.checks import Check, all_checks

HERE = Path(__file__).resolve().parent
COMMANDS = (
    "",
    "new",
    "draft",
    "batch",
    "check",
    "convert",
    "rollup",
    "rules",
    "models",
    "models pull",
    "models list",
    "models test",
)


def rule_page(rule: Check) -> str:
    """Return the page of one rule."""
    summary, _, rest = rule.documentation.partition("\n")
    return (
        f"# {rule.code} {rule.name}\n\n{summary}\n\n- severity: {rule.severity}\n"
        f"- forms: {'all' if rule.forms is None else ', '.join(sorted(rule.forms))}\n"
        f"- cases: `tests/cases/checks/{rule.code}.yml`\n\n```text\n{rest.strip()}\n```\n"
    )


def command_page() -> str:
    """Return the help of every command."""
    parts = ["# Commands\n\nGenerated from `--help`.\n"]
    for command in COMMANDS:
        run = subprocess.run(
            [sys.executable, "-m", "report_writer", *command.split(), "--help"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            env={
                "COLUMNS": "100",
                "PYTHONIOENCODING": "utf-8",
                "PATH": "",
                "NO_COLOR": "1",
                "PYTHONPATH": str(HERE.parent / "src"),
            },
        )
        text = "\n".join(
            line.rstrip()
            for line in run.stdout.replace("python -m report_writer", "report-writer").splitlines()
        )
        parts.append(f"## report-writer {command}".rstrip() + f"\n\n```text\n{text.strip()}\n```\n")
    return "\n".join(parts)


def pages() -> dict[Path, str]:
    """Return every generated page."""
    rules = all_checks()
    index = "# Rules\n\n| code | name | severity | what |\n|---|---|---|---|\n" + "".join(
        f"| [{r.code}]({r.code}.md) | {r.name} | {r.severity} | {r.documentation.splitlines()[0]} |\n"
        for r in rules
    )
    found = {HERE / "checks" / f"{rule.code}.md": rule_page(rule) for rule in rules}
    return {**found, HERE / "checks" / "README.md": index, HERE / "commands.md": command_page()}


def main() -> int:
    """Write the pages, or compare them; returns the exit code."""
    wanted = pages()
    stale = [
        p for p, text in wanted.items() if not p.exists() or p.read_text(encoding="utf-8") != text
    ]
    orphans = [p for p in (HERE / "checks").glob("*.md") if p not in wanted]
    if "--check" in sys.argv:
        for path in stale + orphans:
            print(f"stale: {path.relative_to(HERE.parent)} (run: make docs)", file=sys.stderr)
        return 1 if stale or orphans else 0
    for path in orphans:
        path.unlink()
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
