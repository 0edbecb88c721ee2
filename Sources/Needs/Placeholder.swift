enum NeedsPlaceholder {}
