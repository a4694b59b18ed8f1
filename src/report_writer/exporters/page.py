"""Our HTML templates: loaded once, everything escaped, nothing undefined let through."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from report_writer._resources import shipped


@cache
def page_template(name: str) -> Template:
    """Return a template of the shipped folder `templates` by its file name."""
    environment = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
