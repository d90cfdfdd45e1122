"""partner: institutions that organise courses"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

_KINDS = "'perguruan_tinggi','organisasi_profesi','instansi','lembaga_pelatihan','lainnya'"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'partner',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=40), nullable=False),
        sa.Column('name', sa.String(length=160), nullable=False),
        sa.Column('short_name', sa.String(length=40), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('address', sa.String(length=300), nullable=False),
        sa.Column('contact', sa.String(length=120), nullable=False),
        sa.Column('email', sa.String(length=254), nullable=False),
        sa.Column('phone', sa.String(length=40), nullable=False),
        sa.Column('web', sa.String(length=200), nullable=False),
        sa.Column('logo_sha256', sa.String(length=64), nullable=False),
        sa.Column('closed_at', sa.DateTime(), nullable=True),
        sa.CheckConstraint('length(key) BETWEEN 2 AND 40', name=op.f('ck_partner_key_length')),
        sa.CheckConstraint('length(name) BETWEEN 1 AND 160', name=op.f('ck_partner_name_length')),
        sa.CheckConstraint(f'kind IN ({_KINDS})', name=op.f('ck_partner_kind')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_partner')),
        sa.UniqueConstraint('key', name=op.f('uq_partner_key')),
        sa.UniqueConstraint('name', name=op.f('uq_partner_name')),
    )
    with op.batch_alter_table('course_version') as batch:
        batch.add_column(sa.Column('partner_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f('fk_course_version_partner_id'), 'partner', ['partner_id'], ['id'])


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table('course_version') as batch:
        batch.drop_constraint(op.f('fk_course_version_partner_id'), type_='foreignkey')
        batch.drop_column('partner_id')
    op.drop_table('partner')
