# In come Jekyll's documents; out goes a Jekyll that renders posts for the feed and writes no page of theirs.
module FeedsOnly
  def write?
    false
  end
end
Jekyll::Document.prepend(FeedsOnly)
