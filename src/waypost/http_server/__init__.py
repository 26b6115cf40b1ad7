"""The HTTP server: slow, silent and hostile clients cost their own socket and nothing else.

uvicorn parses and frames HTTP (with llhttp); this room adds what it lacks: deadlines for every
state of a connection, limits by route, whole bodies before a view has a thread, and threads that
never wait for a client. A supervisor keeps the worker processes of one or several applications.
"""
