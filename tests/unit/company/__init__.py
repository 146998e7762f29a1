"""Tests of reading, checking and moving a company's folder."""
