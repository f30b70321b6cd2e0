"""What an answer says, held against what it cites: values compared by value, names by their letters."""
