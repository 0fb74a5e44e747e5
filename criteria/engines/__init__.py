"""Ways to answer the same question. `reference` is the meaning; `sql` is the speed."""
