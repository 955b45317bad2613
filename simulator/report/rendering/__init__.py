"""From a page's values to what is opened: HTML, for a browser or for a notebook's cell."""
