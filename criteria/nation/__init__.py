"""A nation in a folder: how it lies on disk, a synthetic one to try things on, and a check of what somebody brings."""
