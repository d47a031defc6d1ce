"""How Alembic reaches the store: on the connection that is open already, in its transaction."""

from alembic import context

from partnership_model.delivery.consultation.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
