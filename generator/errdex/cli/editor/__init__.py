"""What an editor is told of catalogues and client files; `server` speaks the Language Server Protocol about it."""
