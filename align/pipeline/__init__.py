"""The jobs, each with its stages in their order; the only room that knows the whole way."""
