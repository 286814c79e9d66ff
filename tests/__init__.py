"""Tests of gkapply; the folders bear the names of the rooms."""
