"""Archives of any size to a data set of claims: one pure function a file, on one machine or a cluster."""
