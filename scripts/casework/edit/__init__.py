"""Model values and the text of a file become the text it is to have; nothing is read or written."""
