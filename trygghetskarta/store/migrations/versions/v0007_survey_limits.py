"""A survey's limits, effective answers and method beside its shares; a share may be untold."""

from alembic import op
from sqlalchemy import Column, Float, inspect

from trygghetskarta.store.schema import survey_share

revision = "0007"
down_revision = "0006"

_NEW = ("lower", "upper", "n_effective", "weight_sum", "method_key")


def upgrade() -> None:
    """Change the table where an earlier program made it; a new store has it as it is to be."""
    present = {column["name"] for column in inspect(op.get_bind()).get_columns("survey_share")}
    if set(_NEW) <= present:
        return
    with op.batch_alter_table("survey_share") as table:
        for name in _NEW:
            table.add_column(Column(name, survey_share.c[name].type))
        table.alter_column("share", existing_type=Float(), nullable=True)
