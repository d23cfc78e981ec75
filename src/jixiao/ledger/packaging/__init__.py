"""What the package for the bureau is made of: numbered evidence, pages of contents, bound PDFs, and the zip itself.

`queries.package` gathers the year and puts these together.
"""
