"""user: authors of partner institutions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

_NO_STAFF = 'partner_id IS NULL OR (nip IS NULL AND unit_id IS NULL AND position_id IS NULL)'


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table('user') as batch:
        batch.add_column(sa.Column('partner_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('access_until', sa.Date(), nullable=True))
        batch.create_foreign_key(op.f('fk_user_partner_id'), 'partner', ['partner_id'], ['id'])
        batch.create_check_constraint(op.f('ck_user_external'), _NO_STAFF)
        batch.create_check_constraint(
            op.f('ck_user_access'), 'access_until IS NULL OR partner_id IS NOT NULL'
        )


def downgrade() -> None:
    """Undo: accounts of external authors stay as closed ones."""
    op.execute('UPDATE "user" SET closed_at = CURRENT_TIMESTAMP WHERE partner_id IS NOT NULL AND closed_at IS NULL')
    with op.batch_alter_table('user') as batch:
        batch.drop_constraint(op.f('ck_user_access'), type_='check')
        batch.drop_constraint(op.f('ck_user_external'), type_='check')
        batch.drop_constraint(op.f('fk_user_partner_id'), type_='foreignkey')
        batch.drop_column('access_until')
        batch.drop_column('partner_id')
