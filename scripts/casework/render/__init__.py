"""Reports and reviews become text for terminals, programs and pull requests. Prints nothing."""
