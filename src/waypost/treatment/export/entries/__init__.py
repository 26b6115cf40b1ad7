"""What a whole record has beside its main parts: each thing that was kept, one after another."""
