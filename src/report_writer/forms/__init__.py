"""The official formats, one file each, and the table of which is in force for which year."""

from report_writer.forms._form import Form, Reconciliation, TableForm
from report_writer.forms.ogi_2019 import OGI_2019
from report_writer.forms.ogi_2021 import OGI_2021

FORMS: dict[str, Form] = {form.id: form for form in (OGI_2019, OGI_2021)}


def form_for_year(year: int) -> Form:
    """Return the form in force for a reporting year; the oldest known where none is older."""
    fitting = [form for form in FORMS.values() if form.first_year <= year]
    return max(fitting, key=lambda form: form.first_year) if fitting else OGI_2019


__all__ = [
    "FORMS",
    "OGI_2019",
    "OGI_2021",
    "Form",
    "Reconciliation",
    "TableForm",
    "form_for_year",
]
