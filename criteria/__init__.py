"""The criteria engine: rules as data, answered for every pupil at once. Knows nothing of Django or of Trigpoint's tables."""
