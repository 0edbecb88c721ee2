enum TreatyPlaceholder {}
