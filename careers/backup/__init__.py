"""Copies of everything, made while people work, that only the school's own key can read; and putting one back."""
