"""The chat page: a template, plain ES modules and a style sheet, served as they are."""
