"""Pictures that people send: taken in, made safe, kept in private, handed out. It has no tables."""
