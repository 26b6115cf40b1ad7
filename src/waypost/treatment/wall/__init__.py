"""The clock on a program's wall: which day it is there, and of a moment, which day it was."""
