"""What the published snapshot is called in the data folder."""

FILE_NAME = "snapshot.sqlite3"
