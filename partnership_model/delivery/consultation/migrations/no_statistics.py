"""What every step ends with on PostgreSQL."""

import sqlalchemy as sa


def keep_no_statistics(connection: sa.Connection) -> None:
    """Keep PostgreSQL from taking samples of what was said, which would outlive its deletion."""
    if connection.dialect.name == "postgresql":
        inspected = sa.inspect(connection)
        for table in inspected.get_table_names():
            for column in inspected.get_columns(table):
                connection.execute(sa.text(f'ALTER TABLE "{table}" ALTER COLUMN "{column["name"]}" SET STATISTICS 0'))
