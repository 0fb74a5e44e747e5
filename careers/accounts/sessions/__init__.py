"""The browsers a person is signed in with: how long one may lie unused, and how one is ended."""
