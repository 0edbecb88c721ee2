enum ProposalsPlaceholder {}
