"""The desk: articles that strangers send, checked apart from the server and within bounds."""
