"""The whole directory as files, made at publish: nothing is computed while somebody downloads."""
