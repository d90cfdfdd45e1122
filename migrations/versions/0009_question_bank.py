"""question_index, question_import: questions of drafts and live texts to search, files tried before writing"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'question_index',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('path', sa.String(length=300), nullable=False),
        sa.Column('line', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('kind', sa.String(length=12), nullable=False),
        sa.Column('title', sa.String(length=200), nullable=False),
        sa.Column('prompt', sa.String(length=300), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('tags', sa.String(length=300), nullable=False),
        sa.Column('competency', sa.String(length=32), nullable=False),
        sa.Column('difficulty', sa.String(length=8), nullable=False),
        sa.Column('points', sa.Double(), nullable=False),
        sa.Column('quizzes', sa.String(length=600), nullable=False),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_question_index_course_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_question_index')),
    )
    op.create_index('ix_question_index_course_id_path', 'question_index', ['course_id', 'path'])
    op.create_table(
        'question_import',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('course_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(), nullable=False),
        sa.Column('name', sa.String(length=200), nullable=False),
        sa.Column('dialect', sa.String(length=8), nullable=False),
        sa.Column('path', sa.String(length=300), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('data', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_question_import_course_id')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_question_import_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_question_import')),
        sa.UniqueConstraint('course_id', 'user_id', name=op.f('uq_question_import_course_id_user_id')),
    )
    op.create_index('ix_question_import_user_id', 'question_import', ['user_id'])


def downgrade() -> None:
    """Undo."""
    op.drop_table('question_import')
    op.drop_table('question_index')
