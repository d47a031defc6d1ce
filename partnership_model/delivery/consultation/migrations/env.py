"""How Alembic reaches the store: on the connection that is open already, in its transaction."""

from alembic import context

from partnership_model.delivery.consultation.schema import metadata

try:
    connection = context.config.attributes["connection"]
except (AttributeError, NameError):  # nothing is brought up to date: somebody only looks at what modules there are
    connection = None
if connection is not None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
