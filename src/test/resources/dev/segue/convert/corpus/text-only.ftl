plain text, nothing else
