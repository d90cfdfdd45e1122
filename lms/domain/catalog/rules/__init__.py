"""Pure decisions on texts of courses: what an index says, what differs, who may approve."""

from lms.domain.catalog.rules.reviews import (
    QUOTE_MAX,
    REMARK_MAX,
    FileChange,
    Stage,
    differing,
    may_decide,
    place_of,
    stage_of,
)
from lms.domain.catalog.rules.versions import (
    COUNTING_USES,
    FRAME_BYTES,
    HISTORY_FILE,
    IMAGES,
    MAX_WORDS,
    ROLES_NEEDED,
    WRITERS,
    Changes,
    Indexed,
    Issue,
    PieceRow,
    Word,
    bank_paths,
    changes,
    header_of,
    history_text,
    like_pattern,
    nearest_word,
    piece_rows,
    quiz_required,
    search_words,
    slug_of,
    title_of,
)

__all__ = [
    "COUNTING_USES", "FRAME_BYTES", "HISTORY_FILE", "IMAGES", "MAX_WORDS", "QUOTE_MAX", "REMARK_MAX",
    "ROLES_NEEDED", "WRITERS", "Changes", "FileChange", "Indexed", "Issue", "PieceRow", "Stage", "Word",
    "bank_paths", "changes",
    "differing", "header_of", "history_text", "like_pattern", "may_decide", "nearest_word", "piece_rows",
    "place_of", "quiz_required", "search_words", "slug_of", "stage_of", "title_of",
]  # fmt: skip
