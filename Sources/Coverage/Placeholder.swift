enum CoveragePlaceholder {}
