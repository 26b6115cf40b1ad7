"""Drug tests: a random draw that anyone can check again, panels, results and what follows."""
