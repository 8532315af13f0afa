"""SQLite: the workspace, and one rebuildable cache for each account."""
