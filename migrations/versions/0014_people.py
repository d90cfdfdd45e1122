"""placement, superior, unit_head, staff_import, header_map: people over time, files of people"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'placement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=True),
        sa.Column('position_id', sa.Integer(), nullable=True),
        sa.Column('since', sa.Date(), nullable=True),
        sa.Column('recorded_at', sa.DateTime(), nullable=False),
        sa.Column('recorded_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_placement_user_id')),
        sa.ForeignKeyConstraint(['unit_id'], ['org_unit.id'], name=op.f('fk_placement_unit_id')),
        sa.ForeignKeyConstraint(['position_id'], ['position.id'], name=op.f('fk_placement_position_id')),
        sa.ForeignKeyConstraint(['recorded_by'], ['user.id'], name=op.f('fk_placement_recorded_by')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
        sa.UniqueConstraint('user_id', 'since', name=op.f('uq_placement_user_id_since')),
    )
    op.create_table(
        'superior',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('superior_id', sa.Integer(), nullable=False),
        sa.Column('set_at', sa.DateTime(), nullable=False),
        sa.CheckConstraint('user_id <> superior_id', name=op.f('ck_superior_other')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_superior_user_id')),
        sa.ForeignKeyConstraint(['superior_id'], ['user.id'], name=op.f('fk_superior_superior_id')),
        sa.PrimaryKeyConstraint('user_id', name=op.f('pk_superior')),
    )
    op.create_index(op.f('ix_superior_superior_id'), 'superior', ['superior_id'])
    op.create_table(
        'unit_head',
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('set_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['unit_id'], ['org_unit.id'], name=op.f('fk_unit_head_unit_id')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_unit_head_user_id')),
        sa.PrimaryKeyConstraint('unit_id', name=op.f('pk_unit_head')),
    )
    op.create_index(op.f('ix_unit_head_user_id'), 'unit_head', ['user_id'])
    op.create_table(
        'staff_import',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=12), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('data', sa.LargeBinary(), nullable=True),
        sa.Column('mapping', sa.JSON(), nullable=True),
        sa.Column('choices', sa.JSON(), nullable=False),
        sa.Column('applied_at', sa.DateTime(), nullable=True),
        sa.Column('counts', sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('people','units','positions')", name=op.f('ck_staff_import_kind')),
        sa.CheckConstraint('applied_at IS NULL OR data IS NULL', name=op.f('ck_staff_import_data_goes')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_staff_import_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_import')),
    )
    op.create_index('ix_staff_import_user_id_id', 'staff_import', ['user_id', 'id'])
    op.create_table(
        'header_map',
        sa.Column('kind', sa.String(length=12), nullable=False),
        sa.Column('signature', sa.String(length=64), nullable=False),
        sa.Column('mapping', sa.JSON(), nullable=False),
        sa.Column('updated_at', sa.DateTime(), nullable=False),
        sa.Column('updated_by', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['updated_by'], ['user.id'], name=op.f('fk_header_map_updated_by')),
        sa.PrimaryKeyConstraint('kind', 'signature', name=op.f('pk_header_map')),
    )


def downgrade() -> None:
    """Undo."""
    for table in ('header_map', 'staff_import', 'unit_head', 'superior', 'placement'):
        op.drop_table(table)
