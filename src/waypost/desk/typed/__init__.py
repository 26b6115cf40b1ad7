"""What is typed in one part of a page stays while another part of it is saved."""
