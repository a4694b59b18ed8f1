"""Run by Alembic: migrates over the connection that `engine.py` hands in, inside its transaction."""

from alembic import context

from report_writer.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite alters a table by copying it.
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
