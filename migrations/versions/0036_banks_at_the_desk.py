"""shared_bank: written at the desk; shared_bank_member, shared_bank_save"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table('shared_bank') as batch:
        batch.add_column(sa.Column('home', sa.String(length=4), nullable=False, server_default='disk'))
        batch.add_column(sa.Column('is_open', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.add_column(
            sa.Column('competencies', sa.String(length=300), nullable=False, server_default='')
        )
        batch.add_column(sa.Column('written', sa.String(length=64), nullable=True))
        batch.add_column(sa.Column('archived_at', sa.DateTime(), nullable=True))
        batch.create_foreign_key(op.f('fk_shared_bank_written'), 'blob', ['written'], ['digest'])
        batch.create_check_constraint(op.f('ck_shared_bank_home'), "home IN ('disk','desk')")
    with op.batch_alter_table('shared_bank') as batch:
        for name in ('home', 'is_open', 'competencies'):
            batch.alter_column(name, server_default=None)
    op.create_table(
        'shared_bank_member',
        sa.Column('bank_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.String(length=8), nullable=False),
        sa.CheckConstraint("role IN ('owner','author','reviewer')", name=op.f('ck_shared_bank_member_role')),
        sa.ForeignKeyConstraint(['bank_id'], ['shared_bank.id'], name=op.f('fk_shared_bank_member_bank_id')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_shared_bank_member_user_id')),
        sa.PrimaryKeyConstraint('bank_id', 'user_id', name=op.f('pk_shared_bank_member')),
    )
    op.create_index('ix_shared_bank_member_user_id', 'shared_bank_member', ['user_id'])
    op.create_table(
        'shared_bank_save',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('bank_id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('saved_at', sa.DateTime(), nullable=False),
        sa.Column('saved_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['bank_id'], ['shared_bank.id'], name=op.f('fk_shared_bank_save_bank_id')),
        sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_shared_bank_save_digest')),
        sa.ForeignKeyConstraint(['saved_by'], ['user.id'], name=op.f('fk_shared_bank_save_saved_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_bank_save')),
    )
    op.create_index('ix_shared_bank_save_bank_id_id', 'shared_bank_save', ['bank_id', 'id'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('shared_bank_save')
    op.drop_table('shared_bank_member')
    with op.batch_alter_table('shared_bank') as batch:
        batch.drop_constraint(op.f('ck_shared_bank_home'), type_='check')
        batch.drop_constraint(op.f('fk_shared_bank_written'), type_='foreignkey')
        for name in ('archived_at', 'written', 'competencies', 'is_open', 'home'):
            batch.drop_column(name)
