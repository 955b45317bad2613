"""From a page's values to what is opened: HTML, also for a notebook's cell; PDF, Markdown, CSV."""
