"""A Dask cluster as a workforce; only this room knows Dask."""
