"""The second step of signing in: who needs one, who has one, and the pages that set it up."""
