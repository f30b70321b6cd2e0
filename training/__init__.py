"""How the embedded models and tables are made, and measured. Nothing on a question's path imports it."""
